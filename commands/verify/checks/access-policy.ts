// The application access policy that OnlineMeetings.* needs. Only Teams PowerShell can read or make it.
import { accessPolicyScript, needingAccessPolicy } from "../../../rules/access-policy.js";
import type { StackOutputs } from "../../../rules/outputs.js";
import { type Check, type Outcome, skip } from "../../checks/check.js";
import type { VerifyContext } from "../verify-context.js";

export function judgeAccessPolicy(bot: StackOutputs): Outcome {
  const needing = needingAccessPolicy(bot.permissions.map(({ value }) => value));
  if (needing.length === 0)
    return skip("No app role of the bot needs an application access policy.");
  const script = accessPolicyScript(bot.botName, bot.appId);
  return skip(
    `Whether there is an application access policy for ${needing.join(", ")} cannot be read: there is no API for it.`,
    `In Teams PowerShell look with: Get-CsApplicationAccessPolicy. If no policy lists ${bot.appId}, run: ${script.join(" and then: ")}. "No Application Access Policy found for this app" also means that the policy is granted to another user than the one in the request's path, or is less than 30 minutes old.`,
    { needing, script },
  );
}

export const accessPolicy: Check<VerifyContext> = {
  id: "access-policy",
  title:
    "an application access policy exists where an OnlineMeetings role needs one (no API: prints the PowerShell)",
  explains: ["No Application Access Policy found for this app"],
  run: async ({ bot }) => judgeAccessPolicy(bot),
};
