import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { askVersion } from "../../engine/ask-version.js";
import { type FakeMachine, fakeMachine } from "./fake-machine.js";

let machine: FakeMachine;
beforeEach(async () => {
  machine = await fakeMachine();
});
afterEach(() => machine.remove());

it("gives up on an engine that hangs", async () => {
  await machine.onPath("pulumi", "/bin/sleep 60");
  const began = Date.now();
  const answer = await askVersion(join(machine.path, "pulumi"), { limitMs: 300 });
  expect(answer).toEqual({ problem: "it did not answer within 0.3 s" });
  expect(Date.now() - began).toBeLessThan(5_000);
});

it("says why an engine could not be started", async () => {
  const answer = await askVersion(join(machine.path, "pulumi"));
  expect(answer.problem).toMatch(/^it could not be started \(spawn .*ENOENT\)$/);
});
