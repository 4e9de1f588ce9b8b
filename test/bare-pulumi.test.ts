// A plain `pulumi up`: the command line itself, Pulumi.yaml's own options, the same program and stack files.

import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { nodeArguments } from "../scripts/node-arguments.js";
import { projectRoot } from "../scripts/project-paths.js";
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

async function pulumi(...args: string[]): Promise<string> {
  const run = promisify(execFile)("pulumi", [...args, "--non-interactive", "--color=never"], {
    cwd: checkout,
    env: {
      ...process.env,
      ...engineEnvironment(cloud, pathToFileURL(join(checkout, "state")).href),
      PATH: `${join(checkout, "bin")}${delimiter}${process.env["PATH"]}`,
    },
  });
  const { stdout } = await run.catch((error: { stdout?: string; stderr?: string }) => {
    throw new Error(`pulumi ${args.join(" ")} failed:\n${error.stdout}${error.stderr}`);
  });
  return stdout;
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
