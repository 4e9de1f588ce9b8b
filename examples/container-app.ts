// A bot on Azure Container Apps, put together by hand. In a program of your own import from "teams-calling-bot".
// `host: { kind: HostKind.ContainerApp }` of a CallingBot does the same.
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import {
  BotIdentity,
  BotRegistration,
  ContainerAppAddress,
  ContainerAppHost,
  CredentialKind,
  HostFoundation,
} from "../components/index.js";

export default async function containerApp() {
  const { tenantId } = await authorization.getClientConfig();
  const group = new resources.ResourceGroup("bots", { resourceGroupName: "bots" });
  const place = { resourceGroupName: group.name };

  const foundation = new HostFoundation("bot", {
    ...place,
    tenantId,
    resourceName: "contoso-bot",
    vaultName: "contoso-bot-vault",
    subnetDelegation: "Microsoft.App/environments",
  });
  const { identity } = foundation;
  const address = new ContainerAppAddress("bot", {
    ...place,
    containerAppName: "contoso-bot",
    environmentName: "contoso-bots",
    identity,
    workspaceId: foundation.workspaceId,
    subnetId: foundation.subnetId,
  });

  const application = new BotIdentity("bot", {
    displayName: "Contoso calling bot",
    permissions: ["Calls.JoinGroupCall.All"],
    credential: {
      kind: CredentialKind.Federated,
      managedIdentityPrincipalId: identity.principalId,
    },
  });
  const host = new ContainerAppHost("bot", {
    ...place,
    appId: application.appId,
    tenantId: application.tenantId,
    identity,
    containerAppName: address.containerAppName,
    environmentId: address.environmentId,
    hostName: address.hostName,
    ipAddress: address.ipAddress,
    verificationId: address.verificationId,
    image: "ghcr.io/contoso/calling-bot:1.4.2",
    workspaceId: foundation.workspaceId,
    applicationInsightsConnectionString: foundation.applicationInsightsConnectionString,
    vaultUri: foundation.vaultUri,
  });
  const registration = new BotRegistration("bot", {
    ...place,
    botName: "contoso-calling-bot",
    appId: application.appId,
    tenantId: application.tenantId,
    messagingEndpoint: host.messagingEndpoint,
    callingWebhook: host.callingWebhook,
  });
  return { appId: application.appId, callingWebhook: registration.callingWebhook };
}
