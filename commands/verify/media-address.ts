// Where a bot takes media: the option --media, or what the stack puts out of the machines it made.
import { type Issue, shown } from "../../rules/issue.js";
import type { StackOutputs } from "../../rules/outputs.js";

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

export interface MediaPlace {
  readonly host: string;
  readonly port: number;
}

/**
 * A range is for as many machines as a set may ever have. Those that are there hold its first ports, with gaps where machines
 * have gone: so many more are asked than there are machines.
 */
const FEWEST_PORTS = 10;

/** The address that was given, else the first ports of the stack's range; none where neither is known. */
export function mediaPlaces(
  given: string | undefined,
  made: NonNullable<StackOutputs["host"]>["media"],
): MediaPlace[] {
  if (given !== undefined) {
    const { hostname, port } = new URL(`https://${given}`);
    return [{ host: hostname, port: Number(port) || 443 }];
  }
  if (made === undefined) return [];
  const asked = Math.max(FEWEST_PORTS, 2 * (made.instances ?? 0));
  const count = Math.min(asked, made.lastPort - made.firstPort + 1);
  return Array.from({ length: count }, (_, i) => ({
    host: made.hostName,
    port: made.firstPort + i,
  }));
}
