// Every resource type that the azure-native stand-in knows. A new one is a row here; API versions are those of the SDK.

import { ROLE_ASSIGNMENT_ROW, ROLE_DEFINITION_ROW } from "./authorization-shape.js";
import { BOT_OUTPUTS, BOT_PROPERTIES } from "./bot-shape.js";
import { CHANNEL_SETTINGS } from "./channel-shape.js";
import { SCALE_SET_EXTENSION_ROW, SCALE_SET_MACHINE_ROW, SCALE_SET_ROW } from "./compute-shape.js";
import {
  CONTAINER_APP_ROW,
  MANAGED_CERTIFICATE_ROW,
  MANAGED_ENVIRONMENT_ROW,
} from "./container-apps-shape.js";
import { REGISTRY_ROW } from "./container-registry-shape.js";
import { RECORD_SET_ROW, ZONE_ROW } from "./dns-shape.js";
import { AUTOSCALE_SETTING_ROW, COMPONENT_ROW, DIAGNOSTIC_SETTING_ROW } from "./insights-shape.js";
import { SECRET_ROW, VAULT_ROW } from "./key-vault-shape.js";
import { LOAD_BALANCER_ROW } from "./load-balancer-shape.js";
import {
  NETWORK_SECURITY_GROUP_ROW,
  PUBLIC_IP_ADDRESS_ROW,
  PUBLIC_IP_PREFIX_ROW,
  SUBNET_ROW,
  VIRTUAL_NETWORK_ROW,
} from "./network-shape.js";
import { WORKSPACE_ROW } from "./operational-insights-shape.js";
import { anything, text, textMap, texts } from "./property-shape.js";
import { type ResourceRow, TRACKED_OUTPUTS } from "./resource-row.js";
import { BLOB_ROW, STATIC_WEBSITE_ROW, STORAGE_ACCOUNT_ROW } from "./storage-shape.js";
import {
  APP_SERVICE_PLAN_ROW,
  APP_SETTINGS_ROW,
  CERTIFICATE_ROW,
  HOST_NAME_BINDING_ROW,
  WEB_APP_ROW,
} from "./web-shape.js";

const GROUP = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
const BOT = `${GROUP}/providers/Microsoft.BotService/botServices/{resourceName}`;

const BOT_API_VERSION = "2023-09-15-preview";

export const RESOURCE_TABLE: readonly ResourceRow[] = [
  {
    token: "azure-native:resources:ResourceGroup",
    path: GROUP,
    apiVersion: "2024-03-01",
    autoName: "random",
    body: { location: text, managedBy: text, tags: textMap },
    required: ["location"],
    outputs: { name: text, type: text, properties: anything },
    replaces: ["location"],
  },
  {
    token: "azure-native:managedidentity:UserAssignedIdentity",
    path: `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}`,
    apiVersion: "2023-01-31",
    autoName: "random",
    body: { location: text, tags: textMap },
    required: ["location"],
    outputs: {
      ...TRACKED_OUTPUTS,
      clientId: { type: "string", container: "properties" },
      principalId: { type: "string", container: "properties" },
      tenantId: { type: "string", container: "properties" },
    },
    replaces: ["location"],
  },
  {
    token: "azure-native:botservice:Bot",
    path: BOT,
    apiVersion: BOT_API_VERSION,
    autoName: "random",
    body: {
      kind: text,
      location: text,
      properties: BOT_PROPERTIES,
      sku: { type: "object", required: ["name"], properties: { name: text } },
      tags: textMap,
    },
    required: ["location"],
    outputs: {
      ...TRACKED_OUTPUTS,
      ...BOT_OUTPUTS,
      etag: text,
      sku: { type: "object", properties: { name: text, tier: text } },
      zones: texts,
    },
    // The app id and tenant of a bot can never change, but they are nested: the service refuses, not the provider.
    replaces: ["location"],
  },
  {
    token: "azure-native:botservice:Channel",
    path: `${BOT}/channels/{channelName}`,
    apiVersion: BOT_API_VERSION,
    autoName: "copy",
    body: {
      kind: text,
      location: text,
      properties: CHANNEL_SETTINGS,
      sku: { type: "object", required: ["name"], properties: { name: text } },
      tags: textMap,
    },
    required: ["location"],
    outputs: {
      ...TRACKED_OUTPUTS,
      etag: text,
      properties: anything,
      sku: { type: "object", properties: { name: text, tier: text } },
      zones: texts,
    },
    replaces: ["location"],
  },
  STORAGE_ACCOUNT_ROW,
  STATIC_WEBSITE_ROW,
  BLOB_ROW,
  APP_SERVICE_PLAN_ROW,
  WEB_APP_ROW,
  APP_SETTINGS_ROW,
  HOST_NAME_BINDING_ROW,
  CERTIFICATE_ROW,
  REGISTRY_ROW,
  MANAGED_ENVIRONMENT_ROW,
  CONTAINER_APP_ROW,
  MANAGED_CERTIFICATE_ROW,
  VAULT_ROW,
  SECRET_ROW,
  ROLE_ASSIGNMENT_ROW,
  ROLE_DEFINITION_ROW,
  WORKSPACE_ROW,
  COMPONENT_ROW,
  DIAGNOSTIC_SETTING_ROW,
  AUTOSCALE_SETTING_ROW,
  ZONE_ROW,
  RECORD_SET_ROW,
  VIRTUAL_NETWORK_ROW,
  SUBNET_ROW,
  NETWORK_SECURITY_GROUP_ROW,
  PUBLIC_IP_ADDRESS_ROW,
  PUBLIC_IP_PREFIX_ROW,
  LOAD_BALANCER_ROW,
  SCALE_SET_ROW,
  SCALE_SET_MACHINE_ROW,
  SCALE_SET_EXTENSION_ROW,
];

const ROWS = new Map(RESOURCE_TABLE.map((row) => [row.token, row]));

/** Whether the local cloud knows a type. */
export function isKnownType(type: string): boolean {
  return ROWS.has(type);
}

/** The row of a type. Throws when the local cloud does not know the type. */
export function rowOf(type: string): ResourceRow {
  const row = ROWS.get(type);
  if (row !== undefined) return row;
  throw new Error(
    `Resource type ${type} is not known to the local cloud, which has ${[...ROWS.keys()].join(", ")}. Deploy it to Azure, or leave it out of this stack.`,
  );
}
