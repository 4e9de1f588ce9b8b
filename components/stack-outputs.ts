// The outputs of a stack that registers a bot: one documented shape with a version, which commands read back.
import * as pulumi from "@pulumi/pulumi";
import { OUTPUTS_VERSION, type StackOutputs } from "../rules/outputs.js";
import type { CallingBot } from "./calling-bot.js";
import { defined } from "./defined.js";

/** Everything about a registration that a program should put out, each known as soon as it can be. None of it is secret. */
export function stackOutputs(
  bot: CallingBot,
): Partial<Record<keyof StackOutputs, pulumi.Output<unknown>>> {
  return defined({
    schemaVersion: pulumi.output(OUTPUTS_VERSION),
    logicalName: bot.logicalName,
    cloud: bot.cloud,
    tenantId: bot.tenantId,
    subscriptionId: bot.subscriptionId,
    resourceGroupName: bot.resourceGroupName,
    appId: bot.appId,
    applicationObjectId: bot.applicationObjectId,
    tenancy: bot.tenancy,
    servicePrincipalObjectId: bot.servicePrincipalObjectId,
    botName: bot.botName,
    botResourceId: bot.botResourceId,
    channelResourceId: bot.channelResourceId,
    host: bot.host,
    otherHost: bot.otherHost,
    messagingEndpoint: bot.messagingEndpoint,
    callingWebhook: bot.callingWebhook,
    replyUrls: bot.replyUrls,
    ignoredReplyUrls: bot.ignoredReplyUrls,
    permissions: bot.permissions,
    grantedPermissions: bot.grantedPermissions,
    consent: bot.consent,
    credential: bot.credential,
    credentialGeneration: bot.credentialGeneration,
    federated: bot.federated,
    certificate: bot.certificate,
    previousCredential: bot.previousCredential,
    app: bot.app,
    adopted: bot.adopted,
    todo: bot.todo,
  });
}
