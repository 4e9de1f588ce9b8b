// The region of a host's resource group, which names follow that a region keeps for itself.
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Cloud } from "../../rules/clouds.js";
import { type Issue, throwIfAny } from "../../rules/issue.js";
import { type ArmReading, armReading } from "../arm-reading.js";
import { refusing } from "../refusal.js";

const API_VERSION = "2024-03-01";

export interface GroupPlace {
  readonly resourceGroupName: pulumi.Input<string>;
  /** As the stack says it. */
  readonly location: pulumi.Input<string> | undefined;
  readonly cloud: Cloud | undefined;
}

/**
 * What the stack says, or else where the group is; of a group that is not there yet, where the provider will put it. It is never
 * guessed: a name that depends on it would be another one in a bad moment.
 */
export function groupRegion(
  { resourceGroupName, location, cloud }: GroupPlace,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  if (location !== undefined) return pulumi.output(location);
  return pulumi.all([resourceGroupName, armReading(parent, cloud)]).apply(async ([name, arm]) => {
    const { status, region } = await regionOfGroup(arm, name);
    if (status === 404) return providersRegion() ?? "";
    refusing(parent, throwIfAny)(region === undefined ? [unreadable(name, status)] : []);
    return region ?? "";
  });
}

/**
 * Where the provider puts a new resource that names no region: where it is told to, and else where the group is. Undefined where
 * that cannot be told.
 */
export async function regionOfNew(
  arm: ArmReading,
  resourceGroupName: string,
): Promise<string | undefined> {
  return providersRegion() ?? (await regionOfGroup(arm, resourceGroupName)).region;
}

function providersRegion(): string | undefined {
  return new pulumi.Config("azure-native").get("location");
}

async function regionOfGroup({ subscriptionId, ask }: ArmReading, name: string) {
  const path = `/subscriptions/${subscriptionId}/resourceGroups/${encodeURIComponent(name)}`;
  const answer = await ask(path, API_VERSION);
  const said = Group.safeParse(await answer?.json().catch(() => undefined));
  return { status: answer?.status, region: said.data?.location };
}

const Group = z.object({ location: z.string() });

function unreadable(name: string, status: number | undefined): Issue {
  return {
    path: "resourceGroup.location",
    rule: `must be given where nobody may read the region of ${name}, because the name of the host's vault follows it`,
    whose: "this package",
    got: status === undefined ? "no answer" : `the answer ${status}`,
    fix: "Name the region, deploy as somebody who may read the group, or run again.",
  };
}
