// Where on its host the bot takes messages, calls and the question whether it is well.
import { type Issue, shown } from "../issue.js";

/** The path of the Bot Framework's samples. */
export const MESSAGING_PATH = "/api/messages";
/** The path of Microsoft's guide, without its prefix. */
export const CALLING_PATH = "/api/calling";
export const HEALTH_PATH = "/health";

/** A path of a URL as it may stand in one: no query, no fragment, nothing to resolve. */
export function checkHostPath(path: string, value: string): Issue[] {
  const isPath = /^\/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2}|\/)*$/.test(value);
  const isPlain = isPath && !/(?:^|\/)\.{1,2}(?:\/|$)/.test(value) && !value.includes("//");
  if (isPlain && value.length <= 1024) return [];
  return [
    {
      path,
      rule: "must be the path of a URL: a slash first, no query, no fragment, no dot segments",
      whose: "this package",
      got: shown(value),
      fix: `Write it as in ${CALLING_PATH}.`,
    },
  ];
}

/** `https://<host><path>` */
export function hostUrl(hostName: string, path: string): string {
  return `https://${hostName}${path}`;
}
