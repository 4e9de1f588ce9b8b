// Container registries (Microsoft.ContainerRegistry, API version 2023-01-01-preview).
import { allInProperties, anything, each, flag, text, textMap, texts } from "./property-shape.js";
import { type ResourceRow, TRACKED_OUTPUTS } from "./resource-row.js";

export const REGISTRY_ROW: ResourceRow = {
  token: "azure-native:containerregistry:Registry",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ContainerRegistry/registries/{registryName}",
  apiVersion: "2023-01-01-preview",
  autoName: "random",
  body: {
    // Here the identities are the names of an object in the SDK as well.
    identity: anything,
    location: text,
    sku: { type: "object", required: ["name"], properties: { name: text } },
    tags: textMap,
    ...allInProperties({
      ...each({ type: "boolean", default: false }, "adminUserEnabled", "anonymousPullEnabled"),
      dataEndpointEnabled: flag,
      ...each(anything, "encryption", "networkRuleSet", "policies"),
      networkRuleBypassOptions: { type: "string", default: "AzureServices" },
      publicNetworkAccess: { type: "string", default: "Enabled" },
      zoneRedundancy: { type: "string", default: "Disabled" },
    }),
  },
  required: ["location", "sku"],
  outputs: {
    ...TRACKED_OUTPUTS,
    sku: { type: "object", properties: { name: text, tier: text } },
    ...allInProperties({
      ...each(text, "creationDate", "loginServer", "provisioningState"),
      dataEndpointHostNames: texts,
      ...each(anything, "privateEndpointConnections", "status"),
    }),
  },
  replaces: ["location"],
  longRunningPut: true,
};
