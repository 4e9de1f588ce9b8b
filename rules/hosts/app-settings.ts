// What a bot's process reads from its settings: one table for every host, under the names that Microsoft's SDKs and samples
// read. There is no client secret among them: the process signs in as the bot through its managed identity.
import type { BotType } from "../bot-choices.js";
import type { CloudEndpoints } from "../clouds.js";

/** What the settings are made from. */
export interface AppSettingFacts {
  /** The bot's app id. */
  readonly appId: string;
  readonly tenantId: string;
  readonly botType: BotType;
  /** Client id of the identity that the process runs as; the app id itself for a bot of type UserAssignedMSI. */
  readonly identityClientId: string;
  /** Host name at which the process is reached. */
  readonly hostName: string;
  readonly applicationInsightsConnectionString: string;
  readonly cloud: CloudEndpoints;
}

/** Who reads a setting and what it holds. */
interface Setting {
  readonly name: string;
  readonly reader: string;
  readonly holds: string;
  readonly value: (facts: AppSettingFacts) => string | undefined;
}

const BOT_FRAMEWORK = "Bot Framework SDK";
const TEAMS_SDK = "Teams SDK";
const CALLING_SAMPLES = "Microsoft's calling samples";

/** The table; `docs/app-settings.md` shows it. */
export const APP_SETTINGS: readonly Setting[] = [
  {
    name: "MicrosoftAppType",
    reader: BOT_FRAMEWORK,
    holds: "type of the bot",
    value: ({ botType }) => botType,
  },
  {
    name: "MicrosoftAppId",
    reader: BOT_FRAMEWORK,
    holds: "app id",
    value: ({ appId }) => appId,
  },
  {
    name: "MicrosoftAppTenantId",
    reader: BOT_FRAMEWORK,
    holds: "tenant id",
    value: ({ tenantId }) => tenantId,
  },
  {
    name: "ChannelService",
    reader: BOT_FRAMEWORK,
    holds: "channel service, in clouds that have their own",
    value: ({ cloud }) => cloud.botChannelService,
  },
  { name: "CLIENT_ID", reader: TEAMS_SDK, holds: "app id", value: ({ appId }) => appId },
  { name: "TENANT_ID", reader: TEAMS_SDK, holds: "tenant id", value: ({ tenantId }) => tenantId },
  {
    // "App Authentication" of the Teams SDK: another id than CLIENT_ID means a federated credential.
    name: "MANAGED_IDENTITY_CLIENT_ID",
    reader: TEAMS_SDK,
    holds: "client id of the managed identity that signs in as the bot",
    value: ({ identityClientId }) => identityClientId,
  },
  {
    name: "AZURE_CLIENT_ID",
    reader: "Azure Identity (DefaultAzureCredential)",
    holds: "client id of the managed identity",
    value: ({ identityClientId }) => identityClientId,
  },
  {
    name: "AzureAd__Instance",
    reader: CALLING_SAMPLES,
    holds: "sign-in address of the cloud",
    value: ({ cloud }) => `${cloud.login}/`,
  },
  {
    name: "AzureAd__TenantId",
    reader: CALLING_SAMPLES,
    holds: "tenant id",
    value: ({ tenantId }) => tenantId,
  },
  {
    name: "AzureAd__ClientId",
    reader: CALLING_SAMPLES,
    holds: "app id",
    value: ({ appId }) => appId,
  },
  { name: "Bot__AppId", reader: CALLING_SAMPLES, holds: "app id", value: ({ appId }) => appId },
  {
    name: "Bot__BotBaseUrl",
    reader: CALLING_SAMPLES,
    holds: "public address of the bot, without a final slash",
    value: ({ hostName }) => `https://${hostName}`,
  },
  {
    name: "Bot__PlaceCallEndpointUrl",
    reader: CALLING_SAMPLES,
    holds: "address of Microsoft Graph v1.0",
    value: ({ cloud }) => `${cloud.graph}/v1.0`,
  },
  {
    name: "APPLICATIONINSIGHTS_CONNECTION_STRING",
    reader: "Application Insights",
    holds: "where telemetry goes",
    value: ({ applicationInsightsConnectionString }) => applicationInsightsConnectionString,
  },
];

/** The settings of one bot, by name. */
export function appSettings(facts: AppSettingFacts): Record<string, string> {
  return Object.fromEntries(
    APP_SETTINGS.flatMap(({ name, value }) => {
      const held = value(facts);
      return held === undefined ? [] : [[name, held]];
    }),
  );
}

/** Names that a stack may not set itself. */
export const OWN_SETTING_NAMES: ReadonlySet<string> = new Set(
  APP_SETTINGS.map(({ name }) => name.toLowerCase()),
);
