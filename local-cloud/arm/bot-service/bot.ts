// Azure Bots (Microsoft.BotService/botServices). What an answer holds follows recorded answers of the real service
// (arm-botservice tests of Azure/azure-sdk-for-js).
import { randomBytes } from "node:crypto";
import { BodyFields } from "../mechanics/body-fields.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import { BOT_API_VERSIONS } from "./api-versions.js";
import { checkAppInsightsKey, checkKind, checkSku } from "./bot-appearance.js";
import { addDefaultChannels } from "./bot-channels.js";
import { type BotIdentityFields, checkBot, claimsOf } from "./bot-identity.js";
import { namespaceRoutes } from "./namespace-routes.js";

const DEFAULT_ICON =
  "https://docs.botframework.com/static/devportal/client/images/bot-framework-default.png";

export const bot: ResourceType = {
  namespace: "Microsoft.BotService",
  type: "botServices",
  apiVersions: BOT_API_VERSIONS,
  locations: ["global", "westeurope", "centralindia"],
  // "Naming rules and restrictions for Azure resources", Microsoft.BotService; the command line's 4 to 42 is its own.
  nameRule: {
    pattern: /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/,
    minLength: 2,
    maxLength: 64,
    says: "letters, digits, underscores, periods and hyphens, with a letter or digit first",
  },
  write,
  stored: (record, { cloud, existing }) => {
    if (existing === undefined) addDefaultChannels(cloud, record);
  },
  routes: namespaceRoutes,
};

function write(request: WriteRequest): Written {
  const body = new BodyFields(request.body);
  const fields = body.object("properties");
  const identity = checkBot(request, fields);
  return {
    kind: checkKind(body.string("kind")),
    sku: checkSku(body.object("sku").string("name")),
    etag: newEtag(),
    claims: claimsOf(request, identity),
    properties: propertiesOf(request, fields, identity),
  };
}

function propertiesOf(
  { existing, caller }: WriteRequest,
  fields: BodyFields,
  identity: BotIdentityFields,
): Written["properties"] {
  const text = (name: string) => fields.string(name) ?? null;
  const before = existing?.properties;
  const iconUrl = fields.string("iconUrl") ?? "";
  return {
    displayName: text("displayName"),
    description: text("description"),
    iconUrl: iconUrl === "" ? DEFAULT_ICON : iconUrl,
    endpoint: text("endpoint"),
    ...identity,
    developerAppInsightKey: text("developerAppInsightKey"),
    developerAppInsightsApplicationId: text("developerAppInsightsApplicationId"),
    luisAppIds: fields.strings("luisAppIds") ?? [],
    endpointVersion: "3.0",
    configuredChannels: before?.["configuredChannels"] ?? [],
    enabledChannels: before?.["enabledChannels"] ?? [],
    // Keys go in and never come out: what is kept is that there is one.
    isDeveloperAppInsightsApiKeySet:
      checkAppInsightsKey(fields.string("developerAppInsightsApiKey")) ??
      before?.["isDeveloperAppInsightsApiKeySet"] ??
      false,
    isStreamingSupported: fields.boolean("isStreamingSupported") ?? false,
    schemaTransformationVersion: fields.string("schemaTransformationVersion") ?? "1.3",
    publishingCredentials: null,
    parameters: fields.raw("parameters") ?? null,
    allSettings: fields.raw("allSettings") ?? null,
    manifestUrl: text("manifestUrl"),
    storageResourceId: text("storageResourceId"),
    migrationToken: null,
    isCmekEnabled: fields.boolean("isCmekEnabled") ?? false,
    cmekKeyVaultUrl: text("cmekKeyVaultUrl"),
    cmekEncryptionStatus: "Off",
    openWithHint: text("openWithHint"),
    appPasswordHint: text("appPasswordHint"),
    publicNetworkAccess: fields.string("publicNetworkAccess") ?? "Enabled",
    disableLocalAuth: fields.boolean("disableLocalAuth") ?? false,
    tenantId: before?.["tenantId"] ?? fields.string("tenantId") ?? caller.tid,
    privateEndpointConnections: [],
    provisioningState: "Succeeded",
  };
}

function newEtag(): string {
  const hex = randomBytes(10).toString("hex");
  return `"${hex.slice(0, 8)}-0000-0000-0000-${hex.slice(8)}"`;
}
