// Starts one of the scripts as a person would, with a state folder of its own.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, vi } from "vitest";
import { ANY_PORTS, startLocalCloud } from "../../local-cloud/index.js";
import { nodeArguments } from "../../scripts/node-arguments.js";

/** A script that runs. */
export interface ScriptProcess {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  readonly code: Promise<number | null>;
  /** Waits until standard output contains the text. */
  until(text: string): Promise<void>;
}

/** Ended scripts and their whole output. */
export interface ScriptResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * A folder for the local cloud's state that is removed by `remove`. It has ports of its own: with the usual ones, a cloud of another
 * test takes them while none runs here.
 */
export async function stateFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "local cloud "));
  await (await startLocalCloud({ folder: path, ports: ANY_PORTS })).close();
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** What the test run itself sets and a person's terminal does not have. */
const notAPersons = [
  "LOCAL_ARM_URL",
  "LOCAL_CLOUD_FOLDER",
  "NODE_EXTRA_CA_CERTS",
  "PULUMI_BACKEND_URL",
];

/** Starts `scripts/<name>.ts` in another working directory than the project's. */
export function startScript(
  name: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): ScriptProcess {
  const file = new URL(`../../scripts/${name}.ts`, import.meta.url);
  const inherited = { ...process.env };
  for (const key of notAPersons) delete inherited[key];
  const child = spawn(process.execPath, nodeArguments(file, args), {
    cwd: tmpdir(),
    env: { ...inherited, NO_COLOR: "1", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  return {
    child,
    out: () => out,
    err: () => err,
    code: new Promise((resolve) => child.once("close", (code) => resolve(code))),
    until: (text) =>
      vi.waitFor(() => expect(out, err).toContain(text), { timeout: 60_000, interval: 50 }),
  };
}

/** Starts a script and waits for its end. */
export async function runScript(
  name: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<ScriptResult> {
  const script = startScript(name, args, environment);
  const code = await script.code;
  return { code, out: script.out(), err: script.err() };
}
