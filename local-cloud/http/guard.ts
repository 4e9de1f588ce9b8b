// A server on a person's machine must not serve the pages that this person happens to have open: a name that
// resolves to loopback (DNS rebinding) fails at Host, a page of another origin fails at Origin.

const LOOPBACK_NAMES = new Set(["localhost", "127.0.0.1", "[::1]"]);
/** Each vault has a name below this; nobody can own one in the public DNS (RFC 6761). */
const VAULT_NAMES = ".vault.localhost";

/** Why a request is refused, or undefined when it may pass. `port` is the one this server listens on. */
export function refusedBecause(
  headers: { readonly host: string | undefined; readonly origin: string | undefined },
  port: number,
): string | undefined {
  if (!isOurs(headers.host, port)) {
    return "The local cloud answers only to localhost, 127.0.0.1 and [::1] with its own port in the Host header.";
  }
  if (headers.origin !== undefined && !isOurOrigin(headers.origin, port)) {
    return "The local cloud answers no page of another origin.";
  }
  return undefined;
}

function isOurs(host: string | undefined, port: number): boolean {
  const match = /^(\[[^\]]+\]|[^:]+):(\d+)$/.exec(host ?? "");
  const name = (match?.[1] ?? "").toLowerCase();
  const known = LOOPBACK_NAMES.has(name) || name.endsWith(VAULT_NAMES);
  return known && Number(match?.[2]) === port;
}

function isOurOrigin(origin: string, port: number): boolean {
  return origin.startsWith("https://") && isOurs(origin.slice("https://".length), port);
}
