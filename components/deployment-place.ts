// Where a deployment goes, as the providers themselves say it, and the bot's name that follows from it.
import * as pulumi from "@pulumi/pulumi";
import { armName } from "../rules/arm-ids.js";
import { type BotNameFacts, defaultBotName } from "../rules/names.js";
import { availableBotName } from "./available-bot-name.js";
import type { CallingBotArgs } from "./calling-bot-args.js";
import { azureClient } from "./client-config.js";
import { plannedGroupName } from "./resource-group.js";

export interface DeploymentPlace {
  readonly tenantId: pulumi.Output<string>;
  readonly subscriptionId: pulumi.Output<string>;
  /** What stable names are made from. */
  readonly facts: pulumi.Output<BotNameFacts>;
  /** Known once Azure has said that it is free. */
  readonly botName: pulumi.Output<string>;
}

function adoptedName({ adopt }: CallingBotArgs): string | undefined {
  return adopt?.bot === undefined ? undefined : armName(adopt.bot);
}

export function deploymentPlace(
  name: string,
  args: CallingBotArgs,
  parent: pulumi.Resource,
): DeploymentPlace {
  const { tenantId, subscriptionId } = azureClient(parent);
  const facts: pulumi.Output<BotNameFacts> = pulumi
    .all([tenantId, subscriptionId])
    .apply(([tenant, subscription]) => ({
      tenantId: tenant,
      subscriptionId: subscription,
      project: pulumi.getProject(),
      stack: pulumi.getStack(),
      bot: name,
    }));
  const botName = availableBotName(name, parent, {
    botName: args.bot?.name ?? adoptedName(args) ?? facts.apply(defaultBotName),
    // The planned name: the group itself may be made only after this.
    resourceGroupName: plannedGroupName(name, args.resourceGroup ?? {}, parent, args.cloud),
    cloud: args.cloud,
  });
  return { tenantId, subscriptionId, facts, botName };
}
