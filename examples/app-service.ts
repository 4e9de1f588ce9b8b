// A bot on Azure App Service, put together by hand: for programs that make several bots, or share what a bot stands on.
// In a program of your own import from "teams-calling-bot". `host: { kind: HostKind.AppService }` of a CallingBot does the same.
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import {
  AppServiceAddress,
  AppServiceHost,
  BotIdentity,
  BotRegistration,
  CallState,
  CredentialKind,
  HostFoundation,
} from "../components/index.js";

export default async function appService() {
  const { tenantId } = await authorization.getClientConfig();
  const group = new resources.ResourceGroup("bots", { resourceGroupName: "bots" });
  const place = { resourceGroupName: group.name };

  // What needs no app id comes first.
  const foundation = new HostFoundation("bot", {
    ...place,
    tenantId,
    resourceName: "contoso-bot",
    vaultName: "contoso-bot-vault",
    subnetDelegation: "Microsoft.Web/serverFarms",
  });
  const { identity } = foundation;
  const address = new AppServiceAddress("bot", {
    ...place,
    siteName: "contoso-calling-bot",
    runtime: "DOTNETCORE|8.0",
    callState: CallState.Shared,
    identity,
    workspaceId: foundation.workspaceId,
    subnetId: foundation.subnetId,
  });

  // The application trusts the host's identity: there is no secret.
  const application = new BotIdentity("bot", {
    displayName: "Contoso calling bot",
    permissions: ["Calls.JoinGroupCall.All"],
    credential: {
      kind: CredentialKind.Federated,
      managedIdentityPrincipalId: identity.principalId,
    },
  });
  const host = new AppServiceHost("bot", {
    ...place,
    appId: application.appId,
    tenantId: application.tenantId,
    identity,
    siteName: address.siteName,
    siteId: address.siteId,
    hostName: address.hostName,
    planId: address.planId,
    domainVerificationId: address.domainVerificationId,
    workspaceId: foundation.workspaceId,
    applicationInsightsConnectionString: foundation.applicationInsightsConnectionString,
    vaultUri: foundation.vaultUri,
    secretSettings: { Redis__ConnectionString: "redis" },
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
