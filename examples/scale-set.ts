// A bot that hears and speaks in calls, on Windows machines, put together by hand. In a program of your own import from
// "teams-calling-bot". `host: { kind: HostKind.ScaleSet }` of a CallingBot does the same.
// The certificate is there before: `pulumi config set certificateVaultId /subscriptions/.../vaults/contoso-certificates`.
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as pulumi from "@pulumi/pulumi";
import {
  BotIdentity,
  BotRegistration,
  CredentialKind,
  HostFoundation,
  ScaleSetAddress,
  ScaleSetHost,
} from "../components/index.js";

export default async function scaleSet() {
  const vaultId = new pulumi.Config().require("certificateVaultId");
  const { tenantId } = await authorization.getClientConfig();
  const group = new resources.ResourceGroup("bots", { resourceGroupName: "bots" });
  const place = { resourceGroupName: group.name };

  const foundation = new HostFoundation("bot", {
    ...place,
    tenantId,
    resourceName: "contoso-bot",
    vaultName: "contoso-bot-vault",
  });
  const { identity, workspaceId, subnetId } = foundation;
  const address = new ScaleSetAddress("bot", {
    ...place,
    resourceName: "contoso-bot",
    dnsLabel: "contoso-bot",
    domain: "bot.contoso.com",
    certificate: { vaultId, secretName: "bot-contoso-com" },
    identity,
    workspaceId,
    subnetId,
  });

  const application = new BotIdentity("bot", {
    displayName: "Contoso calling bot",
    permissions: ["Calls.AccessMedia.All", "Calls.JoinGroupCall.All"],
    credential: {
      kind: CredentialKind.Federated,
      managedIdentityPrincipalId: identity.principalId,
    },
  });
  const host = new ScaleSetHost("bot", {
    ...place,
    appId: application.appId,
    tenantId: application.tenantId,
    identity,
    resourceName: "contoso-bot",
    hostName: address.hostName,
    publicIpAddressId: address.publicIpAddressId,
    certificateUrl: address.certificateUrl,
    subnetId,
    concurrentCalls: 30,
    package: {
      url: "https://contoso.blob.core.windows.net/builds/bot-1.4.2.zip",
      sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      command: "EchoBot.exe",
    },
    workspaceId,
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
