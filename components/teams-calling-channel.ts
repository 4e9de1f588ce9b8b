// The Teams channel of a bot, with calling and the webhook for incoming calls.
import { Channel, type ChannelArgs } from "@pulumi/azure-native/botservice/channel.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../rules/clouds.js";
import { checkBotName } from "../rules/names.js";
import { checkCallingWebhook, checkedWebhook } from "../rules/urls.js";
import { adoptedResource, KEPT_OF_CHANNEL } from "./adopted-resource.js";
import { endpointsOf } from "./cloud.js";
import { defined } from "./defined.js";
import { ifPlain, refuse, refusing } from "./refusal.js";

export interface TeamsCallingChannelArgs {
  /** Resource group of the bot. */
  resourceGroupName: pulumi.Input<string>;
  /** Resource name of an Azure Bot that exists or is made by this stack. */
  botName: pulumi.Input<string>;
  /**
   * Where Teams announces incoming calls: https on a public host, with or without a path. Changing it updates in place.
   */
  callingWebhook: pulumi.Input<string>;
  /**
   * Whether the bot can be called. Switched off, the channel is replaced, because the service keeps a webhook that is
   * emptied (Azure/azure-rest-api-specs issue 9809); switched on again, it is updated in place.
   * @default true: a webhook with calling left off is the classic reason why a bot never rings
   */
  calling?: boolean;
  /** @default Cloud.Public */
  cloud?: Cloud;
  /** Resource id of a Teams channel that exists and is taken over. @default one is made */
  adoptChannel?: string;
  /** Whether the bot was there before, maybe with a name of the days before today's rule. @default false */
  existingBot?: boolean;
}

/**
 * Adds calling to a bot. A bot has one Teams channel, so of a bot that has one already it is adopted with
 * `adoptChannel` rather than given another.
 *
 * @example
 * new TeamsCallingChannel("bot", {
 *   resourceGroupName: "bots",
 *   botName: "contoso-reception",
 *   callingWebhook: "https://contoso.com/teamsapp/api/calling",
 * });
 */
export class TeamsCallingChannel extends pulumi.ComponentResource {
  /** ARM id of the channel. */
  readonly channelResourceId: pulumi.Output<string>;
  /** As the service stores it: a URL of a host alone ends in a slash. */
  readonly callingWebhook: pulumi.Output<string>;

  constructor(name: string, args: TeamsCallingChannelArgs, opts?: pulumi.ComponentResourceOptions) {
    super("teams-calling-bot:index:TeamsCallingChannel", name, {}, opts);
    refuse(this, [
      ...ifPlain(args.existingBot ? undefined : args.botName, (botName) =>
        checkBotName("botName", botName),
      ),
      ...ifPlain(args.callingWebhook, (url) => checkCallingWebhook("callingWebhook", url)),
    ]);
    const { calling = true } = args;
    this.callingWebhook = pulumi
      .output(args.callingWebhook)
      .apply(refusing(this, checkedWebhook("callingWebhook")));

    const channel = new Channel(
      `${name}-teams`,
      {
        resourceGroupName: args.resourceGroupName,
        resourceName: args.botName,
        channelName: MS_TEAMS_CHANNEL,
        // Left out, the provider sends the resource group's region, which the service refuses.
        location: "global",
        properties: teamsChannel(calling ? this.callingWebhook : undefined, args.cloud),
      },
      {
        parent: this,
        deleteBeforeReplace: true,
        replaceOnChanges: calling ? [] : ["properties.properties.callingWebhook"],
        ...adoptedResource(args.adoptChannel, KEPT_OF_CHANNEL),
      },
    );

    this.channelResourceId = channel.id;
    this.registerOutputs({
      channelResourceId: this.channelResourceId,
      callingWebhook: this.callingWebhook,
    });
  }
}

/** The name of the Teams channel is fixed; the provider's own choice would be the logical name. */
const MS_TEAMS_CHANNEL = "MsTeamsChannel";

/** Every property, always: what a PUT leaves out falls back to the service's default, which is calling switched off. */
function teamsChannel(
  callingWebhook: pulumi.Output<string> | undefined,
  cloud: Cloud | undefined,
): NonNullable<ChannelArgs["properties"]> {
  const { deploymentEnvironment } = endpointsOf(cloud);
  return {
    channelName: MS_TEAMS_CHANNEL,
    properties: {
      isEnabled: true,
      enableCalling: callingWebhook !== undefined,
      ...defined({ callingWebhook }),
      // What templates exported from the portal carry; other values are unverified.
      incomingCallRoute: "graphPma",
      deploymentEnvironment: deploymentEnvironment ?? "CommercialDeployment",
      acceptedTerms: true,
    },
  };
}
