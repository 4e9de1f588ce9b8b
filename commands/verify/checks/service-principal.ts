// Whether the bot may sign in in its own tenant.
import type { ServicePrincipal } from "../../../graph/registered-application.js";
import type { StackOutputs } from "../../../rules/outputs.js";
import { type Check, fail, type Outcome, pass } from "../../checks/check.js";
import type { VerifyContext } from "../verify-context.js";

export function judgeServicePrincipal(
  bot: StackOutputs,
  found: ServicePrincipal | undefined,
): Outcome {
  if (found === undefined) {
    return fail(
      `Tenant ${bot.tenantId} has no service principal of ${bot.appId}: the bot cannot sign in.`,
      "Run pulumi refresh and pulumi up; consent has to be given again afterwards.",
      { appId: bot.appId },
    );
  }
  const evidence = { objectId: found.id, accountEnabled: found.accountEnabled ?? null };
  if (found.accountEnabled === false) {
    return fail(
      "The service principal is disabled: the bot gets no token (AADSTS7000112).",
      "Let an administrator enable it under Enterprise applications, Properties, Enabled for users to sign-in.",
      evidence,
    );
  }
  return pass("The service principal is enabled.", evidence);
}

export const servicePrincipal: Check<VerifyContext> = {
  id: "service-principal",
  title: "the service principal is there and enabled",
  run: async ({ bot, servicePrincipal: read }) => judgeServicePrincipal(bot, await read()),
};
