// Runs a command in the foreground as if it had been typed: same terminal, same signals, same exit code.

import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";

/** How a command is run. */
export interface RunCommandOptions {
  /** The complete environment. */
  readonly environment: NodeJS.ProcessEnv;
  /**
   * Who the terminal's Ctrl-C goes to. "shared": to the command itself, which is what an interactive
   * program needs. "held": only to this process, which passes it on once; for a command whose own
   * children take a second one as "stop at once" (npm repeats the first). The command gets an IPC
   * channel then, and can notice that this process is gone.
   * @default "shared"
   */
  readonly interrupts?: "shared" | "held";
}

/** npm sends its own Ctrl-C after the terminal's: within this time they are one, in milliseconds. */
const sameKeyPressMs = 700;

/**
 * Runs a command without a shell and waits for it.
 * @returns its exit code; 128 + the signal's number when a signal ended it; 127 when there is no such command
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  { environment, interrupts = "shared" }: RunCommandOptions,
): Promise<number> {
  const windows = process.platform === "win32";
  const held = interrupts === "held" && !windows;
  const throughShell = windows && !command.toLowerCase().endsWith(".exe");
  const [file, fileArgs] = throughShell ? throughCmd(command, args) : [command, args];
  const child = spawn(file, fileArgs, {
    env: environment,
    stdio:
      interrupts === "held"
        ? ["inherit", "inherit", "inherit", "ipc"]
        : ["inherit", "inherit", "inherit"],
    detached: held,
    windowsVerbatimArguments: throughShell,
  });
  const stopForwarding = held ? forwardHeld(child) : forwardShared(child);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once("error", (error: NodeJS.ErrnoException) => {
        if (error.code !== "ENOENT" && error.code !== "EACCES") return reject(error);
        process.stderr.write(
          error.code === "ENOENT"
            ? `There is no command "${command}". Give a program on PATH, e.g. "npx" or "curl".\n`
            : `"${command}" may not be run: it is not an executable file.\n`,
        );
        resolve(error.code === "ENOENT" ? 127 : 126);
      });
      child.once("exit", (code, signal) =>
        resolve(code ?? 128 + (signal === null ? 0 : (constants.signals[signal] ?? 0))),
      );
    });
  } finally {
    stopForwarding();
  }
}

/** Passes each signal on once; on a terminal the command has had Ctrl-C from there. */
function forwardShared(child: ChildProcess): () => void {
  const seen = new Set<NodeJS.Signals>();
  return onSignals((signal) => {
    const fromTerminal = signal === "SIGINT" && onTerminal();
    if (!fromTerminal && !seen.has(signal)) child.kill(signal);
    seen.add(signal);
  });
}

/** Passes signals on to the command and all that it started. */
function forwardHeld(child: ChildProcess): () => void {
  const next = heldSignals();
  return onSignals(() => {
    const signal = next(Date.now());
    try {
      if (child.pid !== undefined && signal !== undefined) process.kill(-child.pid, signal);
    } catch {
      // It has ended already.
    }
  });
}

/**
 * What a held command gets when this process is signalled at a time (milliseconds): asked to stop;
 * asked again, which is "at once"; killed. Nothing for the second half of one key press.
 */
export function heldSignals(): (now: number) => NodeJS.Signals | undefined {
  let count = 0;
  let last = Number.NEGATIVE_INFINITY;
  return (now) => {
    if (now - last < sameKeyPressMs) return undefined;
    last = now;
    count++;
    return count < 3 ? "SIGINT" : "SIGKILL";
  };
}

function onSignals(handle: (signal: NodeJS.Signals) => void): () => void {
  const signals: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, handle);
  return () => {
    for (const signal of signals) process.removeListener(signal, handle);
  };
}

function onTerminal(): boolean {
  return process.stdin.isTTY === true || process.stdout.isTTY === true;
}

/** npm and npx are .cmd files on Windows, which only cmd.exe starts; every argument is quoted for it. */
function throughCmd(command: string, args: readonly string[]): [string, string[]] {
  const quoted = [command, ...args].map((arg) => `"${arg.replaceAll('"', '""')}"`).join(" ");
  return [process.env["comspec"] ?? "cmd.exe", ["/d", "/s", "/c", `"${quoted}"`]];
}
