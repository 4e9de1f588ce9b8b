// How a set of machines grows and shrinks, and what is said of it before it happens.
import { ScaleIn } from "./scale-set.js";

/**
 * Thresholds. The community keeps media machines below 70 % (microsoft-graph-comms-samples#284); a new machine needs minutes
 * before it takes calls, so it is asked for at 50 %, where Microsoft's EchoBot asks at 45 %. Calls do not move to the new one:
 * it only takes the next.
 */
const GROW_AT_PERCENT = 50;
/** Low enough that the calls of one machine fit the others, and for long enough that it is no pause. */
const SHRINK_AT_PERCENT = 20;

/** The longest notice that Azure gives before it deletes a machine ("Terminate notification for ... instances"). */
export const LONGEST_NOTICE = "PT15M";

/** One rule of an autoscale setting, on the processor time of all machines. */
export interface ScaleRule {
  readonly direction: "Increase" | "Decrease";
  readonly operator: "GreaterThan" | "LessThan";
  readonly threshold: number;
  /** ISO 8601 durations. */
  readonly timeWindow: string;
  readonly cooldown: string;
}

export function scaleRules(scaleIn: ScaleIn): ScaleRule[] {
  const grow: ScaleRule = {
    direction: "Increase",
    operator: "GreaterThan",
    threshold: GROW_AT_PERCENT,
    timeWindow: "PT5M",
    cooldown: "PT10M",
  };
  const shrink: ScaleRule = {
    direction: "Decrease",
    operator: "LessThan",
    threshold: SHRINK_AT_PERCENT,
    timeWindow: "PT30M",
    cooldown: "PT30M",
  };
  return scaleIn === ScaleIn.Protected ? [grow, shrink] : [grow];
}

/** All that the bot needs to keep Azure from deleting the machine it runs on ("Instance Protection for ... instances"). */
export const PROTECTION_ACTIONS = [
  "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/read",
  "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/write",
];

/**
 * How many machines an update asks for: never less than there are, or it would delete some in the middle of their calls.
 * `current` is undefined while there is no set.
 */
export function capacityFor(least: number, current: number | undefined): number {
  return Math.max(least, current ?? 0);
}

/** What the preview says of growing, shrinking and updating. @default grantRoles true */
export function scalingReport(
  { least, most }: { readonly least: number; readonly most: number },
  scaleIn: ScaleIn,
  grantRoles = true,
): string[] {
  const updates =
    "An update changes the model of the machines, not the machines: each takes it when you upgrade that instance, which ends its calls.";
  if (most === least) return [updates];
  const grows = `The set grows from ${least} to ${most} machines when the processors are busier than ${GROW_AT_PERCENT} %.`;
  if (scaleIn === ScaleIn.Off) {
    return [grows, "It never shrinks by itself: calls would be cut off.", updates];
  }
  const actions = PROTECTION_ACTIONS.join(", ");
  const role = grantRoles
    ? `its identity is given the role for that (${actions})`
    : `give its identity a role for that (${actions}), because host.grantRoles is false`;
  return [
    grows,
    `It shrinks when they are less busy than ${SHRINK_AT_PERCENT} % for half an hour. Azure gives a machine at most 15 minutes' notice and calls last longer, so the bot must set protectFromScaleIn on its own instance while it has calls: ${role}.`,
    updates,
  ];
}
