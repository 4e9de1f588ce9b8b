// Where an answer may be sent: only to an address that the application registered, letter for letter.
import type { ApplicationRecord } from "../directory/records.js";

/** Which platform an address is registered for; it decides how a code is redeemed. */
export type ReplyUrlKind = "web" | "spa" | "publicClient";

export interface ReplyUrl {
  readonly url: string;
  readonly kind: ReplyUrlKind;
}

const KINDS: readonly ReplyUrlKind[] = ["web", "spa", "publicClient"];

/** Every registered address, in the order of their platforms. */
export function replyUrlsOf(application: ApplicationRecord): ReplyUrl[] {
  return KINDS.flatMap((kind) => {
    const part = application.fields[kind];
    const urls: unknown =
      typeof part === "object" && part !== null && "redirectUris" in part ? part.redirectUris : [];
    return Array.isArray(urls) ? urls.map((url) => ({ url: String(url), kind })) : [];
  });
}

/**
 * The registration that `asked` is for; undefined when there is none. Case and slash count. The port of a loopback
 * address does not ("Redirect URI (reply URL) restrictions and limitations", localhost exceptions). A registered
 * wildcard matches nothing here.
 */
export function registeredReplyUrl(
  application: ApplicationRecord,
  asked: string,
): ReplyUrl | undefined {
  if (asked.includes("*") || !URL.canParse(asked)) return undefined;
  const found = replyUrlsOf(application).find(
    ({ url }) => url === asked || withoutLoopbackPort(url) === withoutLoopbackPort(asked),
  );
  return found === undefined ? undefined : { url: asked, kind: found.kind };
}

function withoutLoopbackPort(url: string): string {
  return url.replace(/^(http:\/\/(?:localhost|127\.0\.0\.1)):\d+(?=[/?]|$)/, "$1");
}

/** Whether a browser can be sent there; applications of their own schemes (`msauth://`) are not for a browser. */
export function isWebAddress(url: string): boolean {
  return ["http:", "https:"].includes(new URL(url).protocol);
}

/** Parameters of an answer; undefined ones are left out. */
export type AnswerParameters = Readonly<Record<string, string | undefined>>;

/**
 * Sends the browser to a registered address with `parameters`. An address without a path gets its slash, and the answer
 * ends in `#`, as Entra's do (MicrosoftDocs/azure-docs, issue 114009).
 */
export function redirectToReplyUrl(
  replyUrl: string,
  parameters: AnswerParameters,
  mode: "query" | "fragment" = "query",
): Response {
  const answer = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) answer.append(name, value);
  }
  const { href } = new URL(replyUrl);
  const joint = href.includes("?") ? "&" : "?";
  return redirectTo(mode === "query" ? `${href}${joint}${answer}#` : `${href}#${answer}`);
}

/** A redirect that turns a form into a read. @default no cookie */
export function redirectTo(location: string, cookie?: string): Response {
  return new Response(null, {
    status: 303,
    headers: {
      Location: location,
      "Cache-Control": "no-store",
      ...(cookie === undefined ? {} : { "Set-Cookie": cookie }),
    },
  });
}
