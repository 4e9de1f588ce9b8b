import { expect, test } from "vitest";
import {
  inputsOf,
  outputsOf,
  previewOutputs,
  requestBody,
} from "../../../../local-cloud/plugins/azure-native/body.js";
import { diffInputs, refreshedInputs } from "../../../../local-cloud/plugins/azure-native/diff.js";
import {
  parametersOf,
  resourceId,
} from "../../../../local-cloud/plugins/azure-native/resource-id.js";
import { rowOf } from "../../../../local-cloud/plugins/azure-native/resource-table.js";
import { type Properties, UNKNOWN } from "../../../../local-cloud/plugins/wire/property-values.js";

const bot = rowOf("azure-native:botservice:Bot");
const identity = rowOf("azure-native:managedidentity:UserAssignedIdentity");
const channel = rowOf("azure-native:botservice:Channel");

const inputs = (over: Properties = {}): Properties => ({
  resourceGroupName: "rg",
  resourceName: "bot",
  location: "global",
  properties: { displayName: "Bot", endpoint: "https://a.example/", msaAppId: "app" },
  ...over,
});

function diff(before: Properties, after: Properties, outputs: Properties = {}) {
  const { detailed, deleteBeforeReplace } = diffInputs(bot, inputs(before), outputs, inputs(after));
  const paths = [...detailed].map(([path, { kind, replaces }]) =>
    replaces ? `${kind} ${path} replaces` : `${kind} ${path}`,
  );
  return { paths, deleteBeforeReplace };
}

test("takes locations without case and spaces, resource groups without case, for the same", () => {
  const same = { paths: [], deleteBeforeReplace: false };
  expect(diff({ location: "West US 2" }, { location: "westus2" })).toEqual(same);
  expect(diff({ resourceGroupName: "RG" }, { resourceGroupName: "rg" })).toEqual(same);
});

test("replaces for names, groups and locations, and deletes first unless the name was invented", () => {
  expect(diff({ resourceName: "a" }, { resourceName: "b" })).toEqual({
    paths: ["update resourceName replaces"],
    deleteBeforeReplace: true,
  });
  expect(diff({ location: "global" }, { location: "westeurope" }).paths).toEqual([
    "update location replaces",
  ]);
  expect(diff({ __createBeforeDelete: true, location: "a" }, { location: "b" })).toEqual({
    paths: ["update location replaces"],
    deleteBeforeReplace: false,
  });
});

test("updates in place what is nested, even an app id that the service will refuse to change", () => {
  const properties = { displayName: "Bot", endpoint: "https://a.example/", msaAppId: "other" };
  expect(diff({}, { properties })).toEqual({
    paths: ["update properties.msaAppId"],
    deleteBeforeReplace: false,
  });
});

test("takes an added default for no change", () => {
  const properties = { ...Object(inputs()["properties"]), iconUrl: "", isCmekEnabled: false };
  expect(diff({}, { properties }).paths).toEqual([]);
  expect(diff({}, { properties: { ...properties, iconUrl: "x" } }).paths).toEqual([
    "add properties.iconUrl",
  ]);
});

test("does not replace when a program writes down what the service had chosen", () => {
  const { location: _, ...before } = inputs();
  const { detailed } = diffInputs(bot, before, { location: "global" }, inputs());
  expect([...detailed.values()]).toEqual([{ kind: "add", replaces: false }]);
});

test("refreshes only what the service changed", () => {
  const before = { properties: { endpoint: "a", displayName: "Bot" }, tags: { a: "1" } };
  const after = { properties: { endpoint: "b", displayName: "Bot" }, kind: "azurebot" };
  expect(refreshedInputs({ ...before, resourceName: "bot" }, before, after)).toEqual({
    resourceName: "bot",
    properties: { endpoint: "b", displayName: "Bot" },
    kind: "azurebot",
  });
  expect(
    refreshedInputs({ sku: { name: "F0" } }, { sku: { name: "F0" } }, { sku: { name: "F0" } }),
  ).toEqual({ sku: { name: "F0" } });
});

test("sends only what the type has, and shows flattened what comes nested", () => {
  expect(requestBody(bot, inputs({ unheardOf: 1 }))).toEqual({
    location: "global",
    properties: { displayName: "Bot", endpoint: "https://a.example/", msaAppId: "app" },
  });
  const answer = {
    name: "i",
    location: "x",
    etag: null,
    properties: { clientId: "c", isolationScope: "None" },
  };
  expect(outputsOf(identity, answer)).toEqual({
    name: "i",
    location: "x",
    clientId: "c",
    azureApiVersion: "2023-01-31",
  });
});

test("imports of a channel what a program could have written", () => {
  const properties = {
    channelName: "MsTeamsChannel",
    provisioningState: "Succeeded",
    properties: { isEnabled: true, callingWebhook: null },
  };
  expect(inputsOf(channel, { properties, name: "bot/MsTeamsChannel", location: "global" })).toEqual(
    {
      location: "global",
      properties: { channelName: "MsTeamsChannel", properties: { isEnabled: true } },
    },
  );
});

test("previews what the program says, and everything else as unknown", () => {
  const preview = previewOutputs(bot, inputs());
  expect(preview).toMatchObject({ location: "global", name: UNKNOWN, etag: UNKNOWN });
  expect(preview["properties"]).toMatchObject({ displayName: "Bot", configuredChannels: UNKNOWN });
  expect(preview).not.toHaveProperty("resourceGroupName");
});

test("builds ids, and takes them apart in any case", () => {
  const id = resourceId(channel.path, inputs({ channelName: "MsTeamsChannel" }), "s");
  expect(id).toBe(
    "/subscriptions/s/resourceGroups/rg/providers/Microsoft.BotService/botServices/bot/channels/MsTeamsChannel",
  );
  expect(parametersOf(channel, id.replace("resourceGroups", "resourcegroups"))).toEqual({
    resourceGroupName: "rg",
    resourceName: "bot",
    channelName: "MsTeamsChannel",
  });
  expect(() => parametersOf(bot, id)).toThrow(`'${id}' is no id of azure-native:botservice:Bot`);
});
