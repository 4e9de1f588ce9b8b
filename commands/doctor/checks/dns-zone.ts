// Whether the zone in which the stack makes its record is the one that the Internet asks.
import { nameServersOf } from "../../../arm/dns-zone.js";
import { zoneNameOf } from "../../../rules/hosts/dns-zone.js";
import { type Check, fail, type Outcome, pass, skip } from "../../checks/check.js";
import { codeOf } from "../../probe/network.js";
import { type DoctorContext, forStack, fromSubscription } from "../doctor-context.js";

export function judgeDelegation(
  zone: string,
  azure: readonly string[] | undefined,
  asked: readonly string[],
): Outcome {
  const evidence = { zone, azure, asked };
  if (azure === undefined) {
    return fail(
      `There is no DNS zone ${zone}.`,
      "Correct host.dnsZoneId, or make the zone first.",
      evidence,
    );
  }
  if (asked.some((name) => azure.includes(name.toLowerCase().replace(/\.$/, "")))) {
    return pass(`The zone ${zone} is delegated to Azure DNS.`, evidence);
  }
  const now = asked.length === 0 ? "nowhere" : `to ${asked.join(", ")}`;
  return fail(
    `The zone ${zone} is delegated ${now}, not to Azure DNS: nobody would see the bot's record, and no certificate would be issued.`,
    `At the registrar of ${zone}, or in the zone above it, set the name servers to ${azure.join(", ")}.`,
    evidence,
  );
}

export const dnsZone: Check<DoctorContext> = {
  id: "dns-zone",
  title: "the DNS zone of the bot's name is delegated to Azure",
  run: forStack(async ({ config: { host } }, { services, network }, signal) => {
    if (host.dnsZoneId === undefined) return skip("The stack makes no DNS record.");
    const zone = zoneNameOf(host.dnsZoneId);
    const azure = await fromSubscription(nameServersOf(services.arm, host.dnsZoneId, signal));
    const asked = await network.nameServers(zone).catch((error: unknown) => {
      if (["ENOTFOUND", "ENODATA"].includes(codeOf(error))) return [];
      throw error;
    });
    return judgeDelegation(zone, azure, asked);
  }),
};
