// Whether the Azure Bot is registered for this application in this tenant.
import type { AzureBot } from "../../../arm/azure-bot.js";
import { BotType } from "../../../rules/bot-choices.js";
import type { StackOutputs } from "../../../rules/outputs.js";
import { type Check, fail, type Outcome, pass, warn } from "../../checks/check.js";
import type { VerifyContext } from "../verify-context.js";

export function judgeAzureBot(bot: StackOutputs, found: AzureBot | undefined): Outcome {
  if (found === undefined) {
    return fail(
      `There is no Azure Bot ${bot.botResourceId}.`,
      "Run pulumi refresh and pulumi up. Without it Graph answers calls with 403 and code 7503, Application is not registered in our store.",
      {},
    );
  }
  const { msaAppId, msaAppType, msaAppTenantId, msaAppMSIResourceId } = found.properties;
  const evidence = { msaAppId, msaAppType, msaAppTenantId, msaAppMSIResourceId };
  if (!same(msaAppId, bot.appId)) {
    return fail(
      `The Azure Bot is registered for app id ${msaAppId}, and the stack's application is ${bot.appId}.`,
      "The app id of a bot cannot change: delete the Azure Bot and run pulumi refresh and pulumi up.",
      evidence,
    );
  }
  if (msaAppType === "MultiTenant") {
    return warn(
      "The Azure Bot is of the deprecated type MultiTenant.",
      "It goes on working, and no new one can be made. Customers' tenants are reached by the application's audience, not by the type of the bot: register it as SingleTenant.",
      evidence,
    );
  }
  if (!same(msaAppTenantId, bot.tenantId)) {
    return fail(
      `The Azure Bot belongs to tenant ${msaAppTenantId ?? "(none)"}, and its application to ${bot.tenantId}: Graph answers calls with 403 and code 7505, Request authorization tenant mismatch.`,
      "Register the bot in the tenant of its application. The tenantId of a call has to be that of the users or the meeting, at the top of the body, and the bot's token has to come from the same tenant.",
      evidence,
    );
  }
  if (msaAppType === BotType.UserAssignedMSI && !msaAppMSIResourceId) {
    return fail(
      "The Azure Bot signs in as a managed identity and does not say which: it sends no replies.",
      "A bot of type UserAssignedMSI needs type, tenant id and the identity's resource id together. Run pulumi refresh and pulumi up.",
      evidence,
    );
  }
  const expected =
    bot.applicationObjectId === undefined ? BotType.UserAssignedMSI : BotType.SingleTenant;
  if (msaAppType !== expected) {
    return fail(
      `The Azure Bot is of type ${msaAppType}, and the stack made one of type ${expected}.`,
      "The type cannot change: delete the Azure Bot and run pulumi refresh and pulumi up.",
      evidence,
    );
  }
  return pass(
    `The Azure Bot ${found.name} is registered for this application and tenant.`,
    evidence,
  );
}

function same(a: string | null | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}

export const azureBot: Check<VerifyContext> = {
  id: "azure-bot",
  title: "the Azure Bot is there, of the right type, for this app id and tenant",
  explains: [
    "403 with code 7503, Application is not registered in our store",
    "403 with code 7505, Request authorization tenant mismatch",
    "a bot with a managed identity sends no replies",
  ],
  run: async ({ bot, azureBot: read }) => judgeAzureBot(bot, await read()),
};
