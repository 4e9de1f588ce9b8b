// The resource group that the bot lives in: made by the stack, or one that exists.
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Cloud } from "../rules/clouds.js";
import { defaultResourceGroupName } from "../rules/names.js";
import { checkedExistingGroup } from "../rules/presence.js";
import { after } from "./after.js";
import { armReading } from "./arm-reading.js";
import { azureTags, isOwn } from "./left-over-tags.js";
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

/**
 * The name that the group has or will have, once a group that should exist is known not to be missing, nor this stack's own,
 * which the update would delete with everything in it.
 * @param bot its name within the stack
 */
export function plannedGroupName(
  bot: string,
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
    const said: unknown = await answer?.json().catch(() => undefined);
    const check = checkedExistingGroup("resourceGroup", name);
    return refusing(parent, check)({ isThere: !saysMissing(said), isOurs: saysOurs(bot, said) });
  });
}

const Refusal = z.object({ error: z.object({ code: z.string() }) });

function saysMissing(answer: unknown): boolean {
  const refusal = Refusal.safeParse(answer);
  return refusal.success && refusal.data.error.code === "ResourceGroupNotFound";
}

const Group = z.object({ tags: z.record(z.string(), z.string()) });

function saysOurs(bot: string, answer: unknown): boolean {
  const group = Group.safeParse(answer);
  return group.success && isOwn(bot, group.data.tags);
}

function nameOf({ name }: ResourceGroupArgs): pulumi.Input<string> {
  const facts = { project: pulumi.getProject(), stack: pulumi.getStack() };
  return name ?? defaultResourceGroupName(facts);
}

/** The group that the bot lives in. */
export interface OwnResourceGroup {
  /** In a preview known at once, so that checks can use it; in a deployment only once the group is there. */
  readonly name: pulumi.Output<string>;
  /** Undefined for a group that exists. */
  readonly made: pulumi.Resource | undefined;
}

/** Makes the group, unless it exists. */
export function ownResourceGroup(
  name: string,
  args: ResourceGroupArgs,
  surroundings: {
    readonly tags: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
    /** The group is not made before this is known. */
    readonly permitted: pulumi.Output<unknown>;
    readonly parent: pulumi.Resource;
    /** Further options of a group that is made. */
    readonly options: pulumi.CustomResourceOptions;
  },
): OwnResourceGroup {
  const { tags, permitted, parent, options } = surroundings;
  const planned = nameOf(args);
  if (args.existing === true) return { name: pulumi.output(planned), made: undefined };
  const group = new ResourceGroup(
    `${name}-resource-group`,
    {
      resourceGroupName: after(permitted, planned),
      tags: azureTags(name, tags),
      ...(args.location === undefined ? {} : { location: args.location }),
    },
    { ...options, parent },
  );
  const known = pulumi.runtime.isDryRun() ? pulumi.output(planned) : group.name;
  return { name: known, made: group };
}
