// Results as lines of text: what is well in short, what is wrong in full, failures last, where people look first.
import type { Palette } from "../report.js";
import { Status } from "./check.js";
import { type CheckResult, Unknown } from "./run-checks.js";
import { summaryOf } from "./verdict.js";

const ORDER = [Status.Pass, Status.Skip, Status.Warn, Status.Fail];

/** Every result, then one line that counts them. */
export function resultLines(results: readonly CheckResult[], palette: Palette): string[] {
  const sorted = ORDER.flatMap((status) => results.filter((result) => result.status === status));
  return [...sorted.flatMap((result) => linesOf(result, palette)), `${summaryOf(results)}.`];
}

/** One result: a line, and another with what to do. */
export function linesOf(result: CheckResult, palette: Palette): string[] {
  const { id, bot, finding, advice } = result;
  const where = bot === undefined ? id : `${bot} ${id}`;
  const line = `${wordOf(result, palette)} ${where}: ${finding}`;
  return advice === "" ? [line] : [line, `     ${advice}`];
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
