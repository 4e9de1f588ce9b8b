// Two hosts beside each other, while calls are handed over from one to the other.
import { HostSlot } from "../bot-choices.js";
import type { Issue } from "../issue.js";

/** Issues of `otherHost`, of what was written beside `host`. */
export function checkTwoHosts(host: Readonly<Record<string, unknown>>, other: unknown): Issue[] {
  if (typeof other !== "object" || other === null || Array.isArray(other)) return [];
  const { slot = HostSlot.First, domain }: Record<string, unknown> = { ...other };
  const issues: Issue[] = [];
  if (slot === (host["slot"] ?? HostSlot.First)) {
    const free = slot === HostSlot.First ? HostSlot.Second : HostSlot.First;
    issues.push({
      path: "otherHost.slot",
      rule: "must be another one than that of host, because each host keeps its place",
      whose: "this package",
      got: JSON.stringify(slot),
      fix: `Leave the slot of the host that was there first as it is, and set that of the new one to "${free}".`,
    });
  }
  if (domain !== undefined && domain === host["domain"]) {
    issues.push({
      path: "otherHost.domain",
      rule: "must be another one than that of host, because a name leads to one of them",
      whose: "this package",
      fix: "Remove it, and use the name that Azure gives; or give a second name.",
    });
  }
  return issues;
}
