// A plain `pulumi up`: the command line itself, Pulumi.yaml's own options, the same program and stack files.

import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { projectRoot } from "../scripts/project-paths.js";
import { type LanguageHost, startNodeLanguageHost } from "./support/node-language-host.js";
import type { TestCloud } from "./support/test-cloud.js";
import { engineEnvironment, startDeployableCloud } from "./support/test-stack.js";

let cloud: TestCloud;
let host: LanguageHost;
let checkout: string;

beforeAll(async () => {
  cloud = await startDeployableCloud();
  host = await startNodeLanguageHost();
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
    "graph",
    "sign-up",
  ]) {
    cpSync(join(projectRoot, part), join(checkout, part), { recursive: true });
  }
  symlinkSync(join(projectRoot, "node_modules"), join(checkout, "node_modules"), "junction");
  mkdirSync(join(checkout, "state"));
});
afterAll(async () => {
  host.close();
  await cloud.remove();
  rmSync(checkout, { recursive: true, force: true });
});

async function pulumi(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(
    "pulumi",
    [...args, "--non-interactive", "--color=never"],
    {
      cwd: checkout,
      env: {
        ...process.env,
        ...engineEnvironment(cloud, pathToFileURL(join(checkout, "state")).href),
      },
    },
  );
  return stdout;
}

it("registers the bot of a stack with `pulumi up`, and leaves it alone the second time", async () => {
  await pulumi("stack", "init", "local");
  const client = `--client=${host.address}`;
  expect(await pulumi("up", "--yes", "--stack=local", client)).toContain("Resources:\n    + ");
  const outputs = JSON.parse(await pulumi("stack", "output", "--stack=local", "--json"));
  expect(outputs.schemaVersion).toBe(1);
  expect(await pulumi("up", "--yes", "--stack=local", "--expect-no-changes", client)).toContain(
    "unchanged",
  );
});
