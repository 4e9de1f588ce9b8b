// Whether the names in reply URLs and endpoints lead somewhere: consent that returns nowhere looks refused.

import { HostKind } from "../../../rules/bot-choices.js";
import type { StackConfig } from "../../../rules/config.js";
import { recordHost } from "../../../rules/hosts/endpoint-record.js";
import { CannotTell } from "../../checks/cannot-tell.js";
import { type Check, type Outcome, pass, skip, warn } from "../../checks/check.js";
import { codeOf, hostAndPort } from "../../probe/network.js";
import { type DoctorContext, forStack } from "../doctor-context.js";
import { hostsOf } from "../made-resources.js";

/** Hosts that the stack names and does not make. */
export function namedHosts(
  config: Parameters<typeof hostsOf>[0] & Pick<StackConfig, "replyUrls">,
): string[] {
  const existing = hostsOf(config).filter((host) => host.kind === HostKind.Existing);
  const made = existing.flatMap((host) =>
    host.dnsZoneId === undefined ? [] : (recordHost(host) ?? []),
  );
  const urls = existing.flatMap((host) => [host.messagingEndpoint, host.callingWebhook]);
  const hosts = [...config.replyUrls, ...urls]
    .map((url) => hostAndPort(url).host)
    .filter((name) => !made.includes(name));
  return [...new Set(hosts)].filter((name) => name !== "localhost");
}

/** @param codes of the resolver, by name that it gave no address for. @throws CannotTell where that says nothing of the name */
export function judgeNames(
  codes: Readonly<Record<string, string>>,
  hosts: readonly string[],
): Outcome {
  const names = Object.keys(codes);
  if (names.length === 0)
    return pass(`These names have addresses: ${hosts.join(", ")}.`, { hosts });
  const lost = names.filter((name) => NO_ADDRESS.includes(codes[name] ?? ""));
  const unknown = names
    .filter((name) => !lost.includes(name))
    .map((name) => `${name} (${codes[name] || "no reason given"})`)
    .join(", ");
  if (lost.length === 0) {
    throw new CannotTell(
      `These names could not be looked up: ${unknown}.`,
      "Check the resolver of this machine, and that the zones of these names are delegated and their name servers answer.",
    );
  }
  const beside = unknown === "" ? "" : `; not looked up: ${unknown}`;
  return warn(
    `These names have no address: ${lost.join(", ")}${beside}.`,
    "Make their DNS records before anybody consents or calls, or correct replyUrls, consent.redirectUrl and host of the stack.",
    { codes },
  );
}

/** What a resolver says of a name that it has asked for; everything else is about the resolver. */
const NO_ADDRESS: readonly string[] = ["ENOTFOUND", "ENODATA"];

export const replyUrlNames: Check<DoctorContext> = {
  id: "reply-url-names",
  title: "the names in reply URLs and endpoints have addresses",
  run: forStack(async ({ config }, { network }) => {
    const hosts = namedHosts(config);
    if (hosts.length === 0) return skip("The stack names no address of others.");
    const failed = await Promise.all(
      hosts.map(async (host) => {
        try {
          await network.addresses(host);
          return [];
        } catch (error) {
          return [[host, codeOf(error)]] as const;
        }
      }),
    );
    return judgeNames(Object.fromEntries(failed.flat()), hosts);
  }),
};
