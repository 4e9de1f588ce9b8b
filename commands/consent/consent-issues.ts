// What is still to do in a tenant, as sentences.
import { problemText, type ReadProblem } from "../../rules/consent-unknown.js";
import type { Issue } from "../../rules/issue.js";
import type { Judgement } from "./judge-tenant.js";

const WHOSE = "Microsoft Entra ID";

/** Why a tenant does not count as granted; nothing when it does. */
export function consentIssues({ consent, problem }: Judgement): Issue[] {
  const { tenant, missing = [], link } = consent;
  if (problem !== undefined) return [unreadable(tenant, problem)];
  if (missing.length === 0) return [];
  const how = link === undefined ? "assign them" : `open ${link}`;
  return [
    {
      path: `tenant ${tenant}`,
      rule: `must consent to ${missing.join(", ")} before it is in force`,
      whose: WHOSE,
      fix: `Let a Privileged Role Administrator or Global Administrator of that tenant ${how}.`,
    },
  ];
}

function unreadable(tenant: string, problem: ReadProblem): Issue {
  const { why, fix } = problemText(problem);
  return {
    path: `tenant ${tenant}`,
    rule: `cannot be judged, because ${why}`,
    whose: WHOSE,
    fix,
  };
}

/** App roles that are granted and that nobody asks for any more: no failure, but more than was wanted. */
export function surplusWarnings({ consent: { tenant, surplus = [] } }: Judgement): Issue[] {
  if (surplus.length === 0) return [];
  return [
    {
      path: `tenant ${tenant}`,
      rule: `still grants what is no longer asked for: ${surplus.join(", ")}`,
      whose: WHOSE,
      fix: "Let an administrator take it back under Enterprise applications, Permissions.",
    },
  ];
}
