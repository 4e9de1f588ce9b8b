// Whether the bot can sign in for a while yet, and only with what the stack gave it.
import type { RegisteredApplication } from "../../../graph/registered-application.js";
import { CredentialKind } from "../../../rules/credential.js";
import type { StackOutputs } from "../../../rules/outputs.js";
import { type Check, fail, type Outcome, pass, skip, warn } from "../../checks/check.js";
import { count } from "../../checks/count.js";
import { type SortedTrusts, shownTrust, sortTrusts, type Trust } from "../federated-trusts.js";
import { isCertificate } from "../own-certificate.js";
import { MOST_SECRETS, secretsOf } from "../own-secrets.js";
import type { VerifyContext } from "../verify-context.js";

const DAY_MS = 24 * 60 * 60 * 1000;
const SOON_DAYS = 30;

/** An end, or nothing where there is no credential that has one. */
type End = number | undefined;

export function judgeCredential(
  bot: StackOutputs,
  found: RegisteredApplication,
  trusts: readonly Trust[],
  now: Date,
): Outcome {
  const { passwordCredentials: secrets, keyCredentials: certificates } = found;
  const latest = lastEnd([...secrets, ...certificates]);
  // What stays of before for a while is asked for too.
  const asked = bot.previousCredential;
  const unasked = (kind: CredentialKind, held: number) => (asked === kind ? 0 : held);
  const [besideSecrets, besideTrusts] = [
    unasked(CredentialKind.Secret, secrets.length),
    bot.federated === undefined
      ? unasked(CredentialKind.Federated, trusts.length)
      : sortTrusts(bot, trusts).foreign.length,
  ];
  const besideCertificates = unasked(CredentialKind.Certificate, certificates.length);
  const evidence = {
    secrets: secrets.length,
    certificates: certificates.length,
    federated: trusts.map(({ name }) => name),
    ...(latest === undefined ? {} : { endsAt: new Date(latest).toISOString() }),
  };
  if (bot.credential === CredentialKind.Federated) {
    const { known, foreign, ...gone } = sortTrusts(bot, trusts);
    return judgeFederated(
      { known: known.length, ...gone },
      counted(besideSecrets, besideCertificates, foreign.length),
      evidence,
    );
  }
  if (secrets.length + certificates.length + trusts.length === 0) {
    return fail(
      "The application has no credential: the bot cannot sign in.",
      "Set credential of the stack to federated, certificate or secret, or give the application a certificate.",
      evidence,
    );
  }
  if (bot.certificate !== undefined) {
    const own = certificates.filter(isCertificate(bot.certificate));
    const more = Math.max(0, certificates.length - MOST_SECRETS);
    const besides = counted(besideSecrets, more, besideTrusts);
    return judgeCertificate(own, besides, now, evidence);
  }
  const isSecret = bot.credential === CredentialKind.Secret;
  const { own, foreign } = isSecret ? secretsOf(bot, secrets) : { own: [], foreign: [] };
  if (isSecret && own.length === 0) {
    return fail(
      "The application has no client secret of the stack, whatever else it has: the bot cannot sign in.",
      "Raise credential.generation and run pulumi up, then hand the new secret to the bot.",
      evidence,
    );
  }
  const end = isSecret ? lastEnd(own) : latest;
  if (end !== undefined && end < now.getTime()) {
    const ended = `ended on ${new Date(end).toISOString().slice(0, 10)}`;
    const advice =
      "Replace it: pulumi up where the stack makes it, else give the application a new one.";
    return isSecret || trusts.length === 0
      ? fail(
          `The last credential ${ended}: the bot cannot sign in (AADSTS7000222).`,
          advice,
          evidence,
        )
      : warn(
          `The last secret or certificate ${ended}: only a bot that uses a federated credential can sign in.`,
          `${advice} If the bot uses none of them, delete them.`,
          evidence,
        );
  }
  const besides = isSecret
    ? counted(foreign.length, besideCertificates, besideTrusts)
    : secrets.length > MOST_SECRETS
      ? `${secrets.length} secrets, where two are enough while one is replaced`
      : "";
  if (besides !== "") return surplus(bot.credential, besides, evidence);
  return judgeEnd(end, now, trusts.length > 0, evidence);
}

function judgeFederated(
  {
    known,
    missing,
    changed,
  }: Pick<SortedTrusts, "missing" | "changed"> & { readonly known: number },
  besides: string,
  evidence: Outcome["evidence"],
): Outcome {
  const [wrong] = changed;
  if (wrong !== undefined) {
    const { name } = wrong.declared;
    return fail(
      `The federated credential ${name} takes tokens ${shownTrust(wrong.found)}, and the stack says ${shownTrust({ ...wrong.declared, audiences: [wrong.declared.audience] })}: whom the stack means cannot sign in (AADSTS70021, AADSTS700213).`,
      "Somebody has changed it. Run pulumi refresh and pulumi up; every part counts letter for letter.",
      evidence,
    );
  }
  if (known === 0 || missing.length > 0) {
    const names = missing.map(({ name }) => name).join(", ");
    return fail(
      `The federated credential ${names === "" ? "of the stack" : names} is gone: the bot cannot sign in with it, whatever else the application has.`,
      "Run pulumi refresh and pulumi up, and delete under Certificates & secrets what nobody uses.",
      evidence,
    );
  }
  if (besides !== "") return surplus(CredentialKind.Federated, besides, evidence);
  return pass("The credential is federated.", evidence);
}

function judgeCertificate(
  own: RegisteredApplication["keyCredentials"],
  besides: string,
  now: Date,
  evidence: Outcome["evidence"],
): Outcome {
  const end = lastEnd(own);
  if (end === undefined) {
    return fail(
      "The application has no certificate of the stack, whatever else it has: the bot cannot sign in with it.",
      "Run pulumi refresh and pulumi up.",
      evidence,
    );
  }
  if (end < now.getTime()) {
    return fail(
      `The certificate ended on ${new Date(end).toISOString().slice(0, 10)}: the bot cannot sign in (AADSTS700027).`,
      "Raise credential.generation with a new certificate and run pulumi up.",
      evidence,
    );
  }
  if (besides !== "") return surplus(CredentialKind.Certificate, besides, evidence);
  return judgeEnd(end, now, false, evidence);
}

function judgeEnd(end: End, now: Date, trusted: boolean, evidence: Outcome["evidence"]): Outcome {
  if (end === undefined) {
    return pass(trusted ? "The credential is federated." : "The credential has no end.", evidence);
  }
  const days = Math.floor((end - now.getTime()) / DAY_MS);
  if (days < SOON_DAYS) {
    return warn(
      `The last credential ends in ${count(days, "day")}.`,
      "Make its successor now, hand it to the bot, and delete the old one after the bot has restarted.",
      evidence,
    );
  }
  return pass(`The credential ends in ${count(days, "day")}.`, evidence);
}

const MADE: Readonly<Record<CredentialKind, string>> = {
  [CredentialKind.Federated]: "a federated credential",
  [CredentialKind.Certificate]: "a certificate",
  [CredentialKind.Secret]: "a client secret",
  [CredentialKind.None]: "nothing",
};

function surplus(made: CredentialKind, besides: string, evidence: Outcome["evidence"]): Outcome {
  return warn(
    made === CredentialKind.None
      ? `The application has ${besides}.`
      : `Credentials: more than asked for. The stack made ${MADE[made]}, and the application has ${besides} besides.`,
    "Every credential is one more way to act as the bot. Delete those that nobody uses under Certificates & secrets.",
    evidence,
  );
}

/** `2 secrets and 1 certificate`; empty when there are none. */
function counted(secrets: number, certificates: number, federated: number): string {
  const parts: [number, string][] = [
    [secrets, "secret"],
    [certificates, "certificate"],
    [federated, "federated credential"],
  ];
  return parts
    .filter(([number]) => number > 0)
    .map(([number, one]) => count(number, one))
    .join(" and ");
}

function lastEnd(held: readonly { readonly endDateTime?: string | null | undefined }[]): End {
  const ends = held.map(({ endDateTime }) => Date.parse(endDateTime ?? ""));
  const known = ends.filter((end) => !Number.isNaN(end));
  return known.length === 0 ? undefined : Math.max(...known);
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
