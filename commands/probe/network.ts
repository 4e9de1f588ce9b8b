// The Internet as a check sees it: names, and where connections go. Tests put servers of their own in its place.
import { lookup, resolveNs } from "node:dns/promises";

export interface HostAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

export interface Network {
  /** Whether names lead to other people's machines. @default false, as in a test's own network */
  readonly isInternet?: boolean;
  /** Addresses of a name, as this machine resolves it. Rejects with the resolver's error, whose `code` is `ENOTFOUND` and so on. */
  addresses(host: string): Promise<readonly HostAddress[]>;
  /** Names of the servers to which a zone is delegated. Rejects as `addresses` does. */
  nameServers(zone: string): Promise<readonly string[]>;
  /** Where a connection to a host is really opened. */
  dial(host: string, port: number): { readonly host: string; readonly port: number };
}

/** The network of this machine. */
export const NETWORK: Network = {
  isInternet: true,
  addresses: async (host) => {
    const found = await lookup(host, { all: true });
    return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
  },
  nameServers: resolveNs,
  dial: (host, port) => ({ host, port }),
};

/** Error code of a failed connection or look-up; empty when it has none. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const code: unknown = Reflect.get(error, "code");
  if (typeof code === "string" && code !== "") return code;
  // Several addresses were tried.
  const [first] = error instanceof AggregateError ? error.errors : [];
  return first === undefined ? "" : codeOf(first);
}

/** Host and port of an https address; an IPv6 host without its brackets. */
export function hostAndPort(url: string): { host: string; port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ""), port: port === "" ? 443 : Number(port) };
}
