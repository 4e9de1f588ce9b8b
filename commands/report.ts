// The result of a command, and how it is put into words: one printer for all of them.
import { formatIssue, type Issue } from "../rules/issue.js";

/** What came out of a command. */
export interface Report {
  /** The result, one sentence a line; shown when there are no issues. */
  readonly lines: readonly string[];
  /** Shown before everything else whether there are issues or not, such as a table of what was found. @default [] */
  readonly always?: readonly string[] | ((palette: Palette) => readonly string[]);
  /** Why it did not do what it should; with any the command has failed. */
  readonly issues: readonly Issue[];
  /** @default [] */
  readonly warnings?: readonly Issue[];
  /** What a command says when it fails, after the issues: that nothing was written. @default nothing */
  readonly afterIssues?: string;
  /** @default 0, or 1 with issues */
  readonly exitCode?: number;
  /** The result for programs; `--json` adds `ok`, `issues` and `warnings` to it. @default {} */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Puts words in the colours of a terminal, or leaves them as they are. */
export interface Palette {
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
  readonly dim: (text: string) => string;
}

/** Exit code of a command that found something wrong. */
export const FAILED = 1;
/** Exit code for arguments that make no sense. */
export const MISUSED = 2;

/** What goes to standard output and standard error, each with its final line break, and the exit code. */
export function printed(
  report: Report,
  options: {
    readonly json?: boolean;
    /** For standard error. */
    readonly palette: Palette;
    /** For standard output. */
    readonly outPalette: Palette;
  },
): { out: string; err: string; exitCode: number } {
  const { json = false, palette, outPalette } = options;
  const { issues, warnings = [], lines, always = [], data = {}, afterIssues } = report;
  const exitCode = report.exitCode ?? (issues.length === 0 ? 0 : FAILED);
  const ok = exitCode === 0;
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
  const first = typeof always === "function" ? always(outPalette) : always;
  return { out: joined([...first, ...(ok ? lines : [])]), err: joined(err), exitCode };
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
