// The Azure Bot and its Teams channel, for an identity that exists.
import { Bot } from "@pulumi/azure-native/botservice/bot.js";
import * as pulumi from "@pulumi/pulumi";
import { BotSku, BotType } from "../rules/bot-choices.js";
import type { Cloud } from "../rules/clouds.js";
import { checkBotName, checkIconUrl } from "../rules/names.js";
import { checkedMessagingEndpoint, checkMessagingEndpoint } from "../rules/urls.js";
import { adoptedResource, keptOfBot } from "./adopted-resource.js";
import { availableBotName } from "./available-bot-name.js";
import { defined } from "./defined.js";
import { azureTags } from "./left-over-tags.js";
import { ifPlain, refuse, refusing } from "./refusal.js";
import { replacedWith } from "./replaced-with.js";
import { TeamsCallingChannel } from "./teams-calling-channel.js";

export interface BotRegistrationArgs {
  resourceGroupName: pulumi.Input<string>;
  /** Resource name of the Azure Bot: 4 to 42 characters, unique over all of Azure; changing it replaces the bot. */
  botName: pulumi.Input<string>;
  /** What people see. @default the bot's name */
  displayName?: pulumi.Input<string>;
  /**
   * App id of the Entra application, or client id of the managed identity. The service never lets it change: another one
   * replaces the bot, and so does a replacement of the resource whose output this is.
   */
  appId: pulumi.Input<string>;
  /** Another one replaces the bot. */
  tenantId: pulumi.Input<string>;
  /** Another one replaces the bot. @default BotType.SingleTenant */
  type?: BotType;
  /** ARM id of the managed identity, for `UserAssignedMSI`. Another one replaces the bot. */
  managedIdentityResourceId?: pulumi.Input<string>;
  /** Where the bot takes messages: https on a public host. */
  messagingEndpoint: pulumi.Input<string>;
  /** Where Teams announces incoming calls: https on a public host, with or without a path. */
  callingWebhook: pulumi.Input<string>;
  /** Whether the bot can be called; see TeamsCallingChannel. @default true */
  calling?: boolean;
  /** @default BotSku.Free */
  sku?: BotSku;
  /** @default none */
  description?: pulumi.Input<string>;
  /** https URL of a PNG. @default the service's own icon */
  iconUrl?: pulumi.Input<string>;
  /** @default only those by which a left-over is found */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** @default Cloud.Public */
  cloud?: Cloud;
  /** Resource id of a bot that exists and is taken over, with everything that is not said here. @default one is made */
  adoptBot?: string;
  /** Resource id of its Teams channel. @default one is made */
  adoptChannel?: string;
}

/**
 * Azure Bot with a Teams channel that takes calls.
 *
 * @example
 * new BotRegistration("bot", {
 *   resourceGroupName: "bots",
 *   botName: "contoso-reception",
 *   appId: identity.appId,
 *   tenantId: identity.tenantId,
 *   messagingEndpoint: "https://contoso.com/api/messages",
 *   callingWebhook: "https://contoso.com/teamsapp/api/calling",
 * });
 */
export class BotRegistration extends pulumi.ComponentResource {
  readonly botName: pulumi.Output<string>;
  /** ARM id of the bot. */
  readonly botResourceId: pulumi.Output<string>;
  /** ARM id of its Teams channel. */
  readonly channelResourceId: pulumi.Output<string>;
  readonly messagingEndpoint: pulumi.Output<string>;
  /** As the service stores it. */
  readonly callingWebhook: pulumi.Output<string>;

  constructor(name: string, args: BotRegistrationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("teams-calling-bot:index:BotRegistration", name, {}, opts);
    refuse(this, [
      ...ifPlain(args.botName, (botName) => newBotName(args, botName)),
      ...ifPlain(args.messagingEndpoint, (url) => checkMessagingEndpoint("messagingEndpoint", url)),
      ...ifPlain(args.iconUrl, (url) => checkIconUrl("iconUrl", url)),
    ]);
    const resourceGroupName = pulumi.output(args.resourceGroupName);
    const { type = BotType.SingleTenant, managedIdentityResourceId: managedIdentity = null } = args;
    this.messagingEndpoint = pulumi
      .output(args.messagingEndpoint)
      .apply(refusing(this, checkedMessagingEndpoint("messagingEndpoint")));

    const bot = new Bot(
      name,
      {
        resourceGroupName,
        resourceName: availableBotName(name, this, {
          botName: args.botName,
          resourceGroupName,
          cloud: args.cloud,
        }),
        // Left out, the provider sends the resource group's region; bots are global.
        location: "global",
        kind: "azurebot",
        sku: { name: args.sku ?? BotSku.Free },
        properties: botProperties(args, this.messagingEndpoint),
        tags: azureTags(name, args.tags),
      },
      {
        parent: this,
        // The service refuses to change these, but they are nested, so the provider would try.
        ...replacedWith([args.appId, args.tenantId, type, managedIdentity]),
        // Of those, what is unknown in a preview only when it really is another one.
        replaceOnChanges: ["properties.msaAppType", "properties.msaAppMSIResourceId"],
        ...adoptedResource(args.adoptBot, keptOfBot(args)),
      },
    );
    const channel = new TeamsCallingChannel(
      name,
      {
        resourceGroupName,
        botName: bot.name,
        callingWebhook: args.callingWebhook,
        ...defined({
          calling: args.calling,
          cloud: args.cloud,
          adoptChannel: args.adoptChannel,
        }),
        existingBot: args.adoptBot !== undefined,
      },
      { parent: this },
    );

    this.botName = bot.name;
    this.botResourceId = bot.id;
    this.channelResourceId = channel.channelResourceId;
    this.callingWebhook = channel.callingWebhook;
    this.registerOutputs({
      botName: this.botName,
      botResourceId: this.botResourceId,
      channelResourceId: this.channelResourceId,
      callingWebhook: this.callingWebhook,
    });
  }
}

/** A bot that exists may have a name of the days before the rule. */
function newBotName({ adoptBot }: BotRegistrationArgs, botName: string) {
  return adoptBot === undefined ? checkBotName("botName", botName) : [];
}

function botProperties(args: BotRegistrationArgs, endpoint: pulumi.Output<string>) {
  return {
    displayName: args.displayName ?? args.botName,
    endpoint,
    msaAppId: args.appId,
    msaAppTenantId: args.tenantId,
    msaAppType: args.type ?? BotType.SingleTenant,
    ...defined({
      msaAppMSIResourceId: args.managedIdentityResourceId,
      description: args.description,
      iconUrl: args.iconUrl,
    }),
  };
}
