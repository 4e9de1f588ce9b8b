// A public zone in Azure DNS.
import { z } from "zod";
import { parseAnswer } from "../rules/read-error.js";
import type { ArmClient } from "./arm-client.js";

const Zone = z.object({ properties: z.object({ nameServers: z.array(z.string()).nullish() }) });

/** Names of the servers that Azure answers from, in lower case without a final dot; undefined when there is no such zone. @throws ReadError */
export async function nameServersOf(
  arm: ArmClient,
  zoneId: string,
  signal: AbortSignal,
): Promise<string[] | undefined> {
  const answer = await arm.get(`${zoneId}?api-version=2018-05-01`, signal);
  if (answer === undefined) return undefined;
  const { nameServers } = parseAnswer(Zone, answer).properties;
  return (nameServers ?? []).map((name) => name.toLowerCase().replace(/\.$/, ""));
}
