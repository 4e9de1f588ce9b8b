// The three kinds of addresses a calling bot has, checked as their service would and written as it will echo them.
import { type Issue, throwIfAny } from "./issue.js";
import { checkUrlShape, shownUrl, splitUrl, type UrlRules } from "./url-shape.js";

/** How strict to be. */
export interface UrlOptions {
  /** Whether `localhost` may be the host: only for a bot on this machine. @default false */
  readonly allowLocalhost?: boolean;
}

/** Longest reply URL ("Redirect URI (reply URL) restrictions and limitations"). */
const REPLY_URL_MAX_LENGTH = 256;
/** Most reply URLs of an application for work and school accounts (same page; single and multi-tenant alike). */
export const REPLY_URLS_MAX_COUNT = 256;

function botRules(example: string, options: UrlOptions): UrlRules {
  const allowLocalhost = options.allowLocalhost ?? false;
  return { whose: "Azure Bot Service", example, allowLocalhost, httpOnLocalhost: false };
}

/** Issues of the URL at which the bot takes messages. Source: microsoft/botframework-sdk#6188 (https only; any port). */
export function checkMessagingEndpoint(
  path: string,
  url: string,
  options: UrlOptions = {},
): Issue[] {
  return checkUrlShape(path, url, botRules("https://bot.contoso.com/api/messages", options));
}

/** Issues of the URL at which the bot takes incoming calls. With and without a path, with and without a final slash. */
export function checkCallingWebhook(path: string, url: string, options: UrlOptions = {}): Issue[] {
  return checkUrlShape(path, url, botRules("https://bot.contoso.com/api/calling", options));
}

/**
 * Issues of one reply URL. http is accepted for `localhost` alone, and that only with `allowLocalhost`.
 * Source: "Redirect URI (reply URL) restrictions and limitations".
 */
export function checkReplyUrl(path: string, url: string, options: UrlOptions = {}): Issue[] {
  const whose = "Microsoft Entra ID";
  const refuse = (rule: string, fix: string): Issue[] => [
    { path, rule, whose, got: shownUrl(url), fix },
  ];
  if (url.includes("*")) {
    return refuse("must not contain a wildcard", "List each reply URL by itself.");
  }
  if (/[!$'(),;]/.test(url)) {
    return refuse("must not contain any of ! $ ' ( ) , ;", "Choose a path without them.");
  }
  if (normaliseReplyUrl(url).length > REPLY_URL_MAX_LENGTH) {
    return refuse(
      `must be at most ${REPLY_URL_MAX_LENGTH} characters long`,
      "Shorten it, or carry what varies in the state parameter.",
    );
  }
  const allowLocalhost = options.allowLocalhost ?? false;
  return checkUrlShape(path, url, {
    whose,
    example: "https://bot.contoso.com/signed-in",
    allowLocalhost,
    httpOnLocalhost: allowLocalhost,
  });
}

/** Issues of the list as a whole: how many, which twice, which two localhost URLs differ by nothing but the port. */
export function checkReplyUrlList(path: string, urls: readonly string[]): Issue[] {
  const whose = "Microsoft Entra ID";
  const issues: Issue[] = [];
  if (urls.length > REPLY_URLS_MAX_COUNT) {
    issues.push({
      path,
      rule: `must list at most ${REPLY_URLS_MAX_COUNT} URLs`,
      whose,
      got: String(urls.length),
      fix: "Remove the ones no longer used.",
    });
  }
  const seen = new Map<string, number>();
  for (const [i, url] of urls.entries()) {
    const written = normaliseReplyUrl(url);
    const compared = written.replace(/^(https?:\/\/localhost):\d+/, "$1");
    const first = seen.get(compared);
    if (first === undefined) {
      seen.set(compared, i);
      continue;
    }
    const same = written === normaliseReplyUrl(urls[first] ?? "");
    issues.push({
      path: `${path}[${i}]`,
      rule: same
        ? `must not repeat ${path}[${first}]`
        : `must differ from ${path}[${first}] by more than the port, which is ignored for localhost`,
      whose,
      got: shownUrl(url),
      fix: "Remove one of the two.",
    });
  }
  return issues;
}

/** Issues of every reply URL and of the list as a whole. */
export function checkReplyUrls(
  path: string,
  urls: readonly string[],
  options: UrlOptions = {},
): Issue[] {
  const each = urls.flatMap((url, i) => checkReplyUrl(`${path}[${i}]`, url, options));
  return [...each, ...checkReplyUrlList(path, urls)];
}

/**
 * The webhook as Azure Resource Manager will echo it, so that no preview shows a difference that is not there.
 * A host-only URL gets its `/` (Azure/azure-rest-api-specs#18511); scheme and host become lower case and the default port
 * goes, as .NET's Uri does; a path or query stays byte for byte. What is no URL comes back unchanged.
 */
export function normaliseWebhook(url: string): string {
  const parts = splitUrl(url);
  if (!parts || parts.authority.includes("@") || !URL.canParse(url)) return url;
  const defaultPort = parts.scheme === "https" ? /:(443)?$/ : /:(80)?$/;
  const authority = parts.authority.toLowerCase().replace(defaultPort, "");
  const rest = parts.rest.startsWith("/") ? parts.rest : `/${parts.rest}`;
  return `${parts.scheme}://${authority}${rest}`;
}

/** The reply URL as the azuread provider demands it and Entra answers on it: a host-only URL ends in `/`, a path is kept. */
export function normaliseReplyUrl(url: string): string {
  return normaliseWebhook(url);
}

/** Whether Azure would take the two for the same webhook. */
export function sameWebhook(a: string, b: string): boolean {
  return normaliseWebhook(a) === normaliseWebhook(b);
}

/** For a webhook known only during `up`: returns what the channel takes, or throws a RulesError. */
export function checkedWebhook(path: string, options: UrlOptions = {}): (url: string) => string {
  return (url) => {
    throwIfAny(checkCallingWebhook(path, url, options));
    return normaliseWebhook(url);
  };
}

/** For a messaging endpoint known only during `up`: returns it unchanged, or throws a RulesError. */
export function checkedMessagingEndpoint(
  path: string,
  options: UrlOptions = {},
): (url: string) => string {
  return (url) => {
    throwIfAny(checkMessagingEndpoint(path, url, options));
    return url;
  };
}

/** For reply URLs known only during `up`: returns the list the application takes, or throws a RulesError. */
export function checkedReplyUrls(
  path: string,
  options: UrlOptions = {},
): (urls: readonly string[]) => string[] {
  return (urls) => {
    throwIfAny(checkReplyUrls(path, urls, options));
    return urls.map(normaliseReplyUrl);
  };
}
