// Whether the Teams channel lets calls in: the flag that is off unless somebody has set it.
import type { TeamsChannel } from "../../../arm/azure-bot.js";
import { type Check, fail, type Outcome, pass } from "../../checks/check.js";
import type { VerifyContext } from "../verify-context.js";

const REFUSED =
  "Graph answers 403 with code 7503, Application is not registered in our store, and no call arrives.";

export function judgeChannelCalling(channel: TeamsChannel | undefined): Outcome {
  if (channel === undefined) {
    return fail(
      `The bot has no Teams channel: ${REFUSED}`,
      "Run pulumi refresh and pulumi up.",
      {},
    );
  }
  const { isEnabled, enableCalling, callingWebhook } = channel;
  const evidence = { isEnabled, enableCalling, callingWebhook };
  if (isEnabled !== true) {
    return fail(
      "The Teams channel is disabled.",
      "Run pulumi refresh and pulumi up, or enable it in the Azure portal under Channels.",
      evidence,
    );
  }
  if (enableCalling !== true) {
    return fail(
      `Calling is not enabled on the Teams channel${callingWebhook ? `, although a webhook is set (${callingWebhook})` : ""}: ${REFUSED}`,
      "Run pulumi refresh and pulumi up. A template or tool that writes the channel without enableCalling turns it off again: only one should write it. If calling is on and 7503 stays, bot and meeting are in different tenants.",
      evidence,
    );
  }
  return pass("Calling is enabled on the Teams channel.", evidence);
}

export const channelCalling: Check<VerifyContext> = {
  id: "channel-calling",
  title: "the Teams channel is enabled, with calling",
  explains: [
    "the webhook is set, yet calls never come",
    "403 with code 7503, Application is not registered in our store",
  ],
  run: async ({ channel }) => judgeChannelCalling(await channel()),
};
