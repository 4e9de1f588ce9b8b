// Recovers a stack before it is run again: the Automation API in the place of the pulumi command that
// `teams-calling-bot recover` uses.

import {
  CommandError,
  type Deployment,
  type EngineEvent,
  type Stack,
} from "@pulumi/pulumi/automation/index.js";
import { mendCheckpoint } from "../commands/recover/damaged-checkpoint.js";
import { keptCopy } from "../commands/recover/kept-copy.js";
import { isIdle, locksInFolder } from "../commands/recover/lock-owner.js";
import { operatorPlace } from "../commands/recover/operator-place.js";
import { type Recovery, recoverStack } from "../commands/recover/recover.js";
import { lastRunOf, lockIn, type StackEngine } from "../commands/recover/stack-engine.js";
import { readableError } from "./stack-run.js";

/** How a stack is recovered. */
export interface RecoveryOptions {
  /** Folder for copies of the state, made when missing. */
  readonly copies: string;
  /** Told what will be done; nothing is changed before it says yes. */
  readonly agree: (lines: readonly string[]) => Promise<boolean>;
}

/**
 * Looks what the run before has left undone when it was killed or has failed, and takes that over into the state. Costs two
 * short questions to the backend otherwise.
 * @returns undefined when the run before ended well
 * @throws StackRunError for what the engine refuses
 */
export async function recoverBeforeRun(
  stack: Stack,
  { copies, agree }: RecoveryOptions,
): Promise<Recovery | undefined> {
  try {
    const { name: project } = await stack.workspace.projectSettings();
    const environment = { ...process.env, ...stack.workspace.envVars };
    const locks = locksInFolder(environment["PULUMI_BACKEND_URL"], { project, stack: stack.name });
    if (locks.length === 0 && !(await wasInterrupted(stack))) return undefined;
    const config = Object.entries(await stack.getAllConfig());
    const values = Object.fromEntries(config.map(([key, { value }]) => [key, value]));
    return await recoverStack({
      stack: stack.name,
      engine: engineOf(stack),
      ...operatorPlace(environment, values, project),
      locks,
      agree,
      keepCopy: (state) => keptCopy(copies, stack.name, state),
    });
  } catch (error) {
    throw readableError(error);
  }
}

/** Makes a state readable again that the engine was killed in the middle of writing; says what it did. */
export function mendState(
  environment: Readonly<Record<string, string | undefined>>,
  place: { readonly project: string; readonly stack: string },
): string[] {
  const url = environment["PULUMI_BACKEND_URL"];
  return isIdle(url, place) ? mendCheckpoint(url, place) : [];
}

async function wasInterrupted(stack: Stack): Promise<boolean> {
  const { deployment } = await stack.exportStack();
  if ((deployment?.pending_operations ?? []).length > 0) return true;
  const [last] = await stack.history(1);
  return last !== undefined && last.result !== "succeeded";
}

function engineOf(stack: Stack): StackEngine {
  return {
    exportState: () => stack.exportStack(),
    importState: async ({ version, deployment }) => {
      const whole: Deployment = { version, deployment };
      try {
        await stack.importStack(whole);
      } catch (error) {
        throw (error instanceof CommandError ? lockIn(error.message) : undefined) ?? error;
      }
    },
    cancel: () => stack.cancel(),
    lastRun: async () => lastRunOf(await stack.history(1)),
    plannedCreates: () => plannedCreates(stack),
  };
}

/** What fails in a preview fails in the run as well, which then says why. */
async function plannedCreates(stack: Stack): Promise<unknown[]> {
  const planned: unknown[] = [];
  const onEvent = ({ resourcePreEvent }: EngineEvent) => {
    const { op, new: created } = resourcePreEvent?.metadata ?? {};
    if (op === "create" || op === "create-replacement") planned.push(created);
  };
  await stack.preview({ onEvent }).catch(() => {});
  return planned;
}
