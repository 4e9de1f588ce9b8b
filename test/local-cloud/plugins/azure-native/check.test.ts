import { expect, test } from "vitest";
import { checkInputs } from "../../../../local-cloud/plugins/azure-native/check.js";
import { rowOf } from "../../../../local-cloud/plugins/azure-native/resource-table.js";
import { type Properties, UNKNOWN } from "../../../../local-cloud/plugins/wire/property-values.js";

const bot = rowOf("azure-native:botservice:Bot");

const inputs = (over: Properties = {}): Properties => ({
  resourceGroupName: "rg",
  resourceName: "bot",
  location: "global",
  properties: { displayName: "Bot", endpoint: "https://a.example/", msaAppId: "app" },
  ...over,
});

const reasons = (over: Properties) => checkInputs(bot, inputs(over)).map(({ reason }) => reason);

test("accepts what is complete, also where it is unknown", () => {
  expect(reasons({})).toEqual([]);
  expect(reasons({ properties: UNKNOWN, resourceGroupName: UNKNOWN })).toEqual([]);
});

test("names what is missing by its path", () => {
  const { resourceGroupName: _, location: __, ...rest } = inputs({ properties: {}, sku: {} });
  expect(checkInputs(bot, rest).map(({ reason }) => reason)).toEqual([
    "missing required property 'resourceGroupName'",
    "missing required property 'location'. Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'.",
    "missing required property 'properties.displayName'",
    "missing required property 'properties.endpoint'",
    "missing required property 'properties.msaAppId'",
    "missing required property 'sku.name'",
  ]);
});

test("names what is of the wrong type", () => {
  expect(reasons({ kind: 1, location: ["global"] })).toEqual([
    "'kind' should be of type 'string' but got a number",
    "'location' should be of type 'string' but got an array",
  ]);
  const properties = { displayName: "Bot", endpoint: "e", msaAppId: "a", luisAppIds: ["x", 1] };
  expect(reasons({ properties })).toEqual([
    "'properties.luisAppIds[1]' should be of type 'string' but got a number",
  ]);
});

test("passes over names that the type has not", () => {
  expect(reasons({ unheardOf: true })).toEqual([]);
});
