// Whether Teams, which calls from the Internet, could ever reach a host. Text only: nothing is looked up.

/** Why a host is out of reach, as the end of "must have a public host name ...", or `undefined` when it is public. */
export function unreachableBecause(hostname: string): string | undefined {
  const host = hostname.toLowerCase().replace(/\.$/, "");
  if (host === "localhost" || host.endsWith(".localhost")) return "and localhost is not";
  if (host.startsWith("[")) {
    return isPublicIpv6(host.slice(1, -1))
      ? undefined
      : "and this IPv6 address is private or reserved";
  }
  const octets = ipv4(host);
  if (octets)
    return isPublicIpv4(octets) ? undefined : "and this IPv4 address is private or reserved";
  if (!host.includes(".")) return "and a name without a dot is not";
  const suffix = PRIVATE_SUFFIXES.find((end) => host.endsWith(end));
  return suffix === undefined ? undefined : `and names under ${suffix} are not`;
}

// RFC 6761 and 6762, RFC 8375, and ICANN's reservation of .internal. `.example` is left alone: it stands in documentation.
const PRIVATE_SUFFIXES = [
  ".local",
  ".internal",
  ".test",
  ".invalid",
  ".home.arpa",
  ".lan",
  ".onion",
];

// [first address, prefix length]: the IANA special-purpose registry, what is not globally reachable.
const PRIVATE_IPV4: readonly (readonly [readonly number[], number])[] = [
  [[0, 0, 0, 0], 8],
  [[10, 0, 0, 0], 8],
  [[100, 64, 0, 0], 10],
  [[127, 0, 0, 0], 8],
  [[169, 254, 0, 0], 16],
  [[172, 16, 0, 0], 12],
  [[192, 0, 0, 0], 24],
  [[192, 0, 2, 0], 24],
  [[192, 168, 0, 0], 16],
  [[198, 18, 0, 0], 15],
  [[198, 51, 100, 0], 24],
  [[203, 0, 113, 0], 24],
  [[224, 0, 0, 0], 3],
];

function ipv4(host: string): number[] | undefined {
  return /^\d+\.\d+\.\d+\.\d+$/.test(host) ? host.split(".").map(Number) : undefined;
}

function isPublicIpv4(octets: readonly number[]): boolean {
  const address = asNumber(octets);
  return !PRIVATE_IPV4.some(([first, prefix]) => {
    const size = 2 ** (32 - prefix);
    return Math.floor(address / size) === Math.floor(asNumber(first) / size);
  });
}

function asNumber(octets: readonly number[]): number {
  return octets.reduce((sum, octet) => sum * 256 + octet, 0);
}

// Global unicast is 2000::/3. That leaves out loopback, unique-local, link-local, multicast, NAT64 and IPv4-mapped addresses;
// within it the tunnels that carry an IPv4 address and the documentation ranges are no public hosts either.
function isPublicIpv6(address: string): boolean {
  const [first = "", second = ""] = address.split(":");
  const head = Number.parseInt(first || "0", 16);
  const next = Number.parseInt(second || "0", 16);
  const reserved =
    head === 0x2002 || (head === 0x2001 && (next < 0x200 || next === 0xdb8)) || head === 0x3fff;
  return head >= 0x2000 && head <= 0x3fff && !reserved;
}
