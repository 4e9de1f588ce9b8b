// The channels that a bot has from birth, and what a bot says about its channels.
import { randomBytes } from "node:crypto";
import type { ArmCloud } from "../mechanics/arm-call.js";
import { isJsonObject } from "../mechanics/body-fields.js";
import { formatResourceId } from "../mechanics/resource-id.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import { channelEtag } from "./channel-etag.js";

const CHANNEL_TYPE = "Microsoft.BotService/botServices/channels";

/** Channel names of the service, each with the short id that bots list. */
export const CHANNEL_IDS: ReadonlyMap<string, string> = new Map([
  ["WebChatChannel", "webchat"],
  ["DirectLineChannel", "directline"],
  ["MsTeamsChannel", "msteams"],
  ["AcsChatChannel", "acschat"],
  ["AlexaChannel", "alexa"],
  ["DirectLineSpeechChannel", "directlinespeech"],
  ["EmailChannel", "email"],
  ["FacebookChannel", "facebook"],
  ["KikChannel", "kik"],
  ["LineChannel", "line"],
  ["M365Extensions", "m365extensions"],
  ["Omnichannel", "omnichannel"],
  ["OutlookChannel", "outlook"],
  ["SearchAssistant", "searchassistant"],
  ["SkypeChannel", "skype"],
  ["SlackChannel", "slack"],
  ["SmsChannel", "sms"],
  ["TelegramChannel", "telegram"],
  ["TelephonyChannel", "telephony"],
]);

/**
 * A new bot has Web Chat, and Direct Line switched on: recorded answers say `configuredChannels: ["webchat"]`,
 * `enabledChannels: ["webchat", "directline"]`. That service also made Skype until 2021
 * (Azure/azure-rest-api-specs#15219); that channel is retired.
 */
export function addDefaultChannels(cloud: ArmCloud, bot: ResourceRecord): void {
  for (const name of ["WebChatChannel", "DirectLineChannel"]) {
    cloud.resources.put(siteChannel(cloud, bot, name));
  }
  updateChannelLists(cloud, bot);
}

/** Writes `configuredChannels` and `enabledChannels` of a bot anew. */
export function updateChannelLists(cloud: ArmCloud, bot: ResourceRecord): void {
  const channels = cloud.resources.children(bot, CHANNEL_TYPE);
  const listed = [...CHANNEL_IDS].flatMap(([name, id]) => {
    const channel = channels.find(({ names }) => names.at(-1) === name);
    return channel === undefined ? [] : [{ id, enabled: isEnabled(channel) }];
  });
  const properties = {
    ...bot.properties,
    configuredChannels: listed.map(({ id }) => id).filter((id) => id !== "directline"),
    enabledChannels: listed.filter(({ enabled }) => enabled).map(({ id }) => id),
  };
  cloud.resources.put({ ...bot, properties });
}

function isEnabled({ properties }: ResourceRecord): boolean {
  const settings = properties["properties"];
  return !isJsonObject(settings) || settings["isEnabled"] !== false;
}

function siteChannel(cloud: ArmCloud, bot: ResourceRecord, name: string): ResourceRecord {
  const now = cloud.context.now();
  const etag = channelEtag(now);
  const names = [...bot.names, name];
  const id = formatResourceId({ ...bot, type: CHANNEL_TYPE, names });
  return {
    subscriptionId: bot.subscriptionId,
    resourceGroup: bot.resourceGroup,
    type: CHANNEL_TYPE,
    names,
    id,
    location: "global",
    etag,
    properties: {
      properties: { sites: [defaultSite(name)] },
      etag,
      channelName: name,
      location: "global",
      provisioningState: "Succeeded",
    },
    hidden: { keys: [newKey(), newKey()] },
    claims: [],
    createdTime: now.toISOString(),
    changedTime: now.toISOString(),
  };
}

/** Keys of a site are empty except in the answer of listChannelWithKeys. */
function defaultSite(name: string) {
  return {
    siteId: randomBytes(8).toString("base64url").slice(0, 11),
    siteName: "Default Site",
    key: "",
    key2: "",
    isEnabled: true,
    isV1Enabled: name === "DirectLineChannel",
    isV3Enabled: true,
    isSecureSiteEnabled: false,
    isBlockUserUploadEnabled: false,
    isWebchatPreviewEnabled: name === "WebChatChannel",
    trustedOrigins: [],
  };
}

function newKey(): string {
  return randomBytes(32).toString("base64url");
}
