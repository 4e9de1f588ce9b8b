// A plain `pulumi up`: the command line itself, Pulumi.yaml's own options, the same program and stack files; and after it was
// killed, `teams-calling-bot recover`.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { nodeArguments } from "../scripts/node-arguments.js";
import { projectRoot } from "../scripts/project-paths.js";
import { cloudAccess, graphClientOf } from "../scripts/read-back.js";
import type { TestCloud } from "./support/test-cloud.js";
import { engineEnvironment, startDeployableCloud } from "./support/test-stack.js";

let cloud: TestCloud;
let checkout: string;

beforeAll(async () => {
  cloud = await startDeployableCloud();
  // A copy, because the engine writes a salt into the stack's file.
  checkout = mkdtempSync(join(tmpdir(), "checkout-"));
  for (const part of [
    "Pulumi.yaml",
    "index.ts",
    "package.json",
    "tsconfig.json",
    "stacks",
    "components",
    "rules",
    "files",
    "graph",
    "sign-up",
  ]) {
    cpSync(join(projectRoot, part), join(checkout, part), { recursive: true });
  }
  symlinkSync(join(projectRoot, "node_modules"), join(checkout, "node_modules"), "junction");
  mkdirSync(join(checkout, "state"));
  installLanguageHost(join(checkout, "bin"));
});
afterAll(async () => {
  await cloud.remove();
  rmSync(checkout, { recursive: true, force: true });
});

/** Official installs bring this beside the engine; the engine finds it on PATH. */
function installLanguageHost(folder: string): void {
  const args = nodeArguments(new URL("./support/node-language-host.ts", import.meta.url), []);
  const command = [process.execPath, ...args].map((part) => `'${part}'`).join(" ");
  mkdirSync(folder);
  writeFileSync(join(folder, "pulumi-language-nodejs"), `#!/bin/sh\nexec ${command} "$@"\n`, {
    mode: 0o755,
  });
}

/** What a person's shell has set. */
function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...engineEnvironment(cloud, pathToFileURL(join(checkout, "state")).href),
    PATH: `${join(checkout, "bin")}${delimiter}${process.env["PATH"]}`,
  };
}

async function ran(command: string, args: readonly string[]): Promise<string> {
  const run = promisify(execFile)(command, [...args], { cwd: checkout, env: environment() });
  const { stdout } = await run.catch((error: { stdout?: string; stderr?: string }) => {
    throw new Error(`${args.join(" ")} failed:\n${error.stdout}${error.stderr}`);
  });
  return stdout;
}

function pulumi(...args: string[]): Promise<string> {
  return ran("pulumi", [...args, "--non-interactive", "--color=never"]);
}

function command(...args: string[]): Promise<string> {
  const file = new URL("../commands/main.ts", import.meta.url);
  return ran(process.execPath, nodeArguments(file, args));
}

it("registers the bot of a stack with `pulumi up`, and leaves it alone the second time", async () => {
  await pulumi("stack", "init", "local");
  expect(await pulumi("up", "--yes", "--stack=local")).toContain("Resources:\n    + ");
  const outputs = JSON.parse(await pulumi("stack", "output", "--stack=local", "--json"));
  expect(outputs.schemaVersion).toBe(1);
  expect(await pulumi("up", "--yes", "--stack=local", "--expect-no-changes")).toContain(
    "unchanged",
  );
});

it("finishes with `recover` and `pulumi up` what a killed engine has begun, without a second application", async () => {
  await pulumi("destroy", "--yes", "--stack=local");
  const before = await applications();
  // The directory makes the application, and its answer comes to nobody.
  cloud.faults.add({
    kind: "delay",
    milliseconds: 60_000,
    when: "after",
    service: "graph",
    method: "POST",
    path: "^/v1.0/applications$",
    skip: 0,
    times: 1,
  });
  const up = spawn("pulumi", ["up", "--yes", "--stack=local", "--non-interactive"], {
    cwd: checkout,
    env: environment(),
    stdio: "ignore",
  });
  await vi.waitFor(() => expect(cloud.faults.list()[0]?.used).toBe(1), 60_000);
  up.kill("SIGKILL");
  await once(up, "exit");
  cloud.faults.clear();
  // By the lock of the dead run, or before that by a state that it has left half-written.
  await expect(pulumi("up", "--yes", "--stack=local")).rejects.toThrow(/locked|checkpoint/);

  const recovered = await command("recover", "--stack", "local", "--yes", "--json");
  expect(JSON.parse(recovered).done.join("\n")).toContain("Application");
  await pulumi("up", "--yes", "--stack=local");
  await pulumi("up", "--yes", "--stack=local", "--expect-no-changes");
  expect(await applications()).toBe(before + 1);
});

async function applications(): Promise<number> {
  const { value } = await graphClientOf(cloudAccess(process.env)).api("/applications").get();
  return value.length;
}
