// The option --media: where a bot takes media.
import { type Issue, shown } from "../../rules/issue.js";

/** Issues unless it is left out or `host:port`. */
export function checkMediaAddress(path: string, text: string | undefined): Issue[] {
  if (text === undefined) return [];
  const [, port = ""] = /^[a-z0-9.-]+:(\d{1,5})$/i.exec(text) ?? [];
  if (Number(port) >= 1 && Number(port) <= 65_535) return [];
  return [
    {
      path,
      rule: "must be a host name and a port",
      whose: "this package",
      got: shown(text),
      fix: "Write it as in 0.media.contoso.com:20100.",
    },
  ];
}
