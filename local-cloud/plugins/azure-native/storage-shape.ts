// Storage accounts, and the two types of azure-native that Resource Manager does not have: the provider makes them itself over
// the blob protocol (custom_storage_azidentity.go of pulumi-azure-native).
import { anything, flag, inProperties, text, textMap } from "./property-shape.js";
import { type ResourceRow, TRACKED_OUTPUTS } from "./resource-row.js";

const GROUP = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
const ACCOUNT = `${GROUP}/providers/Microsoft.Storage/storageAccounts/{accountName}`;
const API_VERSION = "2024-01-01";

export const STORAGE_ACCOUNT_ROW: ResourceRow = {
  token: "azure-native:storage:StorageAccount",
  path: ACCOUNT,
  apiVersion: API_VERSION,
  autoName: "random",
  body: {
    kind: text,
    location: text,
    sku: { type: "object", required: ["name"], properties: { name: text } },
    tags: textMap,
    accessTier: inProperties(text),
    allowBlobPublicAccess: inProperties(flag),
    allowCrossTenantReplication: inProperties(flag),
    allowSharedKeyAccess: inProperties(flag),
    defaultToOAuthAuthentication: inProperties(flag),
    enableHttpsTrafficOnly: { ...inProperties(flag), restName: "supportsHttpsTrafficOnly" },
    minimumTlsVersion: inProperties(text),
    publicNetworkAccess: inProperties(text),
  },
  required: ["kind", "location", "sku"],
  outputs: {
    ...TRACKED_OUTPUTS,
    sku: { type: "object", properties: { name: text, tier: text } },
    creationTime: inProperties(text),
    primaryEndpoints: inProperties(anything),
    primaryLocation: inProperties(text),
    provisioningState: inProperties(text),
    statusOfPrimary: inProperties(text),
  },
  replaces: ["location"],
  longRunningPut: true,
};

export const STATIC_WEBSITE_ROW: ResourceRow = {
  token: "azure-native:storage:StorageAccountStaticWebsite",
  path: `${ACCOUNT}/staticWebsite`,
  apiVersion: API_VERSION,
  autoName: "copy",
  body: { indexDocument: text, error404Document: text },
  outputs: { containerName: text },
  replaces: [],
};

export const BLOB_ROW: ResourceRow = {
  token: "azure-native:storage:Blob",
  path: `${ACCOUNT}/containers/{containerName}/blobs/{blobName}`,
  apiVersion: API_VERSION,
  autoName: "copy",
  body: {
    accessTier: text,
    contentMd5: text,
    contentType: text,
    metadata: textMap,
    source: anything,
    type: text,
  },
  required: ["type"],
  outputs: { name: text, url: text },
  replaces: ["contentMd5", "source", "type"],
};
