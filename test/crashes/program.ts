// A program that runs in a process of its own.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { nodeArguments } from "../../scripts/node-arguments.js";

export interface ProgramRequest {
  readonly stackName: string;
  readonly workDir: string;
  /** Folder for copies of the state. */
  readonly copies: string;
  readonly operation: "up" | "destroy";
}

export interface ProgramAnswer {
  /** What the recovery before it has done. */
  readonly recovered: readonly string[];
  /** Why it failed. */
  readonly problem?: string;
}

export interface Program {
  /** Rejects when the process ends before it answers. */
  run(request: ProgramRequest): Promise<ProgramAnswer>;
  kill(): void;
}

/** Starts a process of this folder that talks over IPC, and waits until it is ready. */
export async function startProcess(
  name: string,
  args: readonly string[],
  { env, cwd }: { readonly env: NodeJS.ProcessEnv; readonly cwd: string },
): Promise<{ readonly child: ChildProcess; readonly ready: unknown }> {
  const file = new URL(`./${name}.ts`, import.meta.url);
  const child = spawn(process.execPath, nodeArguments(file, args), {
    env,
    cwd,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = once(child, "exit").then(() => {
    throw new Error(`${name} ended before it was ready`);
  });
  const [ready] = await Promise.race([once(child, "message"), ended]);
  ended.catch(() => {});
  return { child, ready };
}

export async function startProgram(env: NodeJS.ProcessEnv, cwd: string): Promise<Program> {
  const { child } = await startProcess("program-process", [], { env, cwd });
  return {
    run: (request) =>
      new Promise((resolve, reject) => {
        child.once("message", (answer: ProgramAnswer) => resolve(answer));
        child.once("exit", () => reject(new Error("the program ended")));
        child.send(request);
      }),
    kill: () => void child.kill("SIGKILL"),
  };
}
