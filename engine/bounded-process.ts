// Runs a program that may hang, fork or be given up on: with a limit, and with its whole process
// group ended when the limit is reached or the caller cancels.

import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** How a program is run. */
export interface BoundedProcessOptions {
  /** @default the working directory of this process */
  readonly cwd?: string;
  /** The complete environment. @default the environment of this process */
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds until the program and all that it started are ended. @default no limit */
  readonly limitMs?: number;
  /** Ends the program and all that it started; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called for each line of its standard error. */
  readonly onErrorLine?: (line: string) => void;
}

/** How a program ended. A program that could not be started has a `problem` and no code. */
export interface BoundedProcessResult {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Why there is no exit code, in words that finish the sentence "it ...". */
  readonly problem?: string;
}

/** How long a program has to end by itself before it is killed, in milliseconds. */
const graceMs = 5_000;

/**
 * Runs a program without a shell and collects its output.
 * @throws the signal's reason when the caller cancelled; never for a program that fails.
 */
export async function runBounded(
  command: string,
  args: readonly string[],
  options: BoundedProcessOptions = {},
): Promise<BoundedProcessResult> {
  options.signal?.throwIfAborted();
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own: it can be ended with all its children, and the terminal's Ctrl-C does
    // not reach it before this process has decided what to do.
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  let problem: string | undefined;
  const stdout: Buffer[] = [];
  const stderr: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  createInterface({ input: child.stderr }).on("line", (line) => {
    stderr.push(line);
    options.onErrorLine?.(line);
  });

  const limit =
    options.limitMs === undefined
      ? undefined
      : setTimeout(() => {
          problem = `did not answer within ${(options.limitMs ?? 0) / 1000} s`;
          endGroup(child, "SIGKILL");
        }, options.limitMs);
  const cancel = () => {
    endGroup(child, "SIGTERM");
    setTimeout(() => endGroup(child, "SIGKILL"), graceMs).unref();
  };
  options.signal?.addEventListener("abort", cancel, { once: true });
  // The last resort: this process ends without waiting for anything.
  const lastResort = () => endGroup(child, "SIGKILL");
  process.once("exit", lastResort);

  try {
    const code = await new Promise<number | undefined>((resolve) => {
      child.once("error", (error) => {
        problem ??= `could not be started (${error.message})`;
        resolve(undefined);
      });
      child.once("close", (exitCode, exitSignal) => {
        if (exitCode === null) problem ??= `was ended by ${exitSignal ?? "a signal"}`;
        resolve(exitCode ?? undefined);
      });
    });
    options.signal?.throwIfAborted();
    return {
      code: problem === undefined ? code : undefined,
      stdout: Buffer.concat(stdout).toString("utf8"),
      stderr: stderr.join("\n"),
      ...(problem === undefined ? {} : { problem }),
    };
  } finally {
    clearTimeout(limit);
    options.signal?.removeEventListener("abort", cancel);
    process.removeListener("exit", lastResort);
  }
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") {
      spawn("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore" }).unref();
    } else {
      process.kill(-child.pid, signal);
    }
  } catch {
    // The group has ended already.
  }
}
