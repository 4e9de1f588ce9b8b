// A user-assigned managed identity, by its resource id.
import { z } from "zod";
import { parseAnswer } from "../rules/read-error.js";
import type { ArmClient } from "./arm-client.js";

const Identity = z.object({
  properties: z.object({ clientId: z.string(), principalId: z.string() }),
});

/** Its client id and principal (object) id; undefined when there is none. @throws ReadError */
export async function readManagedIdentity(
  arm: ArmClient,
  id: string,
  signal: AbortSignal,
): Promise<{ readonly clientId: string; readonly principalId: string } | undefined> {
  const answer = await arm.get(`${id}?api-version=2023-01-31`, signal);
  return answer === undefined ? undefined : parseAnswer(Identity, answer).properties;
}
