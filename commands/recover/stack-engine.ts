// What a recovery needs of the engine, whoever runs it: the pulumi command, or the Automation API.
import type { StackState } from "./stack-state.js";

export interface StackEngine {
  /** What `pulumi stack export` prints, secrets encrypted. */
  exportState(): Promise<unknown>;
  /** Replaces the state, all of it or nothing. Rejects with StackLocked while another run holds the lock. */
  importState(state: StackState): Promise<void>;
  /** Frees the lock. */
  cancel(): Promise<void>;
  /** The newest run that ended by itself; undefined when there was none. */
  lastRun(): Promise<LastRun | undefined>;
  /** What a preview of the program would create, each as the engine describes a resource. */
  plannedCreates(): Promise<readonly unknown[]>;
}

export interface LastRun {
  readonly kind: string;
  readonly succeeded: boolean;
  readonly began: Date;
  readonly ended: Date;
}

/** The newest run of a stack's history, as the engine writes it down. */
export function lastRunOf(
  history: readonly {
    readonly kind: string;
    readonly result: string;
    readonly startTime: string | Date;
    /** Left out while it runs. */
    readonly endTime?: string | Date | undefined;
  }[],
): LastRun | undefined {
  const [last] = history;
  if (last === undefined) return undefined;
  const { kind, result, startTime, endTime = startTime } = last;
  return {
    kind,
    succeeded: result === "succeeded",
    began: new Date(startTime),
    ended: new Date(endTime),
  };
}

/** Who holds the lock of a stack, as the engine tells it. */
export interface LockOwner {
  readonly user: string;
  readonly host: string;
  readonly pid: number;
}

/** The stack is locked. */
export class StackLocked extends Error {
  override readonly name = "StackLocked";
  constructor(
    /** Empty where the backend does not tell. */
    readonly owners: readonly LockOwner[],
  ) {
    super("the stack is locked");
  }
}

/** The locks that the engine's own message names; undefined when it is about something else. */
export function lockIn(message: string): StackLocked | undefined {
  if (!/stack is currently locked by|Another update is currently in progress/i.test(message)) {
    return undefined;
  }
  const owners = [...message.matchAll(/created by (.+)@([^@\s]+) \(pid (\d+)\)/g)].map(
    ([, user = "", host = "", pid]) => ({ user, host, pid: Number(pid) }),
  );
  return new StackLocked(owners);
}
