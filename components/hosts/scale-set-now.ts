// The scale set as it is before an update, which decides how many machines the update may ask for and what it may change.
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Cloud } from "../../rules/clouds.js";
import {
  checkScaleSetChanges,
  type ScaleSetPlacement,
} from "../../rules/hosts/scale-set-changes.js";
import { capacityFor } from "../../rules/hosts/scaling.js";
import { type Issue, throwIfAny } from "../../rules/issue.js";
import { armReading } from "../arm-reading.js";
import { refusing } from "../refusal.js";

const API_VERSION = "2024-11-01";

export interface ScaleSetQuestion {
  readonly resourceGroupName: pulumi.Input<string>;
  readonly scaleSetName: pulumi.Input<string>;
  readonly subnetId: pulumi.Input<string>;
  readonly range: { readonly least: number; readonly most: number };
  /** What is wanted, as far as it is known from the start. */
  readonly wanted: Omit<ScaleSetPlacement, "subnetId"> & { readonly size: string };
  readonly cloud: Cloud | undefined;
}

/**
 * How many machines the update asks for: the set's own number where it has grown, so that no update deletes machines in the middle
 * of their calls. Known once the set is known to be able to become what is wanted.
 */
export function scaleSetCapacity(
  { resourceGroupName, scaleSetName, subnetId, range, wanted, cloud }: ScaleSetQuestion,
  parent: pulumi.Resource,
): pulumi.Output<number> {
  return pulumi
    .all([resourceGroupName, scaleSetName, subnetId, armReading(parent, cloud)])
    .apply(async ([group, name, subnet, arm]) => {
      const path = `/subscriptions/${arm.subscriptionId}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachineScaleSets/${name}`;
      const answer = await arm.ask(path, API_VERSION);
      if (answer?.status === 404) return capacityFor(range, undefined);
      const said = ScaleSet.safeParse(await answer?.json().catch(() => undefined));
      const grows = range.most > range.least;
      const refuse = refusing(parent, throwIfAny);
      refuse(said.success || !grows ? [] : [unreadable(name, answer?.status)]);
      if (!said.success) return range.least;
      refuse(checkScaleSetChanges("", placementOf(said.data), { ...wanted, subnetId: subnet }));
      return grows ? capacityFor(range, said.data.sku.capacity) : range.least;
    });
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
    path: "maxInstances",
    rule: `needs the number of machines that ${name} has now, or an update could take some away with their calls`,
    whose: "this package",
    got: status === undefined ? "no answer" : `the answer ${status}`,
    fix: "Deploy as somebody who may read the scale set, and run again.",
  };
}
