// Programs that are refused only once something is known, for test/components/refusals.test.ts.
import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import * as pulumi from "@pulumi/pulumi";
import {
  CallingBot,
  type CallingBotArgs,
  Capability,
  ConsentMode,
  HostFoundation,
  stackOutputs,
  TeamsCallingChannel,
} from "../../components/index.js";
import { TENANT_ID } from "../../local-cloud/well-known.js";

export const ARGS: CallingBotArgs = {
  host: {
    messagingEndpoint: "https://contoso.com/api/messages",
    callingWebhook: "https://contoso.com/teamsapp/api/calling",
  },
  capabilities: [Capability.CallUsers],
};

/** A webhook that is not known in a preview, and then not https. */
export async function lateWebhook() {
  const identity = new managedidentity.UserAssignedIdentity("late", {
    resourceGroupName: "late-values",
    resourceName: "late",
  });
  const callingWebhook = pulumi.interpolate`http://${identity.clientId}.contoso.com/calls`;
  new TeamsCallingChannel("bot", {
    resourceGroupName: "late-values",
    botName: "some-bot",
    callingWebhook,
  });
}

export async function takenName() {
  return stackOutputs(new CallingBot("bot", { ...ARGS, bot: { name: "taken-name" } }));
}

export async function grantingBot() {
  return stackOutputs(new CallingBot("bot", { ...ARGS, consent: { mode: ConsentMode.Grant } }));
}

export async function missingGroup() {
  const resourceGroup = { name: "not-there", existing: true };
  return stackOutputs(new CallingBot("bot", { ...ARGS, resourceGroup }));
}

/** Nobody in any directory. */
const NOBODY = "6f0e1a54-6c1f-4f5c-9d3e-0a4f5b1c2d3f";

export async function strangeOwner() {
  return stackOutputs(new CallingBot("bot", { ...ARGS, owners: [NOBODY] }));
}

export async function ownGroupCalledExisting() {
  const resourceGroup = { name: "teams-calling-bot-test", existing: true };
  return stackOutputs(new CallingBot("bot", { ...ARGS, resourceGroup }));
}

/** A host whose vault and Application Insights are given, of a subscription that the deployer does not have. */
export async function givenElsewhere() {
  const elsewhere =
    "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/shared/providers";
  new HostFoundation("bot", {
    resourceGroupName: "elsewhere",
    resourceName: "elsewhere",
    vaultName: "elsewhere",
    tenantId: TENANT_ID,
    vaultId: `${elsewhere}/Microsoft.KeyVault/vaults/shared`,
    applicationInsightsId: `${elsewhere}/Microsoft.Insights/components/shared`,
  });
}
