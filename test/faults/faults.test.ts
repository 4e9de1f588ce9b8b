// Services that fail for a while, on the real engine: the stack ends as it does without that. Every form at every call, one at
// a time, is `npm run faults`.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FaultRule } from "../../local-cloud/http/faults.js";
import type { TestCloud } from "../support/test-cloud.js";
import { startDeployableCloud } from "../support/test-stack.js";
import { DisturbedStack, type Operation, type Outcome } from "./disturbed-run.js";
import { FAULT_FORMS, type FaultForm, faultAt } from "./fault-forms.js";
import type { RecordedCall } from "./recorded-calls.js";

let cloud: TestCloud;
let disturbed: DisturbedStack;

beforeAll(async () => {
  cloud = await startDeployableCloud();
  disturbed = await DisturbedStack.start(cloud);
});
afterAll(async () => {
  disturbed.remove();
  await cloud.remove();
});

/** Forms that every client repeats, whatever the call. */
const PASSING = FAULT_FORMS.filter(
  ({ form, befalls }) => form.kind !== "drop" && befalls === undefined,
);
const NOT_YET = FAULT_FORMS.filter(({ name }) => /not replicated|another operation/.test(name));

const UNNOTICED: Outcome = { error: undefined, runs: 1, differences: [] };

/** The first call of each kind: a second one would meet the fault of the first one's repetition. */
function kinds(operation: Operation): readonly RecordedCall[] {
  return disturbed.reference.calls[operation].filter(({ skip }) => skip === 0);
}

function rulesOf(choose: (call: RecordedCall, place: number) => readonly FaultRule[]) {
  const rules = (operation: Operation) => kinds(operation).flatMap(choose);
  return { up: rules("up"), refresh: rules("refresh"), destroy: rules("destroy") };
}

/** All these forms at one call, one after the other. */
function inTurn(forms: readonly FaultForm[], call: RecordedCall): FaultRule[] {
  const its = forms.filter(({ befalls }) => befalls?.(call) ?? true);
  return its.map((form, i) => ({ ...faultAt(form, call), skip: call.skip + i }));
}

describe("a stack whose services fail for a while", () => {
  it("notices nothing of answers that say `later`, one at each kind of call", async () => {
    const rules = rulesOf((call, i) => inTurn(PASSING.slice(i % PASSING.length).slice(0, 1), call));
    expect(rules.up.length).toBeGreaterThan(40);
    expect(await disturbed.live(rules)).toEqual([UNNOTICED, UNNOTICED, UNNOTICED]);
  });

  it("notices nothing of what is not replicated yet, in each of its forms, nor of an operation that is under way", async () => {
    const rules = rulesOf((call) => inTurn(NOT_YET, call));
    expect(rules.up.length).toBeGreaterThan(NOT_YET.length);
    expect(await disturbed.live(rules)).toEqual([UNNOTICED, UNNOTICED, UNNOTICED]);
  });

  it("notices nothing of a directory that is late by three reads", async () => {
    cloud.replication.replicateLate(3);
    const outcomes = await disturbed.live({ up: [], refresh: [], destroy: [] });
    cloud.replication.replicateLate(0);
    expect(outcomes).toEqual([UNNOTICED, UNNOTICED, UNNOTICED]);
  });

  it.each([
    [["applications"]],
    [["servicePrincipals", "federatedIdentityCredentials", "addPassword"]],
    [["appRoleAssignedTo"]],
  ])("is made whole by the next run when nobody hears that %j were made", async (made) => {
    const lost = FAULT_FORMS.filter(({ acted }) => acted);
    const rules = rulesOf((call) =>
      call.service === "graph" &&
      call.method === "POST" &&
      made.some((one) => call.path.endsWith(`/${one}$`))
        ? inTurn(lost, call)
        : [],
    );
    expect(rules.up).toHaveLength(made.length);
    const [up, ...others] = await disturbed.live({ ...rules, refresh: [], destroy: [] });
    expect(up).toMatchObject({ runs: 2, differences: [] });
    expect(up?.error).toContain("socket hang up");
    expect(others).toEqual([UNNOTICED, UNNOTICED]);
  });

  it("ends as without faults whichever calls fail, in whatever form, up to twice in a row", async () => {
    const hit = fc.record({
      place: fc.nat(),
      times: fc.integer({ min: 1, max: 2 }),
      form: fc.constantFrom(...PASSING),
    });
    const schedule = fc.record({
      up: fc.array(hit, { maxLength: 12 }),
      refresh: fc.array(hit, { maxLength: 6 }),
      destroy: fc.array(hit, { maxLength: 6 }),
    });
    const runs = Number(process.env["FAULT_SCHEDULES"] ?? 2);
    await fc.assert(
      fc.asyncProperty(schedule, async (hits) => {
        const rules = (operation: Operation) => {
          const calls = kinds(operation);
          const chosen = new Map(hits[operation].map((one) => [one.place % calls.length, one]));
          return [...chosen].flatMap(([place, { form, times }]) => {
            const call = calls[place];
            return call === undefined ? [] : [{ ...faultAt(form, call), times }];
          });
        };
        const all = { up: rules("up"), refresh: rules("refresh"), destroy: rules("destroy") };
        expect(await disturbed.live(all)).toEqual([UNNOTICED, UNNOTICED, UNNOTICED]);
      }),
      { numRuns: runs, endOnFailure: true },
    );
  });
});
