// Whether consent is in force in the bot's own tenant, which is what calls and meetings are refused without.
import type { GrantedAppRoles } from "../../../graph/granted-app-roles.js";
import { consentState } from "../../../rules/consent-state.js";
import type { StackOutputs } from "../../../rules/outputs.js";
import { type Check, fail, type Outcome, pass, warn } from "../../checks/check.js";
import { count } from "../../checks/count.js";
import { consentTargets } from "../../consent/consent-targets.js";
import type { VerifyContext } from "../verify-context.js";

/** Tokens of managed identities are kept this long ("How to use managed identities", caching). */
const MANAGED_IDENTITY_CACHE_MS = 24 * 60 * 60 * 1000;

export function judgeConsent(
  bot: StackOutputs,
  granted: GrantedAppRoles,
  link: string | undefined,
  now: Date,
): Outcome {
  const asked = bot.permissions.map(({ value }) => value);
  const roles = granted.assignments.map(({ role }) => role);
  const { missing = [], surplus = [] } = consentState({
    tenant: bot.tenantId,
    asked,
    granted: { roles },
  });
  const evidence = {
    missing,
    surplus,
    granted: granted.assignments.map(({ role, grantedAt }) => ({ role, grantedAt })),
    ofOtherApis: granted.ofOtherApis,
  };
  if (missing.length > 0) {
    return fail(
      `Consent is not in force for ${missing.join(", ")}: Graph answers 403 with code 7504, Insufficient enterprise tenant permissions.`,
      `${howToConsent(link)} Consent has to be repeated after every change of permissions, in every tenant that owns a meeting the bot joins. If 7504 stays although everything is granted, the call names another tenant than the meeting's.`,
      evidence,
    );
  }
  const others = granted.ofOtherApis.map(
    ({ api, role, grantedAt }) => `app role ${role} of ${api}${since(grantedAt)}`,
  );
  const more = [...surplus.map((role) => shownGrant(granted, role)), ...others];
  if (more.length > 0) {
    return warn(
      `More is granted than the stack asks for: ${more.join(", ")}.`,
      `Take it back under Enterprise applications, Permissions, unless it is wanted. Who granted it stands in the directory's audit log, activity "Add app role assignment to service principal" (/auditLogs/directoryAudits of Microsoft Graph, app role AuditLog.Read.All).`,
      evidence,
    );
  }
  const fresh = bot.applicationObjectId === undefined ? grantedWithinADay(granted, now) : [];
  if (fresh.length > 0) {
    return warn(
      `${fresh.join(", ")} is granted, but the managed identity's token may lag up to 24 hours behind.`,
      "Tokens of managed identities are cached for about a day, also across restarts: wait, or move a calling bot to a federated credential or certificate, whose tokens are new after each sign-in.",
      evidence,
    );
  }
  const all = count(
    asked.length,
    "app role that the stack asks for is",
    "app roles that the stack asks for are",
  );
  return pass(
    asked.length === 0 ? "The stack asks for no app roles." : `The ${all} granted.`,
    evidence,
  );
}

function howToConsent(link: string | undefined): string {
  const who = "Let a Privileged Role Administrator or Global Administrator";
  return link === undefined
    ? `${who} assign them to the managed identity, or set consent.mode to grant.`
    : `${who} open ${link}.`;
}

function shownGrant({ assignments }: GrantedAppRoles, role: string): string {
  const grantedAt = assignments.find((one) => one.role === role)?.grantedAt;
  return `${role}${since(grantedAt)}`;
}

function since(grantedAt: string | undefined): string {
  return grantedAt === undefined ? "" : ` (since ${grantedAt})`;
}

function grantedWithinADay({ assignments }: GrantedAppRoles, now: Date): string[] {
  return assignments
    .filter(({ grantedAt = "" }) => {
      const age = now.getTime() - Date.parse(grantedAt);
      return age < MANAGED_IDENTITY_CACHE_MS;
    })
    .map(({ role }) => role);
}

export const consent: Check<VerifyContext> = {
  id: "consent",
  title: "every declared app role is granted in the bot's tenant, and no other",
  explains: [
    "403 with code 7504, Insufficient enterprise tenant permissions",
    "a new permission has no effect",
    "roles of a managed identity are missing for hours",
  ],
  run: async ({ bot, granted, env, now }) => {
    const { targets } = consentTargets(bot, env, bot.tenantId);
    return judgeConsent(bot, await granted(), targets[0]?.link, now);
  },
};
