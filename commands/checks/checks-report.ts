// The result of `verify` or `doctor` as a report, and as a JUnit file where one is asked for.
import { resolve } from "node:path";
import { writeFileWhole } from "../../files/file-access.js";
import type { Issue } from "../../rules/issue.js";
import type { Report } from "../report.js";
import type { Surroundings } from "../surroundings.js";
import { junitXml } from "./junit.js";
import { linesOf, resultLines } from "./result-lines.js";
import type { CheckResult } from "./run-checks.js";
import { COULD_NOT_RUN, exitCodeOf } from "./verdict.js";

export interface ChecksReportOptions {
  /** How the JUnit file and messages call the whole. */
  readonly name: "verify" | "doctor";
  /** Where the JUnit file goes. @default none is written */
  readonly junit?: string;
}

/** Every result; writes the JUnit file. */
export function checksReport(
  surroundings: Surroundings,
  results: readonly CheckResult[],
  options: ChecksReportOptions,
): Report {
  const unwritten = writeJunit(surroundings, results, options);
  return {
    always: (palette) => resultLines(results, palette),
    lines: [],
    issues: unwritten,
    exitCode: unwritten.length > 0 ? COULD_NOT_RUN : exitCodeOf(results),
    data: { results },
  };
}

/**
 * Only those that are not as they were; nothing when nothing has changed.
 * @param measuring ids of the checks whose findings hold measurements: their numbers alone are no change
 */
export function changesReport(
  before: readonly CheckResult[],
  now: readonly CheckResult[],
  at: Date,
  measuring: readonly string[] = [],
): Report | undefined {
  const keyOf = ({ bot, id }: CheckResult) => JSON.stringify([bot, id]);
  const verdictOf = (result: CheckResult) =>
    measuring.includes(result.id) ? withoutNumbers(wordsOf(result)) : wordsOf(result);
  const said = new Map(before.map((result) => [keyOf(result), verdictOf(result)]));
  const changed = now.filter((result) => said.get(keyOf(result)) !== verdictOf(result));
  if (changed.length === 0) return undefined;
  const time = at.toISOString().replace(/\.\d+Z$/, "Z");
  return {
    always: (palette) => [time, ...linesOf(changed, palette)],
    lines: [],
    issues: [],
    exitCode: exitCodeOf(now),
    data: { at: time, results: changed },
  };
}

function wordsOf({ status, finding, advice, unknown }: CheckResult): string {
  return JSON.stringify([status, unknown, finding, advice]);
}

function withoutNumbers(words: string): string {
  return words.replace(/\d+(\.\d+)?/g, "#");
}

/** Nothing could be looked at. */
export function couldNotRun(issues: readonly Issue[]): Report {
  return { lines: [], issues, exitCode: COULD_NOT_RUN, data: { results: [] } };
}

function writeJunit(
  { cwd }: Surroundings,
  results: readonly CheckResult[],
  { name, junit }: ChecksReportOptions,
): Issue[] {
  if (junit === undefined) return [];
  const xml = new TextEncoder().encode(junitXml(`teams-calling-bot ${name}`, results));
  return writeFileWhole(resolve(cwd, junit), junit, xml);
}
