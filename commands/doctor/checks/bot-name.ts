// Whether the bot's name, which is unique over all of Azure, is free or the stack's own already.
import { readAzureBot } from "../../../arm/azure-bot.js";
import { isBotNameFree } from "../../../arm/subscription.js";
import { defaultBotName, defaultResourceGroupName } from "../../../rules/names.js";
import { type Check, fail, type Outcome, pass } from "../../checks/check.js";
import {
  type DoctorContext,
  forStack,
  fromSubscription,
  requireSubscription,
  signedIn,
} from "../doctor-context.js";

/** The logical name that `index.ts` gives its one bot, which is part of the name in Azure. */
const LOGICAL_NAME = "bot";

export function judgeBotName(
  name: string,
  { free, ours }: { free: boolean; ours: boolean },
): Outcome {
  if (ours)
    return pass(`The bot ${name} is there already, in the resource group of the stack.`, { name });
  if (free) return pass(`The bot name ${name} is free.`, { name });
  return fail(
    `Another bot has the name ${name}, and names of bots are unique over all of Azure.`,
    "Choose another bot.name, or leave it out to get one that is unique.",
    { name },
  );
}

export const botName: Check<DoctorContext> = {
  id: "bot-name",
  title: "the bot's name is free, or the stack's own",
  explains: ["the bot name is already registered to another bot application"],
  run: forStack(async ({ name: stack, config }, context, signal) => {
    const subscriptionId = requireSubscription(context);
    const { tid = "" } = await signedIn(context);
    const project = context.project.name;
    const facts = { tenantId: tid, subscriptionId, project, stack, bot: LOGICAL_NAME };
    const name = config.bot.name ?? defaultBotName(facts);
    const group = config.resourceGroup.name ?? defaultResourceGroupName({ project, stack });
    const id = `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/Microsoft.BotService/botServices/${name}`;
    const { arm } = context.services;
    const [found, free] = await Promise.all([
      fromSubscription(readAzureBot(arm, id, signal)),
      fromSubscription(isBotNameFree(arm, name, signal)),
    ]);
    return judgeBotName(name, { free, ours: found !== undefined });
  }),
};
