// Channels of a bot. Microsoft Teams is here in full; Web Chat and Direct Line come with a bot and can be read and
// taken away; the others answer 501 by name.

import type { ArmCloud } from "../mechanics/arm-call.js";
import { ArmError, notHere } from "../mechanics/arm-error.js";
import { BodyFields, isJsonObject, type JsonObject } from "../mechanics/body-fields.js";
import { normalizeLocation, REGIONS } from "../mechanics/locations.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import { BOT_API_VERSIONS } from "./api-versions.js";
import { CHANNEL_IDS, updateChannelLists } from "./bot-channels.js";
import { channelEtag } from "./channel-etag.js";
import { listChannelWithKeys } from "./channel-keys.js";
import { msTeamsProperties } from "./ms-teams-channel.js";

const TEAMS = "MsTeamsChannel";

export const channel: ResourceType = {
  namespace: "Microsoft.BotService",
  type: "botServices/channels",
  apiVersions: BOT_API_VERSIONS,
  nameRule: {
    pattern: /^[a-zA-Z0-9]+$/,
    minLength: 2,
    maxLength: 64,
    says: `one of ${[...CHANNEL_IDS.keys()].join(", ")}`,
  },
  displayName: (names) => names.join("/"),
  spelling: officialName,
  merge,
  write,
  stored: (_record, { cloud, parent }) => {
    if (parent !== undefined) updateChannelLists(cloud, parent);
  },
  removed,
  actions: [{ name: "listChannelWithKeys", handle: listChannelWithKeys }],
};

function officialName(name: string): string {
  const lower = name.toLowerCase();
  return [...CHANNEL_IDS.keys()].find((known) => known.toLowerCase() === lower) ?? name;
}

function write(request: WriteRequest): Written {
  const { body, existing, id, cloud } = request;
  const name = officialName(id.names.at(-1) ?? "");
  if (!CHANNEL_IDS.has(name)) throw invalid(`there is no channel '${name}'`);
  if (name !== TEAMS) throw notHere(`settings of the channel '${name}' of Microsoft.BotService`);
  const fields = new BodyFields(body);
  const channelFields = fields.object("properties");
  const channelName = channelFields.string("channelName");
  if (channelName === undefined || officialName(channelName) !== name) {
    throw invalid(`'properties.channelName' must be '${name}', got '${channelName ?? ""}'`);
  }
  const etag = channelEtag(cloud.context.now());
  const kind = fields.string("kind");
  return {
    etag,
    location: locationOf(fields),
    ...(kind === undefined ? {} : { kind }),
    properties: {
      properties: msTeamsProperties(channelFields, existing),
      etag,
      channelName: name,
      // Recorded: whatever the resource's own location, this says global.
      location: "global",
      provisioningState: "Succeeded",
    },
  };
}

// Recorded with location "eastus", which was taken and given back: a nested resource has no location of its own, so
// Resource Manager does not check it against the bot's.
function locationOf(fields: BodyFields): string {
  const location = normalizeLocation(fields.string("location") ?? "global");
  if (location === "global" || REGIONS.has(location)) return location;
  throw invalid(`'location' must be global or a region of Azure, got '${location}'`);
}

/** A PATCH is laid over the settings as well as over what is around them. */
function merge(existing: ResourceRecord, patch: JsonObject): JsonObject {
  const patched = new BodyFields(patch).raw("properties");
  const around = isJsonObject(patched) ? patched : {};
  const settings = new BodyFields(around).raw("properties");
  const before = existing.properties["properties"];
  const { location, tags, kind } = existing;
  return {
    ...Object.fromEntries(
      Object.entries({ location, tags, kind }).filter(([, value]) => value !== undefined),
    ),
    ...patch,
    properties: {
      channelName: existing.properties["channelName"],
      ...around,
      properties: {
        ...(isJsonObject(before) ? before : {}),
        ...(isJsonObject(settings) ? settings : {}),
      },
    },
  };
}

function removed(record: ResourceRecord, cloud: ArmCloud): void {
  const names = record.names.slice(0, -1);
  const bot = cloud.resources.get({ ...record, type: "Microsoft.BotService/botServices", names });
  if (bot !== undefined) updateChannelLists(cloud, bot);
}

function invalid(why: string): ArmError {
  return new ArmError(400, "InvalidChannelData", `Channel is not valid: ${why}.`);
}
