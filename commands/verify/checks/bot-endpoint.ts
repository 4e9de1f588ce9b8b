// Whether messages go where the stack says, and whether the Bot Service lets the public network in.
import type { AzureBot } from "../../../arm/azure-bot.js";
import type { StackOutputs } from "../../../rules/outputs.js";
import { type Check, fail, type Outcome, pass, skip, warn } from "../../checks/check.js";
import type { VerifyContext } from "../verify-context.js";

export function judgeBotEndpoint(bot: StackOutputs, { properties }: AzureBot): Outcome {
  const evidence = {
    endpoint: properties.endpoint,
    publicNetworkAccess: properties.publicNetworkAccess,
  };
  if (properties.endpoint !== bot.messagingEndpoint) {
    return fail(
      `Messages go to ${properties.endpoint || "nowhere"}, and the stack says ${bot.messagingEndpoint}.`,
      "Somebody has changed the messaging endpoint. Run pulumi refresh and pulumi up, or change the stack.",
      evidence,
    );
  }
  if (/^disabled$/i.test(properties.publicNetworkAccess ?? "")) {
    return warn(
      "Public network access of the Azure Bot is disabled.",
      "Teams reaches a bot through the public network alone: enable it under Networking unless the bot is only for Direct Line.",
      evidence,
    );
  }
  return pass(`Messages go to ${properties.endpoint}.`, evidence);
}

export const botEndpoint: Check<VerifyContext> = {
  id: "bot-endpoint",
  title: "the messaging endpoint is the stack's, and the public network may use the bot",
  run: async ({ bot, azureBot }) => {
    const found = await azureBot();
    return found === undefined ? skip("There is no Azure Bot.") : judgeBotEndpoint(bot, found);
  },
};
