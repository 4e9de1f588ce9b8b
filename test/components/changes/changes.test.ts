// docs/changes.md on the real engine: each change of each setting is an update of one deployment.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestCloud } from "../../support/test-cloud.js";
import {
  newTestStack,
  type Ran,
  run,
  startDeployableCloud,
  type TestStack,
} from "../../support/test-stack.js";
import { COMPONENT_CHANGES } from "./component-changes.js";
import { type ChangeWalk, plainSteps } from "./setting-change.js";
import { STACK_CHANGES } from "./stack-changes.js";

const cwd = process.cwd();
const project = mkdtempSync(join(tmpdir(), "changes-"));
let cloud: TestCloud;

beforeAll(async () => {
  // App packages are written below the working directory.
  process.chdir(project);
  cloud = await startDeployableCloud();
});
afterAll(async () => {
  process.chdir(cwd);
  rmSync(project, { recursive: true, force: true });
  await cloud.remove();
});

for (const [i, walk] of STACK_CHANGES.entries()) {
  describe(walk.title, () => follow(walk, `stack-${i}`));
}
for (const [i, { title, follow: visit }] of COMPONENT_CHANGES.entries()) {
  describe(title, () => visit((walk) => follow(walk, `component-${i}`)));
}

function follow<Args extends object>(walk: ChangeWalk<Args>, stackName: string): void {
  let args = walk.start;
  let testStack: TestStack;
  let outputs: Ran["outputs"];

  beforeAll(async () => {
    testStack = await newTestStack({ cloud, stackName, program: async () => walk.program(args) });
    outputs = (await run(testStack.stack, "up")).outputs;
  });
  afterAll(async () => {
    await run(testStack.stack, "destroy");
    testStack.remove();
  });

  it.each(walk.changes.map((row) => [row.settings.join(", "), row.change, row] as const))(
    "follows %s: %s",
    async (_settings, _change, { to, steps }) => {
      args = { ...args, ...(typeof to === "function" ? to(outputs) : to) };
      const up = await run(testStack.stack, "up");
      outputs = up.outputs;
      expect(plainSteps(up.steps)).toEqual(steps);
    },
  );

  it("changes nothing more", async () => {
    expect((await run(testStack.stack, "preview")).steps).toEqual([]);
  });
}
