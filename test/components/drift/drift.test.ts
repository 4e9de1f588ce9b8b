// docs/drift.md on the real engine: what is changed behind Pulumi's back is seen by a refresh and put right by the next update.
import { beforeAll, describe, expect, it } from "vitest";
import { CallingBot, stackOutputs } from "../../../components/index.js";
import { createReport, type Step } from "../../../scripts/stack-report.js";
import { runStack } from "../../../scripts/stack-run.js";
import { changesBetween } from "../../support/changes-between.js";
import { cloudOfFile } from "../../support/cloud-of-file.js";
import { newTestStack, run, type TestStack } from "../../support/test-stack.js";
import { type Drift, type DriftPlace, type DriftStack, stepOf } from "./drift.js";
import { DRIFT_STACKS } from "./drift-stacks.js";
import { type Live, liveResources, personBeside } from "./person.js";
import { placeOf } from "./place.js";
import { WEBHOOK } from "./registration-drift.js";
import { complaints } from "./verified.js";

const { cloud, made } = await cloudOfFile();
let place: DriftPlace;
beforeAll(async () => {
  place = await placeOf(cloud);
});

for (const drifted of DRIFT_STACKS) describe(drifted.title, () => follow(drifted));

function follow({ stackName, bots, rounds }: DriftStack): void {
  let testStack: TestStack;

  beforeAll(async () => {
    testStack = await newTestStack({
      cloud,
      stackName,
      program: async () => {
        const all = Object.entries(bots(place)).map(([name, args]) => [
          name,
          stackOutputs(new CallingBot(name, args)),
        ]);
        return Object.fromEntries(all);
      },
    });
    made.push(testStack);
    await run(testStack.stack, "up");
  });

  it.each(rounds.map((round) => [round.title, round] as const))(
    "is seen and put right: %s",
    async (_title, { drifts, follows = [] }) => {
      const { stack } = testStack;
      const before = await liveResources(cloud, stack);
      const person = await personBeside(cloud, stack);
      for (const { by } of drifts) await by(person);
      const verified = drifts.flatMap(({ verify }) => verify ?? []);
      if (verified.length > 0) {
        const { value } = (await stack.outputs())["bot"] ?? {};
        expect.soft(await complaints(value, WEBHOOK)).toEqual([...new Set(verified)].sort());
      }

      const report = createReport();
      await runStack(stack, { operation: "refresh", onEvent: report.take });
      expect(unseen(drifts, report.steps)).toEqual([]);

      const next = createReport();
      await runStack(stack, { operation: "up", onEvent: next.take });
      expect(unnamed(drifts, next.steps)).toEqual([]);
      const done = [...new Set(next.steps.map(plainStep))];
      const expected = [...drifts.flatMap((drift) => stepOf(drift) ?? []), ...follows];
      expect(done.sort()).toEqual([...new Set(expected)].sort());

      const after = await liveResources(cloud, stack);
      expect(differences(before, after, left(drifts, follows))).toEqual([]);
      const again = drifts.filter(({ twice }) => twice).map(({ resource }) => `update ${resource}`);
      if (again.length > 0) expect((await run(stack, "up")).steps).toEqual(again);
    },
  );

  // What a round had left undone, the update of the next one would have done as well, which is compared step by step.
  it("changes nothing more", async () => {
    const { steps } = await run(testStack.stack, "up", { refresh: true });
    // What only repeats something else, such as the number of sites of a plan, is read once more.
    expect(steps.filter((step) => !step.startsWith("refresh "))).toEqual([]);
  });
}

/** Rows that the refresh does not show as they say. */
function unseen(drifts: readonly Drift[], steps: readonly Step[]): string[] {
  const wrong = drifts.filter(({ seen, resource }) => {
    const kinds = steps.filter((step) => nameOf(step) === resource).map(({ kind }) => kind);
    if (seen === undefined) return kinds.length > 0;
    return seen === "gone" ? !kinds.includes("gone") : !kinds.includes("changed");
  });
  return wrong.map(({ what, resource }) => `${resource}: ${what}`);
}

/** Properties that the update does not name as the rows say. */
function unnamed(drifts: readonly Drift[], steps: readonly Step[]): string[] {
  return drifts.flatMap((drift) => {
    const { seen, resource } = drift;
    if (typeof seen !== "object" || stepOf(drift) === undefined) return [];
    const named = steps
      .filter((step) => nameOf(step) === resource)
      .flatMap(({ changes }) => changes.map(({ path }) => path));
    return seen
      .filter((path) => !named.some((one) => new RegExp(`^${path}(?:[.[]|$)`).test(one)))
      .map((path) => `${resource}: ${path}, not among ${named.join(" ")}`);
  });
}

function nameOf({ urn, type }: Pick<Step, "urn" | "type">): string {
  return `${type.split(":").at(-1)} ${urn.split("::").at(-1)}`;
}

function plainStep(step: Step): string {
  const kind = step.kind === "delete-replaced" ? "replace" : step.kind;
  return `${kind} ${nameOf(step)}`;
}

/** What need not be as it was: what nobody was to put right, and what is another one, with ids of its own, or follows from that. */
function left(drifts: readonly Drift[], follows: readonly string[]): string[] {
  const isUpdated = (drift: Drift) => stepOf(drift)?.startsWith("update ") === true;
  return [
    ...drifts.filter((drift) => !isUpdated(drift)).map(({ resource }) => resource),
    ...follows.map((step) => step.slice(step.indexOf(" ") + 1)),
  ];
}

/** Of what is there with the same id; a secret is in the state by itself. */
function differences(before: Live, after: Live, except: readonly string[]) {
  return Object.entries(before)
    .filter(([name]) => name in after && !except.some((one) => name.startsWith(`${one} `)))
    .flatMap(([name, was]) => changesBetween(was, after[name], name))
    .filter(([path]) => !path.endsWith(".passwordCredentials"));
}
