// Where a Key Vault answers.
import { z } from "zod";
import { parseAnswer } from "../rules/read-error.js";
import type { ArmClient } from "./arm-client.js";

const Vault = z.object({ properties: z.object({ vaultUri: z.string() }) });

/** Its origin, without a final slash; undefined when there is none. @throws ReadError */
export async function readVault(
  arm: ArmClient,
  vaultId: string,
  signal: AbortSignal,
): Promise<{ readonly uri: string } | undefined> {
  const answer = await arm.get(`${vaultId}?api-version=2023-07-01`, signal);
  if (answer === undefined) return undefined;
  return { uri: parseAnswer(Vault, answer).properties.vaultUri.replace(/\/+$/, "") };
}
