import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type FakeMachine, fakeMachine, pulumiScript } from "./fake-machine.js";

let machine: FakeMachine;
beforeEach(async () => {
  machine = await fakeMachine();
});
afterEach(() => machine.remove());

it("`npm run engine` prints where the engine is, and only that on standard output", async () => {
  await machine.onPath("pulumi", pulumiScript("3.1.0"));
  await machine.inHome("3.261.0");
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const main = fileURLToPath(new URL("../../engine/main.ts", import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", tsx, main], {
    encoding: "utf8",
  });
  expect(status).toBe(0);
  expect(stdout).toBe(`pulumi 3.261.0, in the Pulumi home: ${machine.home}/versions/3.261.0/bin\n`);
  expect(stderr).toBe(`${machine.path}/pulumi is skipped: version 3.1.0 is older than 3.259.0.\n`);
});
