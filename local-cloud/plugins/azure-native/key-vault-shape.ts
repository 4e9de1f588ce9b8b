// Vaults and their secrets (Microsoft.KeyVault, API version 2024-11-01).
import {
  anything,
  flag,
  integer,
  listOf,
  type PropertyShape,
  type PropertyShapes,
  text,
  textMap,
  texts,
} from "./property-shape.js";
import { type ResourceRow, TRACKED_OUTPUTS } from "./resource-row.js";

const GROUP = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/{vaultName}`;
const API_VERSION = "2024-11-01";

const ACCESS_POLICIES = listOf(
  {
    applicationId: text,
    objectId: text,
    permissions: {
      type: "object",
      properties: { certificates: texts, keys: texts, secrets: texts, storage: texts },
    },
    tenantId: text,
  },
  ["objectId", "permissions", "tenantId"],
);

const NETWORK_RULES: PropertyShape = {
  type: "object",
  properties: {
    bypass: text,
    defaultAction: text,
    ipRules: listOf({ value: text }, ["value"]),
    virtualNetworkRules: listOf({ id: text, ignoreMissingVnetServiceEndpoint: flag }, ["id"]),
  },
};

const VAULT_SETTINGS: PropertyShapes = {
  accessPolicies: ACCESS_POLICIES,
  enablePurgeProtection: flag,
  enableRbacAuthorization: { type: "boolean", default: false },
  enableSoftDelete: { type: "boolean", default: true },
  enabledForDeployment: flag,
  enabledForDiskEncryption: flag,
  enabledForTemplateDeployment: flag,
  networkAcls: NETWORK_RULES,
  publicNetworkAccess: { type: "string", default: "enabled" },
  sku: {
    type: "object",
    required: ["family", "name"],
    properties: { family: { type: "string", default: "A" }, name: text },
  },
  softDeleteRetentionInDays: { type: "integer", default: 90 },
  tenantId: text,
};

/** Nothing but its path replaces a vault: its properties are nested, so the service is the one to refuse. */
export const VAULT_ROW: ResourceRow = {
  token: "azure-native:keyvault:Vault",
  path: VAULT,
  apiVersion: API_VERSION,
  autoName: "random",
  body: {
    location: text,
    properties: {
      type: "object",
      required: ["sku", "tenantId"],
      properties: { ...VAULT_SETTINGS, createMode: text },
    },
    tags: textMap,
  },
  required: ["location", "properties"],
  outputs: {
    ...TRACKED_OUTPUTS,
    properties: {
      type: "object",
      properties: {
        ...VAULT_SETTINGS,
        hsmPoolResourceId: text,
        privateEndpointConnections: anything,
        provisioningState: text,
        vaultUri: text,
      },
    },
  },
  replaces: [],
  longRunningPut: true,
  subResources: ["accessPolicies"],
};

const SECRET_ATTRIBUTES: PropertyShapes = {
  enabled: flag,
  expires: { ...integer, restName: "exp" },
  notBefore: { ...integer, restName: "nbf" },
};

/** Its value is never read back: Resource Manager takes it and does not show it. */
export const SECRET_ROW: ResourceRow = {
  token: "azure-native:keyvault:Secret",
  path: `${VAULT}/secrets/{secretName}`,
  apiVersion: API_VERSION,
  autoName: "copy",
  body: {
    properties: {
      type: "object",
      properties: {
        attributes: {
          type: "object",
          properties: SECRET_ATTRIBUTES,
        },
        contentType: text,
        value: text,
      },
    },
    tags: textMap,
  },
  required: ["properties"],
  outputs: {
    ...TRACKED_OUTPUTS,
    location: text,
    properties: {
      type: "object",
      properties: {
        attributes: {
          type: "object",
          properties: { ...SECRET_ATTRIBUTES, created: integer, updated: integer },
        },
        contentType: text,
        secretUri: text,
        secretUriWithVersion: text,
        value: text,
      },
    },
  },
  replaces: [],
};
