// What a check is: one question about a bot or a stack, answered by reading alone.

/** How a check came out. */
export enum Status {
  Pass = "pass",
  /** It works, but not as it should or not for long. */
  Warn = "warn",
  /** Calls will not work, or something is not as the stack left it. */
  Fail = "fail",
  /** Nothing to check here, or nobody can tell from outside; the finding says which. Never a pass. */
  Skip = "skip",
}

/** The answer of a check. */
export interface Outcome {
  readonly status: Status;
  /** What was found, in one sentence. */
  readonly finding: string;
  /** What to do, in whole sentences; empty for a pass. */
  readonly advice: string;
  /** What was read, for programs. It holds no secret. */
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** One check. `Context` is what all checks of a command are given. */
export interface Check<Context> {
  /** Stable: pipelines name it. */
  readonly id: string;
  /** What is true when it passes, for the table of checks. */
  readonly title: string;
  /** Symptoms, as people meet them, that this check explains. @default none */
  readonly explains?: readonly string[];
  /** Whether its finding holds a measurement, such as a time to answer, that is never twice the same. @default false */
  readonly measures?: boolean;
  /** Reads, and changes nothing. Should end when the signal comes. */
  readonly run: (context: Context, signal: AbortSignal) => Promise<Outcome>;
}

type Evidence = Readonly<Record<string, unknown>>;

export function pass(finding: string, evidence: Evidence = {}): Outcome {
  return { status: Status.Pass, finding, advice: "", evidence };
}

export function warn(finding: string, advice: string, evidence: Evidence = {}): Outcome {
  return { status: Status.Warn, finding, advice, evidence };
}

export function fail(finding: string, advice: string, evidence: Evidence = {}): Outcome {
  return { status: Status.Fail, finding, advice, evidence };
}

export function skip(finding: string, advice = "", evidence: Evidence = {}): Outcome {
  return { status: Status.Skip, finding, advice, evidence };
}
