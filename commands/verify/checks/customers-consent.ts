// Whether the customers that the stack names have consented: each tenant owns its own meetings.
import { tenantId } from "../../../graph/tenant-id.js";
import { ConsentState, countedTenants } from "../../../rules/consent-state.js";
import { ReadProblem } from "../../../rules/consent-unknown.js";
import { CannotTell } from "../../checks/cannot-tell.js";
import { type Check, fail, type Outcome, pass, skip, warn } from "../../checks/check.js";
import { count } from "../../checks/count.js";
import { type ConsentTarget, consentTargets } from "../../consent/consent-targets.js";
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

/** Whether something is granted there. */
function hasGranted({ consent: { state, surplus = [] } }: Judgement): boolean {
  const granting = state === ConsentState.Granted || state === ConsentState.Partial;
  return granting || surplus.length > 0;
}

/** Adds to what is known of the customers those that the stack names no longer and that have not taken their consent back. */
export function judgeFormer(listed: Outcome, appId: string, former: readonly Judgement[]): Outcome {
  const still = former.filter(hasGranted).map(({ consent }) => consent.tenant);
  if (still.length === 0) return listed;
  const finding = `Consented, and not named in consent.customerTenants: ${still.join(", ")}.`;
  const advice = `Name them again, or let an administrator there delete the enterprise application: az ad sp delete --id ${appId}.`;
  const more = { ...listed.evidence, formerTenants: still };
  return listed.status === "fail"
    ? fail(`${listed.finding} ${finding}`, `${listed.advice ?? ""} ${advice}`.trim(), more)
    : warn(finding, advice, more);
}

/** The same tenant may have been named by its domain and is now by its id. */
async function isNamedOtherwise(
  login: string,
  tenant: string,
  listed: readonly string[],
  signal: AbortSignal,
): Promise<boolean> {
  const ids = await Promise.all(
    [tenant, ...listed].map((one) => tenantId(login, one, signal).catch(() => one)),
  );
  return ids.slice(1).includes(ids[0] ?? "");
}

export const customersConsent: Check<VerifyContext> = {
  id: "customers-consent",
  title: "every customer that the stack names has consented, and none that it names no longer",
  explains: ["403 with code 7504 in a customer's meeting"],
  run: async ({ bot, env, endpoints }, signal) => {
    const { targets } = consentTargets(bot, env, undefined);
    const customers = countedTenants(targets).filter(({ isOwn }) => !isOwn);
    const clientSecret = env["BOT_CLIENT_SECRET"];
    const judged = {
      endpoints,
      appId: bot.appId,
      asked: bot.permissions.map(({ value }) => value),
      ...(clientSecret ? { clientSecret } : {}),
    };
    const look = (tenants: readonly ConsentTarget[]) =>
      Promise.all(tenants.map((one) => judgeTenant(judged, one)));
    const names = customers.map(({ tenant }) => tenant);
    const former: ConsentTarget[] = [];
    for (const tenant of bot.consent.formerTenants ?? []) {
      const isNamed = await isNamedOtherwise(endpoints.login, tenant, names, signal);
      if (!isNamed) former.push({ tenant, isOwn: false });
    }
    const [listed, unlisted] = await Promise.all([look(customers), look(former)]);
    const outcome =
      customers.length === 0
        ? skip("The stack names no customers' tenants.")
        : judgeCustomers(listed);
    return judgeFormer(outcome, bot.appId, unlisted);
  },
};
