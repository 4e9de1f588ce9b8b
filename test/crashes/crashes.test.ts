// Runs that are killed in the middle, on the real engine: the next one ends where an undisturbed one does. All moments of all
// stacks: `npm run crashes`.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { nameOf } from "./crash-points.js";
import { type Rehearsed, rehearse } from "./rehearsal.js";
import { VICTIMS } from "./scene.js";

// Every moment takes a cloud, two programs and three engines.
vi.setConfig({ testTimeout: 300_000 });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "crashes-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rehearsals = new Map<string, Promise<Rehearsed>>();

/** A stack's undisturbed run is recorded once. */
function rehearsalOf(stackName: string): Promise<Rehearsed> {
  const tls = process.env["TEST_TLS_FOLDER"] ?? "";
  const rehearsed = rehearsals.get(stackName) ?? rehearse(join(folder, stackName), tls, stackName);
  rehearsals.set(stackName, rehearsed);
  return rehearsed;
}

/** Kills the one moment of the victim whose name matches. */
async function crash(stackName: string, victim: string, moment: RegExp) {
  const rehearsed = await rehearsalOf(stackName);
  const [point, ...more] = rehearsed.points.filter(
    (one) => one.victim === victim && moment.test(nameOf(one)),
  );
  expect(more).toEqual([]);
  if (point === undefined) throw new Error(`the recorded run of ${stackName} has no ${moment}`);
  const { struck, problems, recovered } = await rehearsed.crash(point);
  expect({ struck, problems }).toEqual({ struck: true, problems: [] });
  return recovered.join("\n");
}

/** What has no fixed name and would be made a second time. */
const CALL = /up: .* after graph POST \/v1\.0\/applications$/;

for (const victim of VICTIMS) {
  it(`an application that is made while ${victim} is killed is taken over by the next run`, async () => {
    const recovered = await crash("dev", victim, CALL);
    // The cloud may be dead before it has made anything.
    if (victim === "cloud") return;
    expect(recovered).toContain("Application bot was made by the run that was interrupted");
  });
}

/** The provider is the plugin; a program is killed above. */
const OTHERS = VICTIMS.filter((victim) => victim !== "program");

for (const victim of OTHERS) {
  it(`an adoption during which ${victim} is killed is finished by the next run, with nothing lost`, async () => {
    await crash("adopted", victim, /up: .* after graph PATCH \/v1\.0\/applications/);
  });

  it(`a renewal during which ${victim} is killed is finished by the next run, with the secret of before still good`, async () => {
    await crash("secret-renewed", victim, /up: .* after graph POST .*\/addPassword/);
  });
}
