// The resource group that the bot lives in: made by the stack, or one that exists.
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as pulumi from "@pulumi/pulumi";
import { defaultResourceGroupName } from "../rules/names.js";
import { after } from "./after.js";
import { azureTags } from "./left-over-tags.js";

export interface ResourceGroupArgs {
  /** 1 to 90 characters. @default `<project>-<stack>` */
  name?: string;
  /** Whether the group exists already; it is then neither changed nor deleted. @default false */
  existing?: boolean;
  /** Region, such as `westeurope`. @default the provider's setting azure-native:location */
  location?: pulumi.Input<string>;
}

/** The name that the group has or will have. */
export function plannedGroupName(args: ResourceGroupArgs): string {
  const facts = { project: pulumi.getProject(), stack: pulumi.getStack() };
  return args.name ?? defaultResourceGroupName(facts);
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
  const groupName = plannedGroupName(args);
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
