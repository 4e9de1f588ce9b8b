// Whether the customers that the stack names have consented: each tenant owns its own meetings.
import { ConsentState, countedTenants } from "../../../rules/consent-state.js";
import { ReadProblem } from "../../../rules/consent-unknown.js";
import { CannotTell } from "../../checks/cannot-tell.js";
import { type Check, fail, type Outcome, pass, skip } from "../../checks/check.js";
import { count } from "../../checks/count.js";
import { consentTargets } from "../../consent/consent-targets.js";
import { type Judgement, judgeTenant } from "../../consent/judge-tenant.js";
import type { VerifyContext } from "../verify-context.js";

/** Nobody who runs this may look there: it is the same at every run, and no reading that went wrong. */
const NOT_OURS_TO_READ: readonly (ReadProblem | undefined)[] = [
  undefined,
  ReadProblem.AnyOrganisation,
  ReadProblem.Forbidden,
  ReadProblem.OtherTenant,
  ReadProblem.SignIn,
];

/** What would let somebody look into a tenant. */
function hiddenBecause(problem: ReadProblem | undefined): {
  readonly why: string;
  fix(tenant: string): string;
} {
  switch (problem) {
    case ReadProblem.Forbidden:
      return {
        why: "whoever is signed in there may not read applications",
        fix: (tenant) =>
          `Give whoever asks the Microsoft Graph app role Application.Read.All in ${tenant} (a person there: Directory Readers).`,
      };
    case ReadProblem.AnyOrganisation:
      return {
        why: "it stands for no tenant in particular",
        fix: () => "Name each customer's tenant in consent.customerTenants.",
      };
    default:
      return {
        why: "nobody is signed in there",
        fix: (tenant) =>
          `Sign in to ${tenant} as somebody who may read applications there (Microsoft Graph app role Application.Read.All): az login --tenant ${tenant}.`,
      };
  }
}

/** @throws CannotTell when a tenant could not be looked at this time */
export function judgeCustomers(judgements: readonly Judgement[]): Outcome {
  const consents = judgements.map(({ consent }) => consent);
  const evidence = { tenants: consents };
  const refused = consents.filter(({ missing = [] }) => missing.length > 0);
  if (refused.length > 0) {
    const links = refused.flatMap(({ tenant, link }) =>
      link === undefined ? [] : [`${tenant}: ${link}`],
    );
    return fail(
      `Customers have not consented to everything: ${refused.map(({ tenant, missing = [] }) => `${tenant} (${missing.join(", ")})`).join("; ")}. Their meetings answer 403 with code 7504.`,
      `Let a Privileged Role Administrator or Global Administrator of each open its link. ${links.join(" ")}`.trim(),
      evidence,
    );
  }
  const unread = judgements.filter(({ problem }) => !NOT_OURS_TO_READ.includes(problem));
  if (unread.length > 0) {
    const reasons = unread.map(({ consent }) => `${consent.tenant}: ${consent.reason ?? ""}`);
    throw new CannotTell(
      `Consent of customers could not be read. ${reasons.join(" ")}`,
      "Run it again when that is mended.",
    );
  }
  const unknown = consents.filter(({ state }) => state === ConsentState.Unknown);
  if (unknown.length > 0) {
    const hidden = judgements.filter(({ consent }) => consent.state === ConsentState.Unknown);
    const reasons = hidden.map(
      ({ consent: { tenant }, problem }) => `${tenant} (${hiddenBecause(problem).why})`,
    );
    const fixes = hidden.map(({ consent, problem }) => hiddenBecause(problem).fix(consent.tenant));
    return skip(
      `Consent of ${reasons.join(", ")} cannot be told.`,
      `${fixes.join(" ")} Or set BOT_CLIENT_SECRET: the roles in the bot's own token tell what each tenant has granted.`,
      evidence,
    );
  }
  return pass(
    `${count(consents.length, "customer has", "customers have")} consented, every one that the stack names.`,
    evidence,
  );
}

export const customersConsent: Check<VerifyContext> = {
  id: "customers-consent",
  title: "every customer that the stack names has consented",
  explains: ["403 with code 7504 in a customer's meeting"],
  run: async ({ bot, env, endpoints }) => {
    const { targets } = consentTargets(bot, env, undefined);
    const customers = countedTenants(targets).filter(({ isOwn }) => !isOwn);
    if (customers.length === 0) return skip("The stack names no customers' tenants.");
    const clientSecret = env["BOT_CLIENT_SECRET"];
    const judged = {
      endpoints,
      appId: bot.appId,
      asked: bot.permissions.map(({ value }) => value),
      ...(clientSecret ? { clientSecret } : {}),
    };
    return judgeCustomers(await Promise.all(customers.map((one) => judgeTenant(judged, one))));
  },
};
