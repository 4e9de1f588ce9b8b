// When the stack's own client secret or certificate has to get its successor.
import type { RegisteredApplication } from "../../../graph/registered-application.js";
import { CredentialKind } from "../../../rules/credential.js";
import type { StackOutputs } from "../../../rules/outputs.js";
import { type Check, fail, type Outcome, pass, skip, warn } from "../../checks/check.js";
import { count } from "../../checks/count.js";
import { isCertificate } from "../own-certificate.js";
import type { VerifyContext } from "../verify-context.js";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Long enough for a planned update, and for the bot to take the new secret. */
const SOON_DAYS = 45;

export function judgeGeneration(
  bot: StackOutputs,
  { passwordCredentials, keyCredentials }: RegisteredApplication,
  now: Date,
): Outcome {
  const { credential, credentialGeneration: generation, certificate } = bot;
  if (certificate !== undefined && generation !== undefined) {
    return judgeEnd({ what: "certificate", generation, renewing: RENEW_CERTIFICATE }, now, {
      endDateTime: keyCredentials.find(isCertificate(certificate))?.endDateTime,
    });
  }
  if (credential !== CredentialKind.Secret || generation === undefined) {
    return skip("The stack made neither a client secret nor a certificate.");
  }
  const current = passwordCredentials.find(({ displayName }) =>
    isOf(displayName ?? "", generation),
  );
  const renewing = "the secret of today stays good until the time after that.";
  return judgeEnd({ what: "secret", generation, renewing }, now, current);
}

const RENEW_CERTIFICATE =
  "write its successor as credential.certificate and this one as previousCertificate, and it stays good until the time after that.";

function judgeEnd(
  held: { readonly what: string; readonly generation: number; readonly renewing: string },
  now: Date,
  current: { readonly endDateTime?: string | null | undefined } | undefined,
): Outcome {
  const { what, generation, renewing } = held;
  const end = Date.parse(current?.endDateTime ?? "");
  const evidence = { generation, endsAt: current?.endDateTime ?? null };
  const raise = `Set credential.generation to ${generation + 1} and run pulumi up: ${renewing}`;
  if (Number.isNaN(end)) {
    return fail(
      `The application has no ${what} of generation ${generation}: somebody has deleted it.`,
      `${raise} Then hand the new one to the bot.`,
      evidence,
    );
  }
  const days = Math.floor((end - now.getTime()) / DAY_MS);
  if (days < 0) {
    return fail(`The ${what} of generation ${generation} has ended.`, raise, evidence);
  }
  if (days < SOON_DAYS) {
    return warn(
      `The ${what} of generation ${generation} ends in ${count(days, "day")}.`,
      raise,
      evidence,
    );
  }
  return pass(`The ${what} of generation ${generation} ends in ${count(days, "day")}.`, evidence);
}

/** Secrets of the first generation bear a name of the stack's choice, so any without a number may be it. */
function isOf(displayName: string, generation: number): boolean {
  const [, number] = /\(generation (\d+)\)$/.exec(displayName) ?? [];
  return generation === 0 ? number === undefined : number === String(generation);
}

export const credentialGeneration: Check<VerifyContext> = {
  id: "credential-generation",
  title:
    "the stack's client secret or certificate lasts another 45 days, or credential.generation has to be raised",
  run: async ({ bot, application, now }) => {
    const found = await application();
    return found === undefined
      ? skip("There is no application.")
      : judgeGeneration(bot, found, now);
  },
};
