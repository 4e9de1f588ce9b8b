// The same resources as of so many bots, as a person would write them down without this package: whole SDKs are imported.
import * as azure from "@pulumi/azure-native";
import * as azuread from "@pulumi/azuread";
import { SITE } from "./site.js";

export async function program(count: number): Promise<void> {
  const { tenantId } = await azuread.getClientConfig();
  for (let index = 0; index < count; index++) {
    const group = new azure.resources.ResourceGroup(`bot-${index}`, {
      resourceGroupName: `bench-plain-${index}`,
    });
    const application = new azuread.Application(`bot-${index}`, { displayName: `bot-${index}` });
    new azuread.ServicePrincipal(`bot-${index}`, { clientId: application.clientId });
    const bot = new azure.botservice.Bot(`bot-${index}`, {
      resourceGroupName: group.name,
      resourceName: `bench-plain-${index}`,
      location: "global",
      kind: "azurebot",
      sku: { name: "F0" },
      properties: {
        displayName: `bot-${index}`,
        endpoint: `${SITE}/api/messages`,
        msaAppId: application.clientId,
        msaAppTenantId: tenantId,
        msaAppType: "SingleTenant",
      },
    });
    new azure.botservice.Channel(`bot-${index}`, {
      resourceGroupName: group.name,
      resourceName: bot.name,
      channelName: "MsTeamsChannel",
      location: "global",
      properties: {
        channelName: "MsTeamsChannel",
        properties: {
          isEnabled: true,
          enableCalling: true,
          callingWebhook: `${SITE}/api/calling`,
          incomingCallRoute: "graphPma",
          deploymentEnvironment: "CommercialDeployment",
          acceptedTerms: true,
        },
      },
    });
  }
}
