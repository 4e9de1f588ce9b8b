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
let rehearsed: Rehearsed;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "crashes-"));
  rehearsed = await rehearse(folder, process.env["TEST_TLS_FOLDER"] ?? "", "dev");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What has no fixed name and would be made a second time. */
const CALL = /up: .* after graph POST \/v1\.0\/applications$/;

for (const victim of VICTIMS) {
  it(`an application that is made while ${victim} is killed is taken over by the next run`, async () => {
    const [point, ...more] = rehearsed.points.filter(
      (one) => one.victim === victim && CALL.test(nameOf(one)),
    );
    expect(more).toEqual([]);
    if (point === undefined) throw new Error("the recorded run makes no application");
    const { struck, problems, recovered } = await rehearsed.crash(point);
    expect({ struck, problems }).toEqual({ struck: true, problems: [] });
    // The cloud may be dead before it has made anything.
    if (victim === "cloud") return;
    expect(recovered.join("\n")).toContain(
      "Application bot was made by the run that was interrupted",
    );
  });
}
