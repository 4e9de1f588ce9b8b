// Runs a program on the engine through the Automation API: no language host is needed, and the same
// call serves `npm run stack`, the demo and the tests.

import {
  CommandError,
  type EngineEvent,
  LocalWorkspace,
  type OutputMap,
  type PulumiCommand,
  type PulumiFn,
  type Stack,
  StackNotFoundError,
} from "@pulumi/pulumi/automation/index.js";
import { failingFast } from "./fail-fast.js";

/** What changes a stack, or would. */
export type StackOperation = "preview" | "up" | "refresh" | "destroy";

/** Which stack of which project, and how to reach it. */
export interface StackLocation {
  readonly stackName: string;
  /** The folder with Pulumi.yaml; stack files are where its `stackConfigDir` says. */
  readonly workDir: string;
  readonly program: PulumiFn;
  readonly engine: PulumiCommand;
  /** Set for the engine on top of this process's environment; the program itself sees the latter only. @default nothing */
  readonly environment?: Readonly<Record<string, string>>;
  /** Make the stack when it does not exist. @default false */
  readonly create?: boolean;
}

/** How an operation is run. */
export interface RunOptions {
  readonly operation: StackOperation;
  /** Only say what a destroy or refresh would do. @default false */
  readonly previewOnly?: boolean;
  /** Called for every event of the engine, in order. */
  readonly onEvent?: (event: EngineEvent) => void;
  /**
   * Asks the engine to stop after the steps that are under way. Not for the terminal's Ctrl-C: the
   * engine gets that one itself, and takes a second request as "stop at once".
   */
  readonly signal?: AbortSignal;
}

/** What an operation came to. */
export interface StackRun {
  /** Empty after a preview or a destroy. */
  readonly outputs: OutputMap;
}

/** An operation failed; the message is the engine's own error text, without the command line around it. */
export class StackRunError extends Error {
  override readonly name = "StackRunError";
}

/** There is no such stack in the backend. */
export class NoSuchStackError extends Error {
  override readonly name = "NoSuchStackError";
}

/**
 * Selects a stack, or makes it.
 * @throws NoSuchStackError when it does not exist and is not to be made; StackRunError for what the engine refuses
 */
export async function openStack(location: StackLocation): Promise<Stack> {
  const { stackName, workDir, program, engine, environment = {}, create = false } = location;
  try {
    // The project's name must be Pulumi.yaml's: another one is silently ignored by the engine.
    const workspace = await LocalWorkspace.create({ workDir, pulumiCommand: engine });
    const { name: projectName } = await workspace.projectSettings();
    const args = { stackName, projectName, program: failingFast(program) };
    // The folder goes with the second argument: with the first, the program would be ignored.
    const options = { workDir, pulumiCommand: engine, envVars: { ...environment } };
    return create
      ? await LocalWorkspace.createOrSelectStack(args, options)
      : await LocalWorkspace.selectStack(args, options);
  } catch (error) {
    if (error instanceof StackNotFoundError) {
      throw new NoSuchStackError(`There is no stack "${stackName}" in this backend.`);
    }
    throw readableError(error);
  }
}

/**
 * Runs one operation.
 * @throws StackRunError when it fails or was cancelled
 */
export async function runStack(stack: Stack, options: RunOptions): Promise<StackRun> {
  const { operation, previewOnly = false, onEvent, signal } = options;
  const common = {
    ...(onEvent === undefined ? {} : { onEvent }),
    ...(signal === undefined ? {} : { signal }),
  };
  try {
    switch (operation) {
      case "preview":
        await stack.preview(common);
        return { outputs: {} };
      case "up":
        return { outputs: (await stack.up(common)).outputs };
      case "refresh":
        await stack.refresh({ ...common, previewOnly });
        return { outputs: await stack.outputs() };
      case "destroy":
        await stack.destroy({ ...common, previewOnly });
        return { outputs: {} };
    }
  } catch (error) {
    throw readableError(error);
  }
}

/** The engine's words out of the Automation API's error; any other error is left as it is. */
export function readableError(error: unknown): unknown {
  if (!(error instanceof CommandError)) return error;
  const lines = error.message.split("\n").map((line) => line.replace(/^\s*stderr: /, ""));
  const first = lines.findIndex((line) => line.startsWith("error: "));
  if (first === -1) {
    const reason = lines.find((line) => line.includes("Command failed")) ?? lines[0] ?? "";
    return new StackRunError(reason.replace(/(exit code \d+).*/, "$1").trim(), { cause: error });
  }
  const rest = lines.slice(first + 1);
  const end = rest.findIndex((line) => isAfterError(line));
  const text = [
    (lines[first] ?? "").slice("error: ".length),
    ...rest.slice(0, end === -1 ? undefined : end),
  ];
  return new StackRunError(text.join("\n").trim(), { cause: error });
}

/** What follows the error text: nothing, the engine's standard output, or the Automation API's own words. */
function isAfterError(line: string): boolean {
  return (
    line.trim() === "" ||
    line.includes(" err?: ") ||
    /^(Previewing|Updating|Refreshing|Destroying) .*:$/.test(line)
  );
}
