// What of machines that run can never become something else: said before anything is changed, because Azure refuses it only
// after half of an update is done.
import { type Issue, shown } from "../issue.js";
import { settingPath } from "./setting-path.js";

/** A scale set as it is, or as it is wanted. */
export interface ScaleSetPlacement {
  readonly zones: readonly string[];
  /** ARM id; undefined where it cannot be told. */
  readonly subnetId?: string | undefined;
  readonly trustedLaunch: boolean;
}

/**
 * Issues of what a set is to become. Zones may be added and not taken away, and a subnet may be exchanged for another one of the
 * same network ("Modify a Virtual Machine Scale Set"). Machines can be given Trusted Launch later, but lose it only by a
 * security type that Pulumi's provider does not know yet (Azure/azure-cli#28991).
 */
export function checkScaleSetChanges(
  path: string,
  now: ScaleSetPlacement,
  wanted: ScaleSetPlacement & { readonly size: string },
): Issue[] {
  const at = (setting: string) => settingPath(path, setting);
  const whose = "Azure Virtual Machines";
  const issues: Issue[] = [];
  if (now.zones.some((zone) => !wanted.zones.includes(zone))) {
    issues.push({
      path: at("zones"),
      rule: `must keep the zones ${listed(now.zones)} that the machines are in`,
      whose,
      got: shown(wanted.zones.join(", ")),
      fix: OTHER_MACHINES,
    });
  }
  const [before, after] = [networkOf(now.subnetId), networkOf(wanted.subnetId)];
  if (before !== undefined && after !== undefined && before !== after) {
    issues.push({
      path: at("subnetId"),
      rule: "must be a subnet of the network that the machines are in",
      whose,
      got: shown(wanted.subnetId),
      fix: OTHER_MACHINES,
    });
  }
  if (now.trustedLaunch && !wanted.trustedLaunch) {
    issues.push({
      path: at("size"),
      rule: "must be one with Trusted Launch, with which the machines were made, and an image that can have it",
      whose,
      got: shown(wanted.size),
      fix: `Choose a size of version 4 or later whose name has an s, such as Standard_D4s_v5. ${OTHER_MACHINES}`,
    });
  }
  return issues;
}

/** An issue when a public address is to be in other zones than it was made in ("Public IP addresses", availability zone). */
export function checkAddressZones(
  path: string,
  now: readonly string[],
  wanted: readonly string[],
): Issue[] {
  if (listed(now) === listed(wanted)) return [];
  return [
    {
      path,
      rule: `must stay ${now.length === 0 ? "an empty list" : listed(now)}, because the bot's public address cannot leave its zones`,
      whose: "Azure Network",
      got: shown(wanted.join(", ")),
      fix: OTHER_MACHINES,
    },
  ];
}

const OTHER_MACHINES =
  "Take the change back, or make other machines: a second stack, to which the calls go before this one is destroyed.";

function listed(zones: readonly string[]): string {
  return [...zones].sort().join(", ");
}

function networkOf(subnetId: string | undefined): string | undefined {
  return subnetId?.toLowerCase().split("/subnets/")[0];
}
