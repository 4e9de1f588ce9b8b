// Ranges of IP addresses in CIDR notation.
import { isIPv4, isIPv6 } from "node:net";

export interface AddressRange {
  /** `10.0.0.0/24`, as it was written. */
  readonly text: string;
  readonly version: 4 | 6;
  readonly prefixLength: number;
  readonly first: bigint;
  readonly last: bigint;
  /** Whether the address before the slash is the first of the range. */
  readonly isAligned: boolean;
}

const BITS = { 4: 32, 6: 128 } as const;

/** Undefined when it is no range in CIDR notation. */
export function parseRange(text: string): AddressRange | undefined {
  const [, address = "", prefix = ""] = /^([0-9a-fA-F:.]+)\/(\d{1,3})$/.exec(text) ?? [];
  const parsed = parseAddress(address);
  const prefixLength = Number(prefix);
  if (parsed === undefined || prefix === "" || prefixLength > BITS[parsed.version])
    return undefined;
  const free = BigInt(BITS[parsed.version] - prefixLength);
  const first = (parsed.value >> free) << free;
  const last = first + (1n << free) - 1n;
  return {
    text,
    version: parsed.version,
    prefixLength,
    first,
    last,
    isAligned: first === parsed.value,
  };
}

export function contains(outer: AddressRange, inner: AddressRange): boolean {
  return outer.version === inner.version && outer.first <= inner.first && inner.last <= outer.last;
}

export function overlap(a: AddressRange, b: AddressRange): boolean {
  return a.version === b.version && a.first <= b.last && b.first <= a.last;
}

/** The range as it should have been written. */
export function aligned({ version, first, prefixLength }: AddressRange): string {
  return `${formatAddress(version, first)}/${prefixLength}`;
}

export function formatAddress(version: 4 | 6, value: bigint): string {
  const parts = version === 4 ? 4 : 8;
  const width = BigInt(BITS[version] / parts);
  const groups = Array.from({ length: parts }, (_, index) =>
    Number((value >> (width * BigInt(parts - 1 - index))) & ((1n << width) - 1n)),
  );
  if (version === 4) return groups.join(".");
  // The URL parser writes IPv6 addresses in their short form.
  const long = groups.map((group) => group.toString(16)).join(":");
  return new URL(`http://[${long}]`).hostname.slice(1, -1);
}

export function isAddress(text: string): boolean {
  return isIPv4(text) || isIPv6(text);
}

function parseAddress(text: string): { version: 4 | 6; value: bigint } | undefined {
  if (isIPv4(text)) return { version: 4, value: joined(text.split(".").map(Number), 8n) };
  if (!isIPv6(text) || text.includes(".")) return undefined;
  const [head = "", tail] = text.split("::");
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const [before, after] = [groups(head), groups(tail ?? "")];
  const gap = tail === undefined ? 0 : 8 - before.length - after.length;
  const all = [...before, ...Array<string>(gap).fill("0"), ...after];
  return {
    version: 6,
    value: joined(
      all.map((group) => Number.parseInt(group, 16)),
      16n,
    ),
  };
}

function joined(groups: readonly number[], width: bigint): bigint {
  return groups.reduce((value, group) => (value << width) + BigInt(group), 0n);
}
