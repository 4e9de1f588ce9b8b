// The outputs of a stack with one bot, with what a test changes.
import type { StackOutputs } from "../../rules/outputs.js";
import { parseOutputs } from "../../rules/outputs.js";

export const TENANT = "10ca1000-0000-4000-8000-000000000001";
export const APP_ID = "aaaaaaaa-0000-4000-8000-000000000001";

export function outputsOf(changes: Partial<StackOutputs> = {}): StackOutputs {
  const { outputs, issues } = parseOutputs({
    schemaVersion: 1,
    cloud: "public",
    tenantId: TENANT,
    subscriptionId: "10ca1000-0000-4000-8000-00000000000a",
    resourceGroupName: "rg-bots",
    appId: APP_ID,
    applicationObjectId: "bbbbbbbb-0000-4000-8000-000000000001",
    servicePrincipalObjectId: "cccccccc-0000-4000-8000-000000000001",
    botName: "reception",
    botResourceId:
      "/subscriptions/s/resourceGroups/rg/providers/Microsoft.BotService/botServices/b",
    channelResourceId:
      "/subscriptions/s/resourceGroups/rg/providers/Microsoft.BotService/botServices/b/channels/MsTeamsChannel",
    messagingEndpoint: "https://bot.contoso.com/api/messages",
    callingWebhook: "https://bot.contoso.com/api/calling",
    replyUrls: ["https://bot.contoso.com/consented"],
    permissions: [
      {
        value: "Calls.JoinGroupCall.All",
        id: "f6b49018-60ab-4f81-83bd-22caeabfed2d",
        because: [],
      },
    ],
    grantedPermissions: [],
    consent: { mode: "url" },
    credential: "none",
    todo: [],
    ...changes,
  });
  if (outputs === undefined) throw new Error(JSON.stringify(issues));
  return outputs;
}
