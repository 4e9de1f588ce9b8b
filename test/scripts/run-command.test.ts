import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { describe, expect, it, vi } from "vitest";
import { nodeArguments } from "../../scripts/node-arguments.js";
import { heldSignals } from "../../scripts/run-command.js";

/** A process that runs a command by `runCommand`, without a terminal. */
interface Driver {
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  readonly output: () => string;
  readonly errors: () => string;
  readonly ended: Promise<number | null>;
}

function drive(interrupts: "shared" | "held", ...command: readonly string[]): Driver {
  const driver = new URL("./run-command-driver.ts", import.meta.url);
  const process_ = spawn(process.execPath, nodeArguments(driver, [interrupts, ...command]), {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  process_.stdout.on("data", (chunk) => {
    output += chunk;
  });
  process_.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  return {
    process: process_,
    output: () => output,
    errors: () => errors,
    ended: new Promise((resolve) => process_.once("close", (code) => resolve(code))),
  };
}

function until(driver: Driver, text: string): Promise<void> {
  return vi.waitFor(() => expect(driver.output()).toContain(text), 20_000);
}

/** Says each interrupt it gets, and ends itself after a while so that nothing stays behind. */
const countingInterrupts =
  'n=0; trap \'n=$((n+1)); echo "interrupt $n"\' INT; trap "exit 9" TERM; echo ready; ' +
  "i=0; while [ $i -lt 200 ]; do sleep 0.05; i=$((i+1)); done";

/** Ends itself on an interrupt. */
const stopsOnInterrupt =
  'trap "echo inner stopped; exit 3" INT; echo ready; while :; do sleep 0.05; done';

describe("a command that ends", () => {
  it("gives its exit code and its output, and nothing else is printed", async () => {
    const driver = drive("shared", "sh", "-c", "echo out; echo err >&2; exit 7");
    expect(await driver.ended).toBe(7);
    expect(driver.output()).toBe("out\n");
    expect(driver.errors()).toBe("err\n");
  });

  it("gives 128 and the signal's number when a signal ended it", async () => {
    expect(await drive("shared", "sh", "-c", "kill -TERM $$").ended).toBe(143);
  });

  it("is a sentence and 127 when there is no such command", async () => {
    const driver = drive("shared", "no-such-command-here");
    expect(await driver.ended).toBe(127);
    expect(driver.errors()).toBe(
      'There is no command "no-such-command-here". Give a program on PATH, e.g. "npx" or "curl".\n',
    );
  });

  it("gets its arguments as they are, without a shell between", async () => {
    const driver = drive("shared", "printf", "%s|", "a b", "$HOME", "", '"');
    expect(await driver.ended).toBe(0);
    expect(driver.output()).toBe('a b|$HOME||"|');
  });
});

describe("signals", () => {
  it("are passed on once each, and the command decides how it ends", async () => {
    const driver = drive("shared", "sh", "-c", countingInterrupts);
    await until(driver, "ready");
    driver.process.kill("SIGINT");
    await until(driver, "interrupt 1");
    driver.process.kill("SIGINT");
    driver.process.kill("SIGTERM");
    expect(await driver.ended).toBe(9);
    expect(driver.output()).toBe("ready\ninterrupt 1\n");
  });

  it("reach a held command through its whole group", async () => {
    const driver = drive("held", "sh", "-c", `sh -c '${stopsOnInterrupt}'; echo outer ended`);
    await until(driver, "ready");
    driver.process.kill("SIGINT");
    await until(driver, "inner stopped");
    expect(await driver.ended).not.toBe(0);
  });

  it("count for a held command as one when they are one key press, else as stop, at once, kill", () => {
    const next = heldSignals();
    expect([0, 5, 690, 1_000, 1_001, 5_000].map(next)).toEqual([
      "SIGINT",
      undefined,
      undefined,
      "SIGINT",
      undefined,
      "SIGKILL",
    ]);
  });
});
