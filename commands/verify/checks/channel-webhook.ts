// Whether calls go to the webhook of the stack.
import type { TeamsChannel } from "../../../arm/azure-bot.js";
import type { StackOutputs } from "../../../rules/outputs.js";
import { sameWebhook } from "../../../rules/urls.js";
import { type Check, fail, type Outcome, pass, skip } from "../../checks/check.js";
import type { VerifyContext } from "../verify-context.js";

export function judgeChannelWebhook(bot: StackOutputs, channel: TeamsChannel): Outcome {
  const { callingWebhook = "" } = channel;
  const evidence = { callingWebhook };
  if (URL.canParse(callingWebhook) && sameWebhook(callingWebhook, bot.callingWebhook)) {
    return pass(`Calls go to ${callingWebhook}.`, evidence);
  }
  return fail(
    `Calls go to ${callingWebhook || "nowhere"}, and the stack says ${bot.callingWebhook}.`,
    "Somebody has changed the webhook. Run pulumi refresh and pulumi up, or change the stack. A path counts letter for letter: /callback and /api/callback are two places.",
    evidence,
  );
}

export const channelWebhook: Check<VerifyContext> = {
  id: "channel-webhook",
  title: "the calling webhook is the stack's",
  explains: ["the incoming call never reaches the bot"],
  run: async ({ bot, channel }) => {
    const found = await channel();
    return found === undefined
      ? skip("There is no Teams channel.")
      : judgeChannelWebhook(bot, found);
  },
};
