// Runs checks side by side, each within its limit. What happens to one never keeps another from its result.
import { CannotTell } from "./cannot-tell.js";
import { type Check, type Outcome, Status } from "./check.js";

/** Why there is no verdict: something that should be known is not. */
export enum Unknown {
  /** What the check judges could not be read. */
  Unread = "unread",
  /** It did not end within its limit. */
  TimedOut = "timedOut",
  /** The check itself failed, which is an error of this package. */
  Crashed = "crashed",
}

/** A check that was run. */
export interface CheckResult extends Outcome {
  readonly id: string;
  readonly title: string;
  /** The bot it is about, where there are several. */
  readonly bot?: string;
  readonly milliseconds: number;
  /** Set when the status is `skip` for want of a reading. */
  readonly unknown?: Unknown;
}

/** One check with what it is given. */
export interface Task<Context> {
  readonly check: Check<Context>;
  readonly context: Context;
  readonly bot?: string;
}

export interface RunOptions {
  /** How long one check may take. */
  readonly limitMs: number;
  /** How many run at once; the others wait, and their limit begins when they do. @default all */
  readonly atOnce?: number;
  /** Told the names of those that have not ended yet, now and then. @default nobody is told */
  readonly waiting?: (ids: readonly string[]) => void;
  /** How often. @default 3000 */
  readonly everyMs?: number;
}

/** Results in the order of the tasks. Never throws; of those that run together, all end within the limit. */
export async function runChecks<Context>(
  tasks: readonly Task<Context>[],
  { limitMs, waiting, everyMs = 3_000, atOnce = tasks.length }: RunOptions,
): Promise<CheckResult[]> {
  const left = new Set(tasks);
  const timer = setInterval(() => waiting?.(namesOf(left)), everyMs);
  try {
    const results: CheckResult[] = [];
    const queue = [...tasks.entries()];
    const work = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const [index, task] = next;
        results[index] = await runOne(task, limitMs);
        left.delete(task);
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, tasks.length) }, work));
    return results;
  } finally {
    clearInterval(timer);
  }
}

function namesOf<Context>(tasks: Iterable<Task<Context>>): string[] {
  return [...new Set([...tasks].map(({ check }) => check.id))];
}

async function runOne<Context>(
  { check, context, bot }: Task<Context>,
  limitMs: number,
): Promise<CheckResult> {
  const began = performance.now();
  const outcome = await within(limitMs, (signal) => check.run(context, signal));
  return {
    id: check.id,
    title: check.title,
    ...(bot === undefined ? {} : { bot }),
    ...outcome,
    milliseconds: Math.round(performance.now() - began),
  };
}

type Ended = Outcome & { readonly unknown?: Unknown };

/** The outcome, or that there is none in time: not every library listens to a signal. */
async function within(
  limitMs: number,
  run: (signal: AbortSignal) => Promise<Outcome>,
): Promise<Ended> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Ended>((resolve) => {
    timer = setTimeout(() => {
      resolve(timedOut(limitMs));
      controller.abort();
    }, limitMs);
  });
  try {
    return await Promise.race([run(controller.signal).catch(unknownBecause), late]);
  } finally {
    clearTimeout(timer);
  }
}

function timedOut(limitMs: number): Ended {
  return {
    status: Status.Skip,
    finding: `The check did not end within ${limitMs / 1000} s.`,
    advice:
      "Run it again; if it stays so, look at the network between this machine and the service.",
    evidence: {},
    unknown: Unknown.TimedOut,
  };
}

function unknownBecause(error: unknown): Ended {
  if (error instanceof CannotTell) {
    const { finding, advice } = error;
    return { status: Status.Skip, finding, advice, evidence: {}, unknown: Unknown.Unread };
  }
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    status: Status.Skip,
    finding: `The check itself failed: ${what.split(/[\r\n]/)[0]}`,
    advice: "This is an error of teams-calling-bot, not of the bot. Report it with this line.",
    evidence: {},
    unknown: Unknown.Crashed,
  };
}
