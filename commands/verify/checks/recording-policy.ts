// The compliance recording policy of a bot that records. Only Teams PowerShell can read or make it.
import type { StackOutputs } from "../../../rules/outputs.js";
import { findPermission } from "../../../rules/permissions.js";
import { type Check, type Outcome, skip } from "../../checks/check.js";
import type { VerifyContext } from "../verify-context.js";

export function judgeRecording(bot: StackOutputs): Outcome {
  const media = bot.permissions.find(({ value }) => findPermission(value)?.touchesMedia);
  if (media === undefined) return skip("The bot hears nothing, so it records nothing.");
  const script = [
    "Get-CsOnlineApplicationInstance",
    "Get-CsTeamsComplianceRecordingPolicy",
    'Get-CsOnlineUser -Identity "<user>" | Select TeamsComplianceRecordingPolicy',
  ];
  return skip(
    `With ${media.value} the bot can hear calls; what it keeps of them, and for whom, cannot be read: there is no API for it.`,
    `Nothing may be kept before updateRecordingStatus has succeeded. Where it answers 8506, nobody in the call has a recording policy, or its application instance is not synced (Sync-CsOnlineApplicationInstance). Look in Teams PowerShell: ${script.join("; ")}. RequiredBeforeMeetingJoin, RequiredBeforeCallEstablishment and RequiredDuringCall keep people out of their calls while the bot is down: set them only where the law demands it.`,
    { script },
  );
}

export const recordingPolicy: Check<VerifyContext> = {
  id: "recording-policy",
  title: "what the bot hears is recorded only under a policy (no API: prints the PowerShell)",
  explains: [
    "updateRecordingStatus fails with code 8506",
    "a user with a recording policy cannot join",
  ],
  run: async ({ bot }) => judgeRecording(bot),
};
