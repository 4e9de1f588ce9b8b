// Takes a URL apart without changing a byte of it, and finds what no service would take. urls.ts adds each service's own rules.
// `new URL` would not do: it rewrites paths, drops tabs and turns `127.1` into an address, so what it returns is not what was written.
import { type Issue, shown } from "./issue.js";
import { unreachableBecause } from "./public-host.js";

/** A URL in three pieces that joined give it back. */
export interface UrlParts {
  readonly scheme: string;
  /** Host and port as written, with user info when there is any. */
  readonly authority: string;
  /** Everything from the first `/`, `?` or `#`; may be empty. */
  readonly rest: string;
}

/** What differs between the services; the texts go into the sentences. */
export interface UrlRules {
  /** Whose rule it is. */
  readonly whose: string;
  /** An example of a good value, for the fix. */
  readonly example: string;
  /** Whether `localhost` is accepted as host. */
  readonly allowLocalhost: boolean;
  /** Whether plain http is accepted for `localhost`. */
  readonly httpOnLocalhost: boolean;
}

/** The pieces of an http or https URL, or `undefined`. */
export function splitUrl(url: string): UrlParts | undefined {
  const [, scheme, authority, rest] = /^(https?):\/\/([^/?#]*)(.*)$/is.exec(url) ?? [];
  if (scheme === undefined || !authority || rest === undefined) return undefined;
  return { scheme: scheme.toLowerCase(), authority, rest };
}

/** The URL as a message may show it: user info and query may hold a password or a function key, so they are left out. */
export function shownUrl(url: string): string {
  return shown(url.replace(/\/\/[^/?#]*@/, "//...@").replace(/[?#].*$/s, (end) => `${end[0]}...`));
}

/** The first thing wrong with the URL, if any: one wrong character breaks several rules, and one sentence is enough. */
export function checkUrlShape(path: string, url: string, rules: UrlRules): Issue[] {
  const problem = (rule: string, fix: string): Issue[] => [
    { path, rule, whose: rules.whose, got: shownUrl(url), fix },
  ];
  const goodOne = `Write an address such as ${rules.example}.`;

  if (/[\s\p{Cc}\\]/u.test(url)) {
    return problem("must not contain white space, control characters or backslashes", goodOne);
  }
  const parts = splitUrl(url);
  if (!parts)
    return problem("must be a full URL that starts with https:// and names a host", goodOne);
  if (parts.authority.includes("@")) {
    return problem("must not contain a user name or password", "Remove everything up to the @.");
  }
  if (parts.rest.includes("#")) {
    return problem("must not contain a fragment", "Remove the # and what follows it.");
  }
  if (!/^[\x21-\x7e]*$/.test(url) || /["<>^`{|}]|%(?![0-9a-f]{2})/i.test(url)) {
    return problem(
      "must use only the characters a URL may hold",
      "Percent-encode the others in the path, and write the host in its xn-- form.",
    );
  }
  if (/(^|\/)(\.|%2e){1,2}(?=\/|$)/i.test(parts.rest.replace(/\?.*$/s, ""))) {
    return problem("must not have . or .. as a part of its path", "Write the path out.");
  }
  return checkHost(parts, rules, problem);
}

function checkHost(
  { scheme, authority }: UrlParts,
  rules: UrlRules,
  problem: (rule: string, fix: string) => Issue[],
): Issue[] {
  const [, host = "", port] = /^(.*?)(?::(\d*))?$/.exec(authority) ?? [];
  if (port !== undefined && !(Number(port) >= 1 && Number(port) <= 65535)) {
    return problem("must have a port from 1 to 65535, or none", "Correct the port or remove it.");
  }
  // The WHATWG parser reads every odd spelling of an address (127.1, 0x7f000001, 2130706433), as clients do.
  const understood = URL.canParse(`https://${host}/`) ? new URL(`https://${host}/`).hostname : "";
  const local = understood === "localhost" && rules.allowLocalhost;
  const because = local ? undefined : unreachableBecause(understood);
  if (understood && because) {
    return problem(
      `must have a host that is public, ${because}`,
      `Give the address at which Teams reaches the bot, such as ${rules.example}.`,
    );
  }
  if (understood !== host.toLowerCase() || !isPlainHost(understood)) {
    return problem(
      "must have a host name of letters, digits, dots and hyphens, or a whole IP address",
      `Write an address such as ${rules.example}.`,
    );
  }
  if (scheme !== "https" && !(local && rules.httpOnLocalhost)) {
    return problem("must start with https://", `Serve it over TLS and write https://${authority}.`);
  }
  return [];
}

function isPlainHost(host: string): boolean {
  if (host.startsWith("[")) return true;
  return (
    host.length <= 253 &&
    /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/.test(host)
  );
}
