// The result of a command, and how it is put into words: one printer for all of them.
import { formatIssue, type Issue } from "../rules/issue.js";

/** What came out of a command. */
export interface Report {
  /** The result, one sentence a line; shown when there are no issues. */
  readonly lines: readonly string[];
  /** Shown before everything else whether there are issues or not, such as a table of what was found. @default [] */
  readonly always?: readonly string[];
  /** Why it did not do what it should; with any the command has failed. */
  readonly issues: readonly Issue[];
  /** @default [] */
  readonly warnings?: readonly Issue[];
  /** What a command says when it fails, after the issues: that nothing was written. @default nothing */
  readonly afterIssues?: string;
  /** The result for programs; `--json` adds `ok`, `issues` and `warnings` to it. @default {} */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Puts words in the colours of a terminal, or leaves them as they are. */
export interface Palette {
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
}

/** Exit code of a command that found something wrong. */
export const FAILED = 1;
/** Exit code for arguments that make no sense. */
export const MISUSED = 2;

/** What goes to standard output and standard error, each with its final line break, and the exit code. */
export function printed(
  report: Report,
  { json = false, palette }: { readonly json?: boolean; readonly palette: Palette },
): { out: string; err: string; exitCode: number } {
  const { issues, warnings = [], lines, always = [], data = {}, afterIssues } = report;
  const ok = issues.length === 0;
  const exitCode = ok ? 0 : FAILED;
  if (json) {
    const sentences = (list: readonly Issue[]) =>
      list.map((issue) => ({ ...issue, text: formatIssue(issue) }));
    const whole = { ok, ...data, issues: sentences(issues), warnings: sentences(warnings) };
    return { out: `${JSON.stringify(whole, null, 2)}\n`, err: "", exitCode };
  }
  const err = [
    ...warnings.map((issue) => `${palette.yellow("warning:")} ${formatIssue(issue)}`),
    ...issues.map((issue) => `${palette.red("error:")} ${formatIssue(issue)}`),
    ...(ok || afterIssues === undefined ? [] : [afterIssues]),
  ];
  return { out: joined([...always, ...(ok ? lines : [])]), err: joined(err), exitCode };
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
