// What Microsoft.Insights has: Application Insights components, diagnostic settings, autoscale settings.
import {
  allInProperties,
  anything,
  flag,
  inProperties,
  integer,
  listOf,
  number,
  type PropertyShape,
  type PropertyShapes,
  text,
  textMap,
  texts,
} from "./property-shape.js";
import { type ResourceRow, TRACKED_OUTPUTS } from "./resource-row.js";

const GROUP = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";

/** The service's own names begin with a capital. */
const named = (shapes: Readonly<Record<string, readonly [string, PropertyShape]>>) =>
  Object.fromEntries(
    Object.entries(shapes).map(([name, [restName, shape]]) => [
      name,
      { ...inProperties(shape), restName },
    ]),
  );

export const COMPONENT_ROW: ResourceRow = {
  token: "azure-native:applicationinsights:Component",
  path: `${GROUP}/providers/Microsoft.Insights/components/{resourceName}`,
  apiVersion: "2020-02-02",
  autoName: "random",
  body: {
    kind: text,
    location: text,
    tags: textMap,
    ...named({
      applicationType: ["Application_Type", { type: "string", default: "web" }],
      disableIpMasking: ["DisableIpMasking", flag],
      disableLocalAuth: ["DisableLocalAuth", flag],
      flowType: ["Flow_Type", { type: "string", default: "Bluefield" }],
      forceCustomerStorageForProfiler: ["ForceCustomerStorageForProfiler", flag],
      hockeyAppId: ["HockeyAppId", text],
      immediatePurgeDataOn30Days: ["ImmediatePurgeDataOn30Days", flag],
      ingestionMode: ["IngestionMode", { type: "string", default: "LogAnalytics" }],
      requestSource: ["Request_Source", { type: "string", default: "rest" }],
      retentionInDays: ["RetentionInDays", integer],
      samplingPercentage: ["SamplingPercentage", number],
      workspaceResourceId: ["WorkspaceResourceId", text],
    }),
    ...allInProperties({
      publicNetworkAccessForIngestion: { type: "string", default: "Enabled" },
      publicNetworkAccessForQuery: { type: "string", default: "Enabled" },
    }),
  },
  required: ["applicationType", "kind", "location"],
  outputs: {
    name: text,
    type: text,
    etag: text,
    ...named({
      appId: ["AppId", text],
      applicationId: ["ApplicationId", text],
      connectionString: ["ConnectionString", text],
      creationDate: ["CreationDate", text],
      hockeyAppToken: ["HockeyAppToken", text],
      instrumentationKey: ["InstrumentationKey", text],
      laMigrationDate: ["LaMigrationDate", text],
      privateLinkScopedResources: ["PrivateLinkScopedResources", anything],
      tenantId: ["TenantId", text],
    }),
    ...allInProperties({ provisioningState: text }),
  },
  replaces: ["location"],
};

const RETENTION: PropertyShape = {
  type: "object",
  required: ["days", "enabled"],
  properties: { days: { type: "integer", default: 0 }, enabled: flag },
};

export const DIAGNOSTIC_SETTING_ROW: ResourceRow = {
  token: "azure-native:monitor:DiagnosticSetting",
  path: "/{+resourceUri}/providers/Microsoft.Insights/diagnosticSettings/{name}",
  apiVersion: "2021-05-01-preview",
  autoName: "random",
  body: allInProperties({
    eventHubAuthorizationRuleId: text,
    eventHubName: text,
    logAnalyticsDestinationType: text,
    logs: listOf(
      { category: text, categoryGroup: text, enabled: flag, retentionPolicy: RETENTION },
      ["enabled"],
    ),
    marketplacePartnerId: text,
    metrics: listOf(
      { category: text, enabled: flag, retentionPolicy: RETENTION, timeGrain: text },
      ["enabled"],
    ),
    serviceBusRuleId: text,
    storageAccountId: text,
    workspaceId: text,
  }),
  outputs: TRACKED_OUTPUTS,
  replaces: [],
};

const METRIC_TRIGGER: PropertyShape = {
  type: "object",
  required: [
    "metricName",
    "metricResourceUri",
    "operator",
    "statistic",
    "threshold",
    "timeAggregation",
    "timeGrain",
    "timeWindow",
  ],
  properties: {
    dimensions: listOf(
      {
        dimensionName: { ...text, restName: "DimensionName" },
        operator: { ...text, restName: "Operator" },
        values: { ...texts, restName: "Values" },
      },
      ["dimensionName", "operator", "values"],
    ),
    dividePerInstance: flag,
    metricName: text,
    metricNamespace: text,
    metricResourceLocation: text,
    metricResourceUri: text,
    operator: text,
    statistic: text,
    threshold: number,
    timeAggregation: text,
    timeGrain: text,
    timeWindow: text,
  },
};

const SCALE_ACTION: PropertyShape = {
  type: "object",
  required: ["cooldown", "direction", "type"],
  properties: { cooldown: text, direction: text, type: text, value: { ...text, default: "1" } },
};

const PROFILE: PropertyShape = {
  type: "object",
  required: ["capacity", "name", "rules"],
  properties: {
    capacity: {
      type: "object",
      required: ["default", "maximum", "minimum"],
      properties: { default: text, maximum: text, minimum: text },
    },
    fixedDate: {
      type: "object",
      required: ["end", "start"],
      properties: { end: text, start: text, timeZone: text },
    },
    name: text,
    recurrence: {
      type: "object",
      required: ["frequency", "schedule"],
      properties: {
        frequency: text,
        schedule: {
          type: "object",
          required: ["days", "hours", "minutes", "timeZone"],
          properties: {
            days: texts,
            hours: { type: "array", items: integer },
            minutes: { type: "array", items: integer },
            timeZone: text,
          },
        },
      },
    },
    rules: listOf({ metricTrigger: METRIC_TRIGGER, scaleAction: SCALE_ACTION }, [
      "metricTrigger",
      "scaleAction",
    ]),
  },
};

const AUTOSCALE_SETTINGS: PropertyShapes = {
  enabled: { type: "boolean", default: false },
  notifications: listOf(
    {
      email: {
        type: "object",
        properties: {
          customEmails: texts,
          sendToSubscriptionAdministrator: { type: "boolean", default: false },
          sendToSubscriptionCoAdministrators: { type: "boolean", default: false },
        },
      },
      operation: text,
      webhooks: listOf({ properties: textMap, serviceUri: text }),
    },
    ["operation"],
  ),
  predictiveAutoscalePolicy: {
    type: "object",
    required: ["scaleMode"],
    properties: { scaleLookAheadTime: text, scaleMode: text },
  },
  profiles: { type: "array", items: PROFILE },
  targetResourceLocation: text,
  targetResourceUri: text,
};

/** Inputs are flattened by the SDK, outputs are not: replicated as its declarations have it. */
export const AUTOSCALE_SETTING_ROW: ResourceRow = {
  token: "azure-native:monitor:AutoscaleSetting",
  path: `${GROUP}/providers/Microsoft.Insights/autoscalesettings/{autoscaleSettingName}`,
  apiVersion: "2021-05-01-preview",
  autoName: "random",
  body: {
    location: text,
    tags: textMap,
    ...allInProperties({ ...AUTOSCALE_SETTINGS, name: text }),
  },
  required: ["location", "profiles"],
  outputs: {
    name: text,
    type: text,
    systemData: anything,
    properties: { type: "object", properties: { ...AUTOSCALE_SETTINGS, name: text } },
  },
  replaces: ["location"],
};
