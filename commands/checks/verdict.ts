// What several results come to: the exit code of `verify` and `doctor`, and how many there are of each.
import { type Outcome, Status } from "./check.js";
import type { CheckResult } from "./run-checks.js";

/** Nothing failed, and everything that can be known is. */
export const ALL_WELL = 0;
/** At least one check failed. */
export const FOUND_FAILURES = 1;
/** Nothing failed, but something could not be looked at: no reason for a pipeline to go on. */
export const COULD_NOT_RUN = 2;

export function exitCodeOf(results: readonly CheckResult[]): number {
  if (results.some(({ status }) => status === Status.Fail)) return FOUND_FAILURES;
  const unknown = results.length === 0 || results.some((result) => result.unknown !== undefined);
  return unknown ? COULD_NOT_RUN : ALL_WELL;
}

/** `12 passed, 1 warning, 3 skipped (1 could not be looked at), 2 failed`; what there is none of is left out. */
export function summaryOf(results: readonly CheckResult[]): string {
  const count = (status: Status) => results.filter((result) => result.status === status).length;
  const warnings = count(Status.Warn);
  const unknown = results.filter((result) => result.unknown !== undefined).length;
  const unseen = unknown === 0 ? "" : ` (${unknown} could not be looked at)`;
  const parts: [number, string][] = [
    [count(Status.Pass), "passed"],
    [warnings, warnings === 1 ? "warning" : "warnings"],
    [count(Status.Skip), `skipped${unseen}`],
    [count(Status.Fail), "failed"],
  ];
  const said = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return said.length === 0 ? "nothing was checked" : said.join(", ");
}

const WORST_FIRST = [Status.Fail, Status.Warn, Status.Skip, Status.Pass];

/** The outcome that counts of several of one kind; undefined where there are none. */
export function worstOf(outcomes: readonly Outcome[]): Outcome | undefined {
  const statuses = WORST_FIRST.map((status) => outcomes.find((one) => one.status === status));
  return statuses.find((outcome) => outcome !== undefined);
}
