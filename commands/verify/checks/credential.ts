// Whether the bot can sign in for a while yet, and only with what the stack gave it.
import type { RegisteredApplication } from "../../../graph/registered-application.js";
import { CredentialKind } from "../../../rules/credential.js";
import type { StackOutputs } from "../../../rules/outputs.js";
import { type Check, fail, type Outcome, pass, skip, warn } from "../../checks/check.js";
import type { VerifyContext } from "../verify-context.js";

const DAY_MS = 24 * 60 * 60 * 1000;
const SOON_DAYS = 30;
/** While a secret is being replaced there are the old and the new one. */
const MOST_SECRETS = 2;

export function judgeCredential(
  bot: StackOutputs,
  found: RegisteredApplication,
  trusts: readonly { readonly name: string }[],
  now: Date,
): Outcome {
  const held = [...found.passwordCredentials, ...found.keyCredentials];
  const ends = held.map(({ endDateTime }) => Date.parse(endDateTime ?? ""));
  const latest = Math.max(...ends.filter((end) => !Number.isNaN(end)));
  const daysLeft = Math.floor((latest - now.getTime()) / DAY_MS);
  const secrets = found.passwordCredentials.length;
  const evidence = {
    secrets,
    certificates: found.keyCredentials.length,
    federated: trusts.map(({ name }) => name),
    ...(held.length > 0 ? { endsAt: new Date(latest).toISOString() } : {}),
  };
  if (held.length === 0 && trusts.length === 0) {
    return fail(
      "The application has no credential: the bot cannot sign in.",
      "Set credential of the stack to federated or secret, or give the application a certificate.",
      evidence,
    );
  }
  if (trusts.length === 0 && daysLeft < 0) {
    return fail(
      `The last credential ended on ${new Date(latest).toISOString().slice(0, 10)}: the bot cannot sign in (AADSTS7000222).`,
      "Replace it: pulumi up where the stack makes it, else give the application a new one.",
      evidence,
    );
  }
  const surplus = surplusOf(bot, secrets, found.keyCredentials.length);
  if (surplus !== undefined) {
    return warn(
      surplus,
      "Every credential is one more way to act as the bot. Delete those that nobody uses under Certificates & secrets.",
      evidence,
    );
  }
  if (trusts.length === 0 && daysLeft < SOON_DAYS) {
    return warn(
      `The last credential ends in ${daysLeft} days.`,
      "Make its successor now, hand it to the bot, and delete the old one after the bot has restarted.",
      evidence,
    );
  }
  const what = trusts.length > 0 ? "is federated" : `ends in ${daysLeft} days`;
  return pass(`The credential ${what}.`, evidence);
}

/** What there is more of than the stack made, as a sentence. */
function surplusOf(bot: StackOutputs, secrets: number, certificates: number): string | undefined {
  if (bot.credential === CredentialKind.Federated && secrets + certificates > 0) {
    return `The stack made a federated credential, and the application has ${secrets} secrets and ${certificates} certificates besides.`;
  }
  return secrets > MOST_SECRETS
    ? `The application has ${secrets} secrets, and two are enough while one is replaced.`
    : undefined;
}

export const credential: Check<VerifyContext> = {
  id: "credential",
  title:
    "the bot has a credential that lasts another 30 days, and none that the stack did not make",
  run: async ({ bot, application, trusts, now }) => {
    if (bot.applicationObjectId === undefined) {
      return skip("A managed identity needs no credential.");
    }
    const [found, federated] = await Promise.all([application(), trusts()]);
    if (found === undefined) return skip("There is no application.");
    return judgeCredential(bot, found, federated ?? [], now);
  },
};
