// The bot that an application is, as it is registered in Azure: its Teams channel says whether and where it is called.
import { isJsonObject } from "../arm/mechanics/body-fields.js";
import { ResourceStore } from "../arm/mechanics/resource-store.js";
import type { Store } from "../state/store.js";
import { SUBSCRIPTION_ID } from "../well-known.js";

const BOT = "Microsoft.BotService/botServices";
const CHANNEL = "Microsoft.BotService/botServices/channels";

/** Webhook of the Teams channel of the bot with this app id; undefined without one, or with calling off. */
export function registeredWebhook(store: Store, appId: string): string | undefined {
  const resources = new ResourceStore(store);
  const bot = resources
    .inSubscription(SUBSCRIPTION_ID, BOT)
    .find(({ properties }) => String(properties["msaAppId"]).toLowerCase() === appId.toLowerCase());
  if (bot === undefined) return undefined;
  const names = [...bot.names, "MsTeamsChannel"];
  const settings = resources.get({ ...bot, type: CHANNEL, names })?.properties["properties"];
  if (!isJsonObject(settings)) return undefined;
  const { isEnabled, enableCalling, callingWebhook } = settings;
  const called = isEnabled === true && enableCalling === true;
  return called && typeof callingWebhook === "string" ? callingWebhook : undefined;
}
