// The scale set as it is before an update, which decides how many machines the update may ask for and what it may change.
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Cloud } from "../../rules/clouds.js";
import { instanceRange, type ScaleSetWish } from "../../rules/hosts/scale-set.js";
import {
  checkFewerMachines,
  checkScaleSetChanges,
  type ScaleSetPlacement,
} from "../../rules/hosts/scale-set-changes.js";
import { capacityFor } from "../../rules/hosts/scaling.js";
import type { Issue } from "../../rules/issue.js";
import { type ArmReading, armReading } from "../arm-reading.js";
import { refuse } from "../refusal.js";

const API_VERSION = "2024-11-01";

export interface ScaleSetQuestion {
  readonly resourceGroupName: pulumi.Input<string>;
  readonly scaleSetName: pulumi.Input<string>;
  readonly subnetId: pulumi.Input<string>;
  /** What is wanted, as far as it is known from the start. */
  readonly wanted: Omit<ScaleSetPlacement, "subnetId"> & { readonly size: string };
  readonly wish: ScaleSetWish;
  readonly cloud: Cloud | undefined;
  /** What else the set waits for. */
  readonly ready: pulumi.Output<unknown>;
}

/**
 * How many machines the update asks for: as many as there are where the set has grown. Whether it can become what is wanted is
 * judged as early as possible, and the number is read as late as possible: a machine that autoscaling adds while an update
 * changes the network before the machines would be deleted by a number read before.
 */
export function scaleSetCapacity(
  { wanted, wish, cloud, ready, ...names }: ScaleSetQuestion,
  parent: pulumi.Resource,
): pulumi.Output<number> {
  const question = pulumi.all([
    names.resourceGroupName,
    names.scaleSetName,
    names.subnetId,
    armReading(parent, cloud),
  ]);
  const judged = question.apply(async ([resourceGroup, name, subnetId, arm]) => {
    const now = await scaleSetNow(arm, resourceGroup, name, parent);
    if (now === undefined) return;
    refuse(parent, [
      ...checkFewerMachines("", { resourceGroup, name, count: now.sku.capacity }, wish),
      ...checkScaleSetChanges("", placementOf(now), { ...wanted, subnetId }),
    ]);
  });
  const { least } = instanceRange(wish);
  return pulumi.all([question, judged, ready]).apply(async ([[resourceGroup, name, , arm]]) => {
    const now = await scaleSetNow(arm, resourceGroup, name, parent);
    return capacityFor(least, now?.sku.capacity);
  });
}

/** Undefined while there is no such set; throws when that cannot be told. */
async function scaleSetNow(
  arm: ArmReading,
  resourceGroup: string,
  name: string,
  parent: pulumi.Resource,
): Promise<z.output<typeof ScaleSet> | undefined> {
  const path = `/subscriptions/${arm.subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Compute/virtualMachineScaleSets/${name}`;
  const answer = await arm.ask(path, API_VERSION);
  if (answer?.status === 404) return undefined;
  const said = ScaleSet.safeParse(await answer?.json().catch(() => undefined));
  if (!said.success) refuse(parent, [unreadable(name, answer?.status)]);
  return said.data;
}

const IpConfiguration = z.object({
  properties: z.object({ subnet: z.object({ id: z.string() }).nullish() }),
});
const Interface = z.object({
  properties: z.object({ ipConfigurations: z.array(IpConfiguration) }),
});
const ScaleSet = z.object({
  sku: z.object({ capacity: z.number() }),
  zones: z.array(z.string()).nullish(),
  properties: z.object({
    virtualMachineProfile: z.object({
      networkProfile: z.object({ networkInterfaceConfigurations: z.array(Interface) }),
      securityProfile: z.object({ securityType: z.string().nullish() }).nullish(),
    }),
  }),
});

function placementOf({ zones, properties }: z.output<typeof ScaleSet>): ScaleSetPlacement {
  const { networkProfile, securityProfile } = properties.virtualMachineProfile;
  const [network] = networkProfile.networkInterfaceConfigurations;
  return {
    zones: zones ?? [],
    subnetId: network?.properties.ipConfigurations[0]?.properties.subnet?.id,
    trustedLaunch: securityProfile?.securityType === "TrustedLaunch",
  };
}

function unreadable(name: string, status: number | undefined): Issue {
  return {
    path: "instances",
    rule: `needs the number of machines that ${name} has now, or an update could take some away with their calls`,
    whose: "this package",
    got: status === undefined ? "no answer" : `the answer ${status}`,
    fix: "Deploy as somebody who may read the scale set, and run again.",
  };
}
