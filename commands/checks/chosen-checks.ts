// Which checks run: all but those that somebody leaves out by name.
import { type Issue, shown } from "../../rules/issue.js";
import { nearest } from "../../rules/nearest.js";
import type { Check } from "./check.js";

/** The checks without those of `left`, or an issue for each name that no check has. Commas between names are taken as well. */
export function chosenChecks<Context>(
  checks: readonly Check<Context>[],
  given: readonly string[],
): { checks: readonly Check<Context>[]; issues: Issue[] } {
  const ids = checks.map(({ id }) => id);
  const left = given.flatMap((names) => names.split(",")).filter((name) => name !== "");
  const issues = left
    .filter((id) => !ids.includes(id))
    .map((id) => ({
      path: "--skip",
      rule: "must name a check",
      whose: "this package",
      got: shown(id),
      fix: suggestion(id, ids),
    }));
  return { checks: checks.filter(({ id }) => !left.includes(id)), issues };
}

function suggestion(id: string, ids: readonly string[]): string {
  const meant = nearest(id, ids);
  return meant === undefined ? `Choose among ${ids.join(", ")}.` : `Perhaps ${meant}.`;
}
