// Whether the names in reply URLs and endpoints lead somewhere: consent that returns nowhere looks refused.
import { HostKind } from "../../../rules/bot-choices.js";
import type { StackConfig } from "../../../rules/config.js";
import { type Check, type Outcome, pass, skip, warn } from "../../checks/check.js";
import { codeOf, hostAndPort } from "../../probe/network.js";
import { type DoctorContext, forStack } from "../doctor-context.js";

/** Hosts that the stack names and does not make. */
export function namedHosts({ replyUrls, host }: Pick<StackConfig, "replyUrls" | "host">): string[] {
  const made =
    host.kind === HostKind.Existing && host.dnsZoneId !== undefined ? host.domain : undefined;
  const urls =
    host.kind === HostKind.Existing
      ? [...replyUrls, host.messagingEndpoint, host.callingWebhook]
      : replyUrls;
  const hosts = urls.map((url) => hostAndPort(url).host).filter((name) => name !== made);
  return [...new Set(hosts)].filter((name) => name !== "localhost");
}

export function judgeNames(
  lost: Readonly<Record<string, string>>,
  hosts: readonly string[],
): Outcome {
  const names = Object.keys(lost);
  if (names.length === 0)
    return pass(`These names have addresses: ${hosts.join(", ")}.`, { hosts });
  return warn(
    `These names have no address: ${names.join(", ")}.`,
    "Make their DNS records before anybody consents or calls, or correct replyUrls, consent.redirectUrl and host of the stack.",
    { lost },
  );
}

export const replyUrlNames: Check<DoctorContext> = {
  id: "reply-url-names",
  title: "the names in reply URLs and endpoints have addresses",
  run: forStack(async ({ config }, { network }) => {
    const hosts = namedHosts(config);
    if (hosts.length === 0) return skip("The stack names no address of others.");
    const lost = await Promise.all(
      hosts.map(async (host) => {
        try {
          await network.addresses(host);
          return [];
        } catch (error) {
          return [[host, codeOf(error)]] as const;
        }
      }),
    );
    return judgeNames(Object.fromEntries(lost.flat()), hosts);
  }),
};
