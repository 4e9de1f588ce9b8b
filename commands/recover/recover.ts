// Brings the state of a stack, whose run was killed or lost its provider, up to what that run has really done. The engine
// keeps a note of every operation that was under way and leaves it at that: its next run would make things a second time.
import { isDeepStrictEqual } from "node:util";
import type { Issue } from "../../rules/issue.js";
import { CannotTell } from "../checks/cannot-tell.js";
import type { Services } from "../sign-in/services.js";
import { discardSecret } from "./discard-secret.js";
import { recoveredState } from "./edit-state.js";
import type { Finding } from "./finding.js";
import { sentenceOf } from "./finding-text.js";
import { isDead } from "./lock-owner.js";
import type { LookAround } from "./look-around.js";
import { subscriptionIn } from "./look-around.js";
import { findingsOfPending, findingsOfPlanned } from "./look-for.js";
import { plannedResource } from "./planned-create.js";
import { type LastRun, type LockOwner, type StackEngine, StackLocked } from "./stack-engine.js";
import { parseState, pendingIn, type StackState } from "./stack-state.js";

export interface RecoverRequest {
  /** How messages call the stack. */
  readonly stack: string;
  readonly engine: StackEngine;
  readonly services: Services;
  /** @default that of the resources in the state */
  readonly subscriptionId?: string | undefined;
  /** Who holds the lock, where that can be read before it is tried. */
  readonly locks: readonly LockOwner[];
  /** Told what will be done; nothing is changed before it says yes. */
  readonly agree: (lines: readonly string[]) => Promise<boolean>;
  /** Keeps a copy of the state before it is changed; returns what messages call it. */
  readonly keepCopy: (state: unknown) => string;
}

export interface Recovery {
  /** What was done, one sentence a line; empty when there was nothing to do. */
  readonly done: readonly string[];
  readonly issues: readonly Issue[];
  /** The person said no. */
  readonly declined: boolean;
}

/** How far it has come. */
interface Run {
  readonly done: string[];
  /** Whether the lock of a dead run is still to be freed. */
  isLocked: boolean;
}

/** How often a program is asked what it would create: each answer may make more of it known. */
const MOST_ROUNDS = 8;

/** Looks, asks, and edits the state. Rejects with what the engine says when it refuses. */
export async function recoverStack(request: RecoverRequest): Promise<Recovery> {
  const { engine, stack, locks } = request;
  const alive = locks.filter((owner) => !isDead(owner));
  if (alive.length > 0) return failed([lockedBy(stack, alive)]);
  const first = parseState(stack, await engine.exportState());
  if (first.state === undefined) return failed(first.issues);
  const last = await engine.lastRun();
  const run: Run = { done: [], isLocked: locks.length > 0 };
  try {
    const pending = await findingsOfPending(lookAround(request, first.state, last));
    const stopped = await settle(request, first.state, pending, run);
    if (stopped !== undefined) return stopped;
    if (last?.succeeded === false) return await lookFurther(request, last, run);
    return { done: run.done, issues: [], declined: false };
  } catch (error) {
    if (error instanceof CannotTell) return failed([unread(stack, error)], run.done);
    if (error instanceof StackLocked) return failed([lockedBy(stack, error.owners)], run.done);
    throw error;
  }
}

/** A provider that died in the middle leaves no note: what the program would create is looked for instead. */
async function lookFurther(request: RecoverRequest, last: LastRun, run: Run): Promise<Recovery> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { state } = parseState(request.stack, await request.engine.exportState());
    if (state === undefined) break;
    const around = lookAround(request, state, last);
    const planned = (await request.engine.plannedCreates()).flatMap(
      (one) => plannedResource(one, state) ?? [],
    );
    const findings = await findingsOfPlanned(planned, around, last.kind === "destroy");
    if (findings.length === 0) break;
    const stopped = await settle(request, state, findings, run);
    if (stopped !== undefined) return stopped;
  }
  return { done: run.done, issues: [], declined: false };
}

/** Asks, and does it all or nothing; what comes back says why it was not done. */
async function settle(
  request: RecoverRequest,
  state: StackState,
  findings: readonly Finding[],
  run: Run,
): Promise<Recovery | undefined> {
  const { engine, agree, keepCopy, stack, locks } = request;
  const refused = findings.flatMap((one) => (one.kind === "refuse" ? [one.issue] : []));
  if (refused.length > 0) return failed(refused, run.done);
  const edits = findings.map(sentenceOf);
  const lines = run.isLocked ? [lockFreed(locks), ...edits] : edits;
  if (lines.length === 0) return undefined;
  if (!(await agree(lines))) return { done: run.done, issues: [], declined: true };
  if (run.isLocked) await engine.cancel();
  run.isLocked = false;
  if (edits.length > 0) {
    const now = await engine.exportState();
    if (!isDeepStrictEqual(parseState(stack, now).state, state)) {
      return failed([changedMeanwhile(stack)], run.done);
    }
    const copy = keepCopy(now);
    await importFreely(engine, recoveredState(state, findings));
    lines.push(`The state before that is in ${copy}.`);
    for (const finding of findings) {
      if (finding.kind === "discard") await discardSecret(request.services, finding.secret);
    }
  }
  run.done.push(...lines);
  return undefined;
}

/** The lock of a run that is certainly dead is freed; any other lock ends this. */
async function importFreely(engine: StackEngine, state: StackState): Promise<void> {
  try {
    await engine.importState(state);
  } catch (error) {
    if (!(error instanceof StackLocked)) throw error;
    if (error.owners.length === 0 || !error.owners.every(isDead)) throw error;
    await engine.cancel();
    await engine.importState(state);
  }
}

function lookAround(
  { services, subscriptionId }: RecoverRequest,
  state: StackState,
  last: LastRun | undefined,
): LookAround {
  return {
    services,
    state,
    subscriptionId: subscriptionId ?? subscriptionIn(state),
    // A run that failed by itself is the one that is looked into: what is older than the one before is not known.
    since: pendingIn(state).length > 0 ? last?.ended : last?.began,
  };
}

function failed(issues: readonly Issue[], done: readonly string[] = []): Recovery {
  return { done, issues, declined: false };
}

function lockFreed(locks: readonly LockOwner[]): string {
  const owners = locks.map(({ pid }) => `process ${pid}`).join(", ");
  return `The run that held the lock (${owners}) is dead: the lock is freed.`;
}

function lockedBy(stack: string, owners: readonly LockOwner[]): Issue {
  const named = owners.map(({ user, host, pid }) => `process ${pid} of ${user} on ${host}`);
  return {
    path: `stack ${stack}`,
    rule: `must not be in use, and ${named.join(", ") || "another update"} holds its lock and is not known to be dead`,
    whose: "Pulumi",
    fix: "Wait for it. When it is certain that it is dead, free the lock with pulumi cancel and run this again.",
  };
}

function changedMeanwhile(stack: string): Issue {
  return {
    path: `state of ${stack}`,
    rule: "must not change while it is recovered, and it did",
    whose: "this package",
    fix: "Another run has gone on meanwhile: wait for it, and run this again if there is need.",
  };
}

function unread(stack: string, { finding, advice }: CannotTell): Issue {
  return {
    path: `stack ${stack}`,
    rule: `cannot be recovered: ${finding.replace(/\.$/, "")}`,
    whose: "this package",
    fix: advice,
  };
}
