// Whether the zone in which the stack makes its record is the one that the Internet asks.
import { nameServersOf } from "../../../arm/dns-zone.js";
import { zoneNameOf } from "../../../rules/hosts/dns-zone.js";
import { CannotTell } from "../../checks/cannot-tell.js";
import { type Check, fail, type Outcome, pass, skip, warn } from "../../checks/check.js";
import { worstOf } from "../../checks/verdict.js";
import { codeOf } from "../../probe/network.js";
import { type DoctorContext, forStack, fromSubscription } from "../doctor-context.js";
import { hostsOf } from "../made-resources.js";

export function judgeDelegation(
  zone: string,
  azure: readonly string[],
  asked: readonly string[],
): Outcome {
  const evidence = { zone, azure, asked };
  const others = asked.filter((name) => !azure.includes(name.toLowerCase().replace(/\.$/, "")));
  if (asked.length > 0 && others.length === 0) {
    return pass(`The zone ${zone} is delegated to Azure DNS.`, evidence);
  }
  if (others.length < asked.length) {
    return warn(
      `The zone ${zone} is delegated to Azure DNS and to ${others.join(", ")} as well: whoever asks those does not see the bot's record.`,
      delegate(zone, azure),
      evidence,
    );
  }
  const now = asked.length === 0 ? "nowhere" : `to ${asked.join(", ")}`;
  return fail(
    `The zone ${zone} is delegated ${now}, not to Azure DNS: ${IN_VAIN}.`,
    delegate(zone, azure),
    evidence,
  );
}

/**
 * What it means that a resolver told no name servers.
 * @param code of the resolver
 * @throws CannotTell when no answer came, which says nothing of the zone
 */
export function judgeNoDelegation(zone: string, azure: readonly string[], code: string): Outcome {
  if (code === "ENOTFOUND" || code === "ENODATA") return judgeDelegation(zone, azure, []);
  if (code === "ESERVFAIL") {
    return fail(
      `The zone ${zone} is delegated to servers that do not answer for it (${code}): ${IN_VAIN}.`,
      `${delegate(zone, azure)} A DS record of an older zone, which DNSSEC then misses here, has the same effect: take it away. dig +trace ${zone} NS shows the servers.`,
      { zone, azure, code },
    );
  }
  throw new CannotTell(
    `Where the zone ${zone} is delegated to could not be looked up (${code || "no reason given"}).`,
    "Check the resolver of this machine, or run this on another one.",
  );
}

function noZone(zone: string): Outcome {
  return fail(`There is no DNS zone ${zone}.`, "Correct host.dnsZoneId, or make the zone first.", {
    zone,
  });
}

const IN_VAIN = "nobody would see the bot's record, and no certificate would be issued";

function delegate(zone: string, azure: readonly string[]): string {
  return `At the registrar of ${zone}, or in the zone above it, set the name servers to ${azure.join(", ")}.`;
}

export const dnsZone: Check<DoctorContext> = {
  id: "dns-zone",
  title: "the DNS zone of the bot's name is delegated to Azure",
  run: forStack(async ({ config }, context, signal) => {
    const zones = new Set(hostsOf(config).flatMap(({ dnsZoneId }) => dnsZoneId ?? []));
    const outcomes = [...zones].map((id) => lookedAt(id, context, signal));
    return worstOf(await Promise.all(outcomes)) ?? skip("The stack makes no DNS record.");
  }),
};

async function lookedAt(
  zoneId: string,
  { services, network }: DoctorContext,
  signal: AbortSignal,
): Promise<Outcome> {
  const zone = zoneNameOf(zoneId);
  const azure = await fromSubscription(nameServersOf(services.arm, zoneId, signal));
  if (azure === undefined) return noZone(zone);
  try {
    return judgeDelegation(zone, azure, await network.nameServers(zone));
  } catch (error) {
    return judgeNoDelegation(zone, azure, codeOf(error));
  }
}
