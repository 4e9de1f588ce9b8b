// The resource group that the bot lives in: made by the stack, or one that exists.
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Cloud } from "../rules/clouds.js";
import { defaultResourceGroupName } from "../rules/names.js";
import { checkedExistingGroup } from "../rules/presence.js";
import { after } from "./after.js";
import { armReading } from "./arm-reading.js";
import { azureTags } from "./left-over-tags.js";
import { refusing } from "./refusal.js";

const API_VERSION = "2024-03-01";

export interface ResourceGroupArgs {
  /** 1 to 90 characters. @default `<project>-<stack>` */
  name?: pulumi.Input<string>;
  /**
   * Whether the group exists already; it is then neither changed nor deleted. A name in plain text is looked up before
   * anything is made; for a group that the same program makes give its output. @default false
   */
  existing?: boolean;
  /** Region, such as `westeurope`. @default the provider's setting azure-native:location */
  location?: pulumi.Input<string>;
}

/** The name that the group has or will have, once a group that should exist is known not to be missing. */
export function plannedGroupName(
  args: ResourceGroupArgs,
  parent: pulumi.Resource,
  cloud: Cloud | undefined,
): pulumi.Output<string> {
  const { name, existing = false } = args;
  if (!existing || typeof name !== "string") return pulumi.output(nameOf(args));
  return armReading(parent, cloud).apply(async ({ subscriptionId, ask }) => {
    const group = encodeURIComponent(name);
    const answer = await ask(
      `/subscriptions/${subscriptionId}/resourcegroups/${group}`,
      API_VERSION,
    );
    const check = checkedExistingGroup("resourceGroup.name", name);
    return refusing(parent, check)(!(await saysMissing(answer)));
  });
}

const Refusal = z.object({ error: z.object({ code: z.string() }) });

async function saysMissing(answer: Response | undefined): Promise<boolean> {
  const refusal = Refusal.safeParse(await answer?.json().catch(() => undefined));
  return refusal.success && refusal.data.error.code === "ResourceGroupNotFound";
}

function nameOf({ name }: ResourceGroupArgs): pulumi.Input<string> {
  const facts = { project: pulumi.getProject(), stack: pulumi.getStack() };
  return name ?? defaultResourceGroupName(facts);
}

/** The group's name: in a preview known at once, so that checks can use it; in a deployment only once the group is there. */
export function resourceGroupName(
  name: string,
  args: ResourceGroupArgs,
  surroundings: {
    readonly tags: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
    /** The group is not made before this is known. */
    readonly permitted: pulumi.Output<unknown>;
    readonly parent: pulumi.Resource;
  },
): pulumi.Output<string> {
  const { tags, permitted, parent } = surroundings;
  const groupName = nameOf(args);
  if (args.existing === true) return pulumi.output(groupName);
  const group = new resources.ResourceGroup(
    `${name}-resource-group`,
    {
      resourceGroupName: after(permitted, groupName),
      tags: azureTags(name, tags),
      ...(args.location === undefined ? {} : { location: args.location }),
    },
    { parent },
  );
  return pulumi.runtime.isDryRun() ? pulumi.output(groupName) : group.name;
}
