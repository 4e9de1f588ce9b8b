import { expect, it } from "vitest";
import { explainFailure } from "../../scripts/explain-failure.js";

it.each([
  [
    "an Azure Policy",
    'Status=403 Code="RequestDisallowedByPolicy" Message="Resource \'bot\' was disallowed by policy. Policy identifiers: \'[{"policyAssignment":{"name":"tags required","id":"/subscriptions/1"}}]\'."',
    /^An Azure Policy of the organisation forbids .* \(assignment tags required\)\. Change the setting/,
  ],
  [
    "a damaged state of the engine",
    "failed to load checkpoint: place 1: unexpected end of JSON input",
    /^The stack's state is damaged\..*--reset/,
  ],
  [
    "a resource group that is not there",
    'Status=404 Code="ResourceGroupNotFound" Message="Resource group \'nope\' could not be found."',
    /^The resource group is not there\./,
  ],
  [
    "an owner that is not there",
    "ApplicationsClient.BaseClient.Post(): unexpected status 404 (404 Not Found) with error: Request_ResourceNotFound: Resource '1111' does not exist or one of its queried reference-property objects are not present.",
    /^The directory has no 1111, .*`owners`/,
  ],
  [
    "a cloud that was killed",
    "azure-native (resource) plugin did not begin responding to RPC connections",
    /^A provider stopped while the engine used it\./,
  ],
  [
    "a bot name that is taken in Azure",
    'Status=400 Code="InvalidBotData" Message="Bot is not valid. Errors: Id is already in use."',
    /^The bot's name is taken: it is unique over all of Azure/,
  ],
  [
    "an app id that another bot uses",
    'Code="InvalidBotData" Message="Bot is not valid. Errors: MsaAppId is already in use.."',
    /^Another Azure Bot uses this application/,
  ],
  [
    "a bot of the type MultiTenant",
    'Code="InvalidBotCreationData" Message="Multitenant bot creation is deprecated."',
    /^Azure creates no MultiTenant bots any more/,
  ],
  [
    "missing directory rights",
    "ApplicationsClient.BaseClient.Post(): unexpected status 403 with OData error: Authorization_RequestDenied: Insufficient privileges to complete the operation.",
    /^The identity that deploys lacks a right in Microsoft Graph\./,
  ],
  [
    "a missing role in the subscription",
    'Status=403 Code="AuthorizationFailed" Message="The client does not have authorization to perform action"',
    /^The identity that deploys lacks a role in the Azure subscription/,
  ],
  [
    "a resource that an earlier run left",
    "cannot create already existing resource '/subscriptions/1/resourceGroups/g'",
    /^\/subscriptions\/1\/resourceGroups\/g exists and is not in this stack's state/,
  ],
  [
    "an app id that cannot change",
    "MsaAppTenantId property cannot be changed",
    /^A bot keeps its app id, tenant and type for life/,
  ],
  [
    "a lock",
    "the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end",
    /free the lock with the operation `cancel` and run this again\.$/,
  ],
  ["a cloud that stopped", "connect ECONNREFUSED 127.0.0.1:9444", /^The local cloud stopped/],
  [
    "a wrong passphrase",
    "error: incorrect passphrase",
    /^The stack's file or its state has a salt/,
  ],
  [
    "a state whose secrets nobody can read",
    "could not deserialize deployment: failed to decrypt: incorrect passphrase, please set PULUMI_CONFIG_PASSPHRASE to the correct passphrase",
    /^The stack's file or its state has a salt/,
  ],
])("explains %s", (_what, text, advice) => {
  const found = explainFailure(text, "local cloud");
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(advice);
});

it("explains by where it happened", () => {
  expect(explainFailure("ECONNREFUSED", "azure")).toEqual([
    "A service could not be reached. Check the network and the proxy settings, then run this again.",
  ]);
});

it("says nothing about what it does not know", () => {
  expect(explainFailure("something else went wrong", "azure")).toEqual([]);
});
