// The properties of a bot (BotProperties of Microsoft.BotService, API version 2023-09-15-preview).
import {
  anything,
  flag,
  type PropertyShape,
  type PropertyShapes,
  text,
  textMap,
  texts,
} from "./property-shape.js";

const SETTINGS: PropertyShapes = {
  allSettings: textMap,
  appPasswordHint: text,
  cmekKeyVaultUrl: text,
  description: text,
  developerAppInsightKey: text,
  developerAppInsightsApiKey: text,
  developerAppInsightsApplicationId: text,
  disableLocalAuth: flag,
  displayName: text,
  endpoint: text,
  iconUrl: { type: "string", default: "" },
  isCmekEnabled: { type: "boolean", default: false },
  isStreamingSupported: { type: "boolean", default: false },
  luisAppIds: texts,
  luisKey: text,
  manifestUrl: text,
  msaAppId: text,
  msaAppMSIResourceId: text,
  msaAppTenantId: text,
  msaAppType: text,
  openWithHint: text,
  parameters: textMap,
  publicNetworkAccess: { type: "string", default: "Enabled" },
  publishingCredentials: text,
  schemaTransformationVersion: text,
  storageResourceId: text,
  tenantId: text,
};

export const BOT_PROPERTIES: PropertyShape = {
  type: "object",
  required: ["displayName", "endpoint", "msaAppId"],
  properties: SETTINGS,
};

export const BOT_OUTPUTS: PropertyShapes = {
  properties: {
    type: "object",
    properties: {
      ...SETTINGS,
      cmekEncryptionStatus: text,
      configuredChannels: texts,
      enabledChannels: texts,
      endpointVersion: text,
      isDeveloperAppInsightsApiKeySet: flag,
      migrationToken: text,
      networkSecurityPerimeterConfigurations: anything,
      privateEndpointConnections: anything,
      provisioningState: text,
    },
  },
};
