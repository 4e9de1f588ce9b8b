// How many machines an update asks for, where the set grows by itself: it is asked first how many it has.
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Cloud } from "../../rules/clouds.js";
import { capacityFor } from "../../rules/hosts/scaling.js";
import { type Issue, throwIfAny } from "../../rules/issue.js";
import { armReading } from "../arm-reading.js";
import { refusing } from "../refusal.js";

const API_VERSION = "2024-11-01";

export interface CapacityQuestion {
  readonly resourceGroupName: pulumi.Input<string>;
  readonly scaleSetName: pulumi.Input<string>;
  readonly range: { readonly least: number; readonly most: number };
  readonly cloud: Cloud | undefined;
}

/**
 * The set's own number where it has grown, so that no update deletes machines in the middle of their calls. A set of a fixed
 * number is not asked.
 */
export function scaleSetCapacity(
  { resourceGroupName, scaleSetName, range, cloud }: CapacityQuestion,
  parent: pulumi.Resource,
): pulumi.Output<number> {
  if (range.most === range.least) return pulumi.output(range.least);
  return pulumi
    .all([resourceGroupName, scaleSetName, armReading(parent, cloud)])
    .apply(async ([group, name, arm]) => {
      const path = `/subscriptions/${arm.subscriptionId}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachineScaleSets/${name}`;
      const answer = await arm.ask(path, API_VERSION);
      if (answer?.status === 404) return capacityFor(range, undefined);
      const said = ScaleSet.safeParse(await answer?.json().catch(() => undefined));
      refusing(parent, throwIfAny)(said.success ? [] : [unreadable(name, answer?.status)]);
      return capacityFor(range, said.data?.sku.capacity);
    });
}

const ScaleSet = z.object({ sku: z.object({ capacity: z.number() }) });

function unreadable(name: string, status: number | undefined): Issue {
  return {
    path: "maxInstances",
    rule: `needs the number of machines that ${name} has now, or an update could take some away with their calls`,
    whose: "this package",
    got: status === undefined ? "no answer" : `the answer ${status}`,
    fix: "Deploy as somebody who may read the scale set, and run again.",
  };
}
