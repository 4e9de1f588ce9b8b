// What of machines that run cannot become something else, or only with their calls lost: said before anything is changed.
import { type Issue, shown } from "../issue.js";
import { instanceRange, ScaleIn, type ScaleSetWish } from "./scale-set.js";
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

/** A scale set that runs. */
export interface RunningMachines {
  readonly resourceGroup: string;
  readonly name: string;
  readonly count: number;
}

/**
 * An issue when an update, or the autoscaling that it sets, would take machines away. Where `scaleIn` is on, autoscaling takes
 * them down to the new limit one after another, and leaves those that the bot protects. Otherwise a person does it, who knows
 * when the calls of a machine have ended: that is one command, and the only way, because a setting would stay in the stack
 * file after its day and let the next update do what this refuses.
 */
export function checkFewerMachines(
  path: string,
  running: RunningMachines,
  wish: ScaleSetWish,
): Issue[] {
  const { least, most } = instanceRange(wish);
  if (running.count <= most || wish.scaleIn === ScaleIn.Protected) return [];
  const { resourceGroup, name, count } = running;
  const number = most > least ? "maxInstances" : "instances";
  const byCalls =
    number === "instances" && wish.instances === undefined && wish.concurrentCalls !== undefined;
  const at = (setting: string) => settingPath(path, setting);
  return [
    {
      path: at(byCalls ? "concurrentCalls" : number),
      rule: `must not ask for less than the ${count} machines that ${name} has, because an update takes them away with their calls`,
      whose: "this package",
      got: byCalls ? `${wish.concurrentCalls}, for which ${most} are enough` : String(most),
      fix: `Set ${at(number)} to ${count}; or remove machines whose calls have ended until ${most} are left, az vmss delete-instances --resource-group ${resourceGroup} --name ${name} --instance-ids <id>, and run again.`,
    },
  ];
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
