// Results as lines of text: what is well in short, what is wrong in full, failures last, where people look first.
import type { Palette } from "../report.js";
import { Status } from "./check.js";
import { type CheckResult, Unknown } from "./run-checks.js";
import { summaryOf } from "./verdict.js";

const ORDER = [Status.Pass, Status.Skip, Status.Warn, Status.Fail];

/** Every result, then one line that counts them. */
export function resultLines(results: readonly CheckResult[], palette: Palette): string[] {
  const sorted = ORDER.flatMap((status) => results.filter((result) => result.status === status));
  return [...linesOf(sorted, palette), `${summaryOf(results)}.`];
}

/** Each result as a line, and another with what to do; what is the same of several is said once. */
export function linesOf(results: readonly CheckResult[], palette: Palette): string[] {
  const together = new Map<string, [CheckResult, ...CheckResult[]]>();
  for (const result of results) {
    const { status, unknown, bot, finding, advice } = result;
    const key = JSON.stringify([status, unknown, bot, finding, advice]);
    const same = together.get(key);
    if (same === undefined) together.set(key, [result]);
    else same.push(result);
  }
  return [...together.values()].flatMap((same) => {
    const [first] = same;
    const { bot, finding, advice } = first;
    const ids = same.map(({ id }) => id).join(", ");
    const line = `${wordOf(first, palette)} ${bot === undefined ? ids : `${bot} ${ids}`}: ${finding}`;
    return advice === "" ? [line] : [line, `     ${advice}`];
  });
}

function wordOf({ status, unknown }: CheckResult, palette: Palette): string {
  if (unknown === Unknown.Crashed) return palette.red("BUG ");
  switch (status) {
    case Status.Pass:
      return palette.green("ok  ");
    case Status.Warn:
      return palette.yellow("warn");
    case Status.Fail:
      return palette.red("FAIL");
    case Status.Skip:
      return palette.dim("skip");
  }
}
