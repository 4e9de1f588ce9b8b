// Where a deployment goes, as the providers themselves say it, and the bot's name that follows from it.
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as pulumi from "@pulumi/pulumi";
import { defaultBotName } from "../rules/names.js";
import type { CallingBotArgs } from "./calling-bot-args.js";

export interface DeploymentPlace {
  readonly tenantId: pulumi.Output<string>;
  readonly subscriptionId: pulumi.Output<string>;
  readonly botName: pulumi.Output<string>;
}

export function deploymentPlace(
  name: string,
  args: CallingBotArgs,
  parent: pulumi.Resource,
): DeploymentPlace {
  const client = authorization.getClientConfigOutput({ parent });
  const { tenantId, subscriptionId } = client;
  const facts = { project: pulumi.getProject(), stack: pulumi.getStack(), bot: name };
  const stableName = pulumi
    .all([tenantId, subscriptionId])
    .apply(([tenant, subscription]) =>
      defaultBotName({ tenantId: tenant, subscriptionId: subscription, ...facts }),
    );
  const botName = args.bot?.name === undefined ? stableName : pulumi.output(args.bot.name);
  return { tenantId, subscriptionId, botName };
}
