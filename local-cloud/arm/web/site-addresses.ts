// Addresses of sites: those kept for documentation (RFC 5737), where nothing answers.
import { createHash } from "node:crypto";

/** What a site's plan gives it. */
export function addressesFor(planId: string): {
  inboundIpAddress: string;
  outboundIpAddresses: string;
  possibleOutboundIpAddresses: string;
} {
  const bytes = createHash("sha256").update(planId.toLowerCase()).digest();
  const address = (net: string, index: number) => `${net}.${1 + ((bytes[index] ?? 0) % 254)}`;
  const inbound = address("203.0.113", 0);
  const outbound = [1, 2, 3].map((index) => address("198.51.100", index));
  const possible = [4, 5, 6].map((index) => address("192.0.2", index));
  return {
    inboundIpAddress: inbound,
    outboundIpAddresses: [...outbound, inbound].join(","),
    possibleOutboundIpAddresses: [...outbound, ...possible, inbound].join(","),
  };
}
