// A choice among all moments that is small enough for every run of the tests, and the same for the same seed.
import type { ChangingCall, CrashPoint } from "./crash-points.js";
import { VICTIMS } from "./scene.js";

/** One moment for every kind of call of an `up`, and one destroy for every victim; victims and moments take turns. */
export function chosenPoints(points: readonly CrashPoint[], seed: number): CrashPoint[] {
  const kinds = new Map<string, CrashPoint[]>();
  for (const point of points.filter(({ operation }) => operation === "up")) {
    const kind = kindOf(point.call);
    kinds.set(kind, [...(kinds.get(kind) ?? []), point]);
  }
  const ups = [...kinds.values()].flatMap((alike, index) => {
    const victim = VICTIMS[(index + seed) % VICTIMS.length];
    // What the service has done and nobody has written down is the harder half.
    const when = (index + seed) % 5 === 4 ? "before" : "after";
    return alike.find((point) => point.victim === victim && point.when === when) ?? [];
  });
  const destroys = points.filter(
    ({ operation, when }) => operation === "destroy" && when === "after",
  );
  return [
    ...ups,
    ...VICTIMS.flatMap((victim, index) => {
      const own = destroys.filter((point) => point.victim === victim);
      return own[(seed + index * 7) % Math.max(1, own.length)] ?? [];
    }),
  ];
}

/** `arm PUT Microsoft.BotService/botServices/channels`, whatever things are called. */
export function kindOf({ service, method, path }: ChangingCall): string {
  const plain = path.replace(/^\^|\(\\\?\|\$\)$/g, "").replaceAll("\\", "");
  const [, below = plain] = /.*\/providers\/(.+)/.exec(plain) ?? [];
  const parts = below.split("/").filter(Boolean);
  const names =
    service === "arm" ? parts.filter((_, index) => index === 0 || index % 2 === 1) : parts;
  return `${service} ${method} ${names.filter((part) => !/[[\]]/.test(part)).join("/")}`;
}
