// Runs that are killed in the middle, on the real engine: the next one ends where an undisturbed one does. All moments of all
// stacks: `npm run crashes`.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { chosenPoints } from "./chosen-points.js";
import { type CrashPoint, nameOf } from "./crash-points.js";
import { type Rehearsed, rehearse } from "./rehearsal.js";
import { VICTIMS } from "./scene.js";

// Every moment takes a cloud, two programs and three engines.
vi.setConfig({ testTimeout: 300_000 });

/** Together they make every type of resource that this package makes. */
const STACKS = ["dev", "prod", "sign-up", "app-service", "container-app", "scale-set"];
const SEED = Number(process.env["CRASH_SEED"] ?? 1);

let folder: string;
const rehearsed = new Map<string, Rehearsed>();
let chosen: CrashPoint[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "crashes-"));
  const points: CrashPoint[] = [];
  for (const stack of STACKS) {
    mkdirSync(join(folder, stack));
    const one = await rehearse(join(folder, stack), process.env["TEST_TLS_FOLDER"] ?? "", stack);
    rehearsed.set(stack, one);
    points.push(...one.points);
  }
  chosen = chosenPoints(points, SEED);
  process.stdout.write(
    `crashes: ${chosen.length} of ${points.length} moments, CRASH_SEED=${SEED}\n`,
  );
}, 900_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a run that is killed", () => {
  for (const victim of VICTIMS) {
    it(`is made good by the next run, whatever ${victim} was doing`, async () => {
      const points = chosen.filter((point) => point.victim === victim);
      expect(points.length).toBeGreaterThan(3);
      for (const point of points) {
        const outcome = await rehearsed.get(point.stackName)?.crash(point);
        expect(outcome, nameOf(point)).toMatchObject({ struck: true, problems: [] });
      }
    }, 600_000);
  }
});
