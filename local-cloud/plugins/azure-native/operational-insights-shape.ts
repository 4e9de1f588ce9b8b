// Log Analytics workspaces (Microsoft.OperationalInsights, API version 2023-09-01).
import {
  allInProperties,
  anything,
  flag,
  IDENTITY_INPUT,
  IDENTITY_OUTPUT,
  integer,
  number,
  type PropertyShapes,
  text,
  textMap,
} from "./property-shape.js";
import { type ResourceRow, TRACKED_OUTPUTS } from "./resource-row.js";

const FEATURES: PropertyShapes = {
  clusterResourceId: text,
  disableLocalAuth: flag,
  enableDataExport: flag,
  enableLogAccessUsingOnlyResourcePermissions: flag,
  immediatePurgeDataOn30Days: flag,
};
const SKU: PropertyShapes = { capacityReservationLevel: integer, name: text };

export const WORKSPACE_ROW: ResourceRow = {
  token: "azure-native:operationalinsights:Workspace",
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.OperationalInsights/workspaces/{workspaceName}",
  apiVersion: "2023-09-01",
  autoName: "random",
  body: {
    identity: IDENTITY_INPUT,
    location: text,
    tags: textMap,
    ...allInProperties({
      defaultDataCollectionRuleResourceId: text,
      features: { type: "object", properties: FEATURES },
      forceCmkForQuery: flag,
      publicNetworkAccessForIngestion: { type: "string", default: "Enabled" },
      publicNetworkAccessForQuery: { type: "string", default: "Enabled" },
      retentionInDays: integer,
      sku: { type: "object", required: ["name"], properties: SKU },
      workspaceCapping: { type: "object", properties: { dailyQuotaGb: number } },
    }),
  },
  required: ["location"],
  outputs: {
    ...TRACKED_OUTPUTS,
    etag: text,
    identity: IDENTITY_OUTPUT,
    ...allInProperties({
      createdDate: text,
      customerId: text,
      features: { type: "object", properties: { ...FEATURES, unifiedSentinelBillingOnly: flag } },
      modifiedDate: text,
      privateLinkScopedResources: anything,
      provisioningState: text,
      sku: { type: "object", properties: { ...SKU, lastSkuUpdate: text } },
      workspaceCapping: {
        type: "object",
        properties: { dailyQuotaGb: number, dataIngestionStatus: text, quotaNextResetTime: text },
      },
    }),
  },
  replaces: ["location"],
  longRunningPut: true,
};
