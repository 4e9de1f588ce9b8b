// When the stack's own client secret has to get its successor.
import type { RegisteredApplication } from "../../../graph/registered-application.js";
import { CredentialKind } from "../../../rules/credential.js";
import type { StackOutputs } from "../../../rules/outputs.js";
import { type Check, fail, type Outcome, pass, skip, warn } from "../../checks/check.js";
import { count } from "../../checks/count.js";
import type { VerifyContext } from "../verify-context.js";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Long enough for a planned update, and for the bot to take the new secret. */
const SOON_DAYS = 45;

export function judgeGeneration(
  { credential, credentialGeneration: generation }: StackOutputs,
  { passwordCredentials }: RegisteredApplication,
  now: Date,
): Outcome {
  if (credential !== CredentialKind.Secret || generation === undefined) {
    return skip("The stack made no client secret.");
  }
  const current = passwordCredentials.find(({ displayName }) =>
    isOf(displayName ?? "", generation),
  );
  const end = Date.parse(current?.endDateTime ?? "");
  const evidence = { generation, endsAt: current?.endDateTime ?? null };
  const raise = `Set credential.generation to ${generation + 1} and run pulumi up: the secret of today stays good until the time after that.`;
  if (current === undefined || Number.isNaN(end)) {
    return fail(
      `The application has no secret of generation ${generation}: somebody has deleted it.`,
      `${raise} Then hand the new one to the bot.`,
      evidence,
    );
  }
  const days = Math.floor((end - now.getTime()) / DAY_MS);
  if (days < 0) {
    return fail(`The secret of generation ${generation} has ended.`, raise, evidence);
  }
  if (days < SOON_DAYS) {
    return warn(
      `The secret of generation ${generation} ends in ${count(days, "day")}.`,
      raise,
      evidence,
    );
  }
  return pass(`The secret of generation ${generation} ends in ${count(days, "day")}.`, evidence);
}

/** Secrets of the first generation bear a name of the stack's choice, so any without a number may be it. */
function isOf(displayName: string, generation: number): boolean {
  const [, number] = /\(generation (\d+)\)$/.exec(displayName) ?? [];
  return generation === 0 ? number === undefined : number === String(generation);
}

export const credentialGeneration: Check<VerifyContext> = {
  id: "credential-generation",
  title:
    "the stack's client secret lasts another 45 days, or credential.generation has to be raised",
  run: async ({ bot, application, now }) => {
    const found = await application();
    return found === undefined
      ? skip("There is no application.")
      : judgeGeneration(bot, found, now);
  },
};
