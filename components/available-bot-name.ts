// A bot's name is unique over all of Azure. Asked beforehand, a taken one is a sentence in the preview instead of a
// deployment that stops half-way.
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Cloud } from "../rules/clouds.js";
import { checkedAvailability } from "../rules/names.js";
import { type ArmReading, armReading } from "./arm-reading.js";
import { isOwn } from "./left-over-tags.js";
import { refusing } from "./refusal.js";

const API_VERSION = "2022-09-15";
const RESOURCES_API_VERSION = "2021-04-01";

export interface BotNameQuestion {
  readonly botName: pulumi.Input<string>;
  readonly resourceGroupName: pulumi.Input<string>;
  readonly cloud: Cloud | undefined;
}

/** Names that were asked about: a component that is given one does not ask again. */
const asked = new WeakSet<object>();

/**
 * The bot's name, once Azure has said that it is free, or already the name of a bot in this resource group, or of this
 * stack's bot in another one.
 * @param name of the bot within the stack
 */
export function availableBotName(
  name: string,
  parent: pulumi.Resource,
  question: BotNameQuestion,
): pulumi.Output<string> {
  const { botName: wanted } = question;
  if (pulumi.Output.isInstance<string>(wanted) && asked.has(wanted)) return wanted;
  const available = pulumi
    .all([question.botName, question.resourceGroupName, armReading(parent, question.cloud)])
    .apply(async ([botName, resourceGroupName, arm]) => {
      const id = `/subscriptions/${arm.subscriptionId}/resourceGroups/${resourceGroupName}/providers/Microsoft.BotService/botServices/${botName}`;
      const [here, taken] = await Promise.all([arm.ask(id, API_VERSION), isTaken(arm, botName)]);
      const free = here?.ok === true || !taken || (await isOursElsewhere(arm, botName, name));
      return refusing(parent, checkedAvailability("bot.name", botName))(free);
    });
  asked.add(available);
  return available;
}

const Found = z.object({
  value: z.array(z.object({ tags: z.record(z.string(), z.string()).default({}) })),
});

/** Whether it is this stack's bot that has the name, in another resource group, which it is about to leave. */
async function isOursElsewhere(arm: ArmReading, botName: string, name: string): Promise<boolean> {
  const filter = `resourceType eq 'Microsoft.BotService/botServices' and name eq '${botName}'`;
  const path = `/subscriptions/${arm.subscriptionId}/resources?$filter=${encodeURIComponent(filter)}`;
  const answer = await arm.ask(path, RESOURCES_API_VERSION);
  const found = Found.safeParse(await answer?.json().catch(() => undefined));
  return found.success && found.data.value.some(({ tags }) => isOwn(name, tags));
}

const Availability = z.object({ valid: z.boolean() });

async function isTaken(arm: ArmReading, name: string): Promise<boolean> {
  const path = "/providers/Microsoft.BotService/checkNameAvailability";
  const answer = await arm.ask(path, API_VERSION, { name, type: "bot" });
  const said = Availability.safeParse(await answer?.json().catch(() => undefined));
  return said.success && !said.data.valid;
}
