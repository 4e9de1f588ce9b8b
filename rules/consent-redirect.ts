// Where the consent link returns to must be one of the application's reply URLs, letter for letter: Entra compares case and
// slashes, and a difference that nobody sees ends on an error page (AADSTS50011).
import { type Issue, shown } from "./issue.js";

/** An issue unless `redirectUri` is among the reply URLs exactly; it names the one that only looks the same. */
export function checkRedirectUri(
  path: string,
  redirectUri: string,
  replyUrls: readonly string[],
): Issue[] {
  if (replyUrls.includes(redirectUri)) return [];
  const alike = replyUrls.find((url) => blurred(url) === blurred(redirectUri));
  const fix =
    alike === undefined
      ? `Add it to the application's reply URLs${replyUrls.length === 0 ? "; there are none" : ""}.`
      : `Write ${shown(alike)}, which is registered and differs in ${difference(alike, redirectUri)}.`;
  return [
    {
      path,
      rule: "must be one of the application's reply URLs, letter for letter",
      whose: "Microsoft Entra ID",
      got: shown(redirectUri),
      fix,
    },
  ];
}

function blurred(url: string): string {
  return withoutSlash(url).toLowerCase();
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}

function difference(a: string, b: string): string {
  if (a.toLowerCase() === b.toLowerCase()) return "case";
  return withoutSlash(a) === withoutSlash(b) ? "its final slash" : "case and its final slash";
}
