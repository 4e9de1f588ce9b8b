// Whether the Entra application of the outputs is there.
import type { RegisteredApplication } from "../../../graph/registered-application.js";
import type { StackOutputs } from "../../../rules/outputs.js";
import { type Check, fail, type Outcome, pass, skip } from "../../checks/check.js";
import type { VerifyContext } from "../verify-context.js";

export function judgeApplication(
  bot: StackOutputs,
  found: RegisteredApplication | undefined,
): Outcome {
  if (found === undefined) {
    return fail(
      `Tenant ${bot.tenantId} has no application ${bot.appId}.`,
      "Somebody has deleted it: restore it in the Azure portal under App registrations, Deleted applications, within 30 days, or run pulumi refresh and pulumi up to register another, which needs consent again.",
      { appId: bot.appId },
    );
  }
  const evidence = { objectId: found.id, displayName: found.displayName };
  if (found.id.toLowerCase() !== bot.applicationObjectId?.toLowerCase()) {
    return fail(
      `The application ${bot.appId} has the object id ${found.id}, and the outputs say ${bot.applicationObjectId}.`,
      "Run pulumi refresh, and check that the outputs are those of this stack.",
      evidence,
    );
  }
  return pass(`The application ${bot.appId} is registered.`, evidence);
}

export const application: Check<VerifyContext> = {
  id: "application",
  title: "the Entra application is there",
  run: async ({ bot, application: read }) =>
    bot.applicationObjectId === undefined
      ? skip("The bot signs in as a managed identity and has no application of its own.")
      : judgeApplication(bot, await read()),
};
