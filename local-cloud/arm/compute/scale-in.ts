// Which machines go when a scale set shrinks ("Use custom scale-in policies", "Instance Protection").
import type { ResourceRecord } from "../mechanics/resource-store.js";

/** Those that go when a set shrinks: never a protected one, from the fullest zone first, the newest or the oldest. */
export function leaving(machines: readonly ResourceRecord[], count: number, rule: string) {
  const left = [...machines];
  const going: ResourceRecord[] = [];
  while (going.length < count) {
    const fullest = byZone(left)
      .filter((group) => group.some((machine) => !isProtected(machine)))
      .sort((a, b) => b.length - a.length)[0];
    const free = fullest?.filter((machine) => !isProtected(machine)) ?? [];
    const one = rule === "OldestVM" ? free[0] : free.at(-1);
    if (one === undefined) break;
    going.push(one);
    left.splice(left.indexOf(one), 1);
  }
  return going;
}

function byZone(machines: readonly ResourceRecord[]): ResourceRecord[][] {
  const zones = new Map<string, ResourceRecord[]>();
  for (const machine of machines) {
    const zone = machine.zones?.[0] ?? "";
    zones.set(zone, [...(zones.get(zone) ?? []), machine]);
  }
  return [...zones.values()];
}

export function isProtected({ properties }: ResourceRecord): boolean {
  return Object(properties["protectionPolicy"]).protectFromScaleIn === true;
}
