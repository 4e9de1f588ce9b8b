// Whether the bot's name, which is unique over all of Azure, is free or the stack's own already.
import { readAzureBot } from "../../../arm/azure-bot.js";
import { resourcesTagged } from "../../../arm/left-overs.js";
import { isBotNameFree } from "../../../arm/subscription.js";
import { OWN_TAGS } from "../../../rules/tags.js";
import { type Check, fail, type Outcome, pass, skip } from "../../checks/check.js";
import {
  type DoctorContext,
  forStack,
  fromSubscription,
  type PlannedStack,
  requireSubscription,
} from "../doctor-context.js";
import { madeName, stackGroup, statedBotName } from "../stack-names.js";

export function judgeBotName(
  name: string,
  { free, ours }: { free: boolean; ours: boolean },
): Outcome {
  if (ours) return pass(`The bot ${name} is there already, and the stack's own.`, { name });
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
  run: forStack(async (planned, context, signal) => {
    const name = statedBotName(planned) ?? (await madeName(context, planned));
    if (name === undefined) {
      return skip(
        "The bot's name follows from what the program calls its bot, and the program does not show it.",
        'The check looks for one new CallingBot("...", in the file that Pulumi.yaml names as main. The preview of pulumi up asks for the name in any case; with bot.name of the stack this check does, too.',
      );
    }
    const group = stackGroup(context, planned);
    const id = planned.config.adopt?.bot ?? `${group}/providers/${BOT_TYPE}/${name}`;
    const { arm } = context.services;
    const [found, free] = await Promise.all([
      fromSubscription(readAzureBot(arm, id, signal)),
      fromSubscription(isBotNameFree(arm, name, signal)),
    ]);
    const isThere = found !== undefined;
    const ours = isThere || (!free && (await isOursElsewhere(name, planned, context, signal)));
    return judgeBotName(name, { free, ours });
  }),
};

const BOT_TYPE = "Microsoft.BotService/botServices";

/** Whether it is this stack's bot that has the name, in another resource group, which it is about to leave. */
async function isOursElsewhere(
  name: string,
  { name: stack }: PlannedStack,
  context: DoctorContext,
  signal: AbortSignal,
): Promise<boolean> {
  const { services, project } = context;
  const tag = { name: OWN_TAGS.stack, value: stack };
  const tagged = await fromSubscription(
    resourcesTagged(services.arm, requireSubscription(context), tag, signal),
  );
  return tagged.some(
    ({ id, tags }) =>
      tags?.[OWN_TAGS.project] === project.name &&
      id.toLowerCase().endsWith(`/providers/${BOT_TYPE}/${name}`.toLowerCase()),
  );
}
