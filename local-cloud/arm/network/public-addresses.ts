// Addresses that public resources get here: from the ranges kept for documentation (RFC 5737, RFC 3849), so that nobody
// talks to a stranger. The lowest free one is taken; a claim keeps it for its resource.
import type { ArmCloud } from "../mechanics/arm-call.js";
import { type AddressRange, formatAddress, parseRange } from "./address-range.js";
import { badRequest } from "./network-type.js";

const RANGES: Readonly<Record<4 | 6, readonly string[]>> = {
  4: ["203.0.113.0/24", "198.51.100.0/24", "192.0.2.0/24"],
  6: ["2001:db8::/112"],
};

/** The lowest range of so many bits that is free. */
export function freeRange(cloud: ArmCloud, version: 4 | 6, prefixLength: number): string {
  const size = 1n << BigInt((version === 4 ? 32 : 128) - prefixLength);
  for (const range of rangesOf(version)) {
    for (let first = range.first; first + size - 1n <= range.last; first += size) {
      if (isFree(cloud, version, first, size)) {
        const address = formatAddress(version, first);
        return size === 1n ? address : `${address}/${prefixLength}`;
      }
    }
  }
  const kind = version === 4 ? "IPv4" : "IPv6";
  throw badRequest(
    "PublicIPCountLimitReached",
    `Cannot create more public IP addresses for this subscription in this region: the ${kind} addresses of the local cloud are used up.`,
  );
}

/** The lowest free address inside of a prefix. */
export function freeAddressIn(cloud: ArmCloud, prefix: string): string | undefined {
  const range = parseRange(prefix);
  if (range === undefined) return undefined;
  for (let value = range.first; value <= range.last; value++) {
    const address = formatAddress(range.version, value);
    if (cloud.resources.holderOf(addressClaim(address)) === undefined) return address;
  }
  return undefined;
}

/** Claims of every address in an address or prefix. */
export function addressClaims(addressOrPrefix: string): readonly string[] {
  const range = parseRange(addressOrPrefix);
  if (range === undefined) return [addressClaim(addressOrPrefix)];
  return addressesIn(range).map((address) => `prefix-address/${address}`);
}

export function addressClaim(address: string): string {
  return `public-address/${address}`;
}

function isFree(cloud: ArmCloud, version: 4 | 6, first: bigint, size: bigint): boolean {
  for (let value = first; value < first + size; value++) {
    const address = formatAddress(version, value);
    const claims = [addressClaim(address), `prefix-address/${address}`];
    if (claims.some((claim) => cloud.resources.holderOf(claim) !== undefined)) return false;
  }
  return true;
}

function addressesIn({ version, first, last }: AddressRange): string[] {
  return Array.from({ length: Number(last - first) + 1 }, (_, index) =>
    formatAddress(version, first + BigInt(index)),
  );
}

function rangesOf(version: 4 | 6): AddressRange[] {
  return RANGES[version].flatMap((text) => parseRange(text) ?? []);
}
