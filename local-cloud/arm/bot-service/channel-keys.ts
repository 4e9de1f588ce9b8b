// The one answer in which a channel's keys are.
import type { ArmAnswer, ArmCall } from "../mechanics/arm-call.js";
import { isJsonObject, type JsonObject } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import { viewOf } from "../mechanics/resource-view.js";
import { CHANNEL_IDS } from "./bot-channels.js";

/** `POST .../channels/{name}/listChannelWithKeys`. */
export function listChannelWithKeys({ cloud }: ArmCall, record: ResourceRecord): ArmAnswer {
  const shown = withKeys(record);
  const view = viewOf(cloud, { ...record, properties: shown });
  const name = record.names.at(-1) ?? "";
  const settings = isJsonObject(shown["properties"]) ? shown["properties"] : {};
  return {
    status: 200,
    body: {
      ...view,
      resource: shown,
      setting: {
        channelId: CHANNEL_IDS.get(name) ?? null,
        channelDisplayName: name.replace(/Channel$/, ""),
        botId: record.names[0],
        isEnabled: settings["isEnabled"] ?? true,
        sites: settings["sites"] ?? [],
      },
      provisioningState: "Succeeded",
      entityTag: record.etag,
      changedTime: record.changedTime,
    },
  };
}

function withKeys(record: ResourceRecord): JsonObject {
  const settings = record.properties["properties"];
  const keys = record.hidden?.["keys"];
  if (!isJsonObject(settings) || !Array.isArray(settings["sites"]) || !Array.isArray(keys)) {
    return record.properties;
  }
  const [key, key2] = keys;
  const sites = settings["sites"].map((site) => ({ ...site, key, key2 }));
  return { ...record.properties, properties: { ...settings, sites } };
}
