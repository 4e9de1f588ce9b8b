// Whether a host name of one's own may be served: its owner says so in the DNS, and it leads here.
import type { DnsAnswers } from "./dns-answers.js";

/** Whether the TXT record `asuid.<host>` holds the id of the subscription. */
export function isProved(dns: DnsAnswers, host: string, verificationId: string): boolean {
  return dns
    .of(`asuid.${host}`, "TXT")
    .some((text) => text.trim().toLowerCase() === verificationId.toLowerCase());
}

/** By which record a host leads to a service: as an alias of its own name, or to its address; undefined when it does not. */
export function leadsTo(
  dns: DnsAnswers,
  host: string,
  { hostName, address }: { readonly hostName: string; readonly address: string },
): "CNAME" | "A" | undefined {
  if (dns.of(host, "CNAME").includes(hostName.toLowerCase())) return "CNAME";
  return dns.of(host, "A").includes(address) ? "A" : undefined;
}
