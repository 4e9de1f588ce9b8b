import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ScaleIn } from "../../../rules/hosts/scale-set.js";
import {
  capacityFor,
  LONGEST_NOTICE,
  scaleRules,
  scalingReport,
} from "../../../rules/hosts/scaling.js";

const anyCount = fc.integer({ min: 1, max: 100 });

describe("the number of machines that an update asks for", () => {
  it("takes nothing away that the set has grown to", () => {
    fc.assert(
      fc.property(anyCount, anyCount, (least, current) => {
        expect(capacityFor(least, current)).toBe(current > least ? current : least);
      }),
    );
    expect(capacityFor(2, undefined)).toBe(2);
  });
});

describe("the rules of a set", () => {
  it("only add machines, unless shrinking was asked for", () => {
    expect(scaleRules(ScaleIn.Off).map(({ direction }) => direction)).toEqual(["Increase"]);
    expect(scaleRules(ScaleIn.Protected).map(({ direction }) => direction)).toEqual([
      "Increase",
      "Decrease",
    ]);
  });
});

describe("what is said of it", () => {
  const updates =
    "An update changes the model of the machines, not the machines: each takes it when you upgrade that instance, which ends its calls.";

  it("is little for a set of a fixed number", () => {
    expect(scalingReport({ least: 2, most: 2 }, ScaleIn.Off)).toEqual([updates]);
  });

  it("speaks of the notice that machines are given", () => {
    const [, shrinks = ""] = scalingReport({ least: 2, most: 5 }, ScaleIn.Protected);
    expect(shrinks).toContain(LONGEST_NOTICE.replace(/^PT(\d+)M$/, "at most $1 minutes' notice"));
  });

  it("names the 15 minutes that calls outlast, and what the bot has to do", () => {
    expect(scalingReport({ least: 2, most: 5 }, ScaleIn.Protected)).toEqual([
      "The set grows from 2 to 5 machines when the processors are busier than 50 %.",
      "It shrinks when they are less busy than 20 % for half an hour. Azure gives a machine at most 15 minutes' notice and calls last longer, so the bot must set protectFromScaleIn on its own instance while it has calls: its identity is given the role for that (Microsoft.Compute/virtualMachineScaleSets/virtualMachines/read, Microsoft.Compute/virtualMachineScaleSets/virtualMachines/write).",
      updates,
    ]);
    expect(scalingReport({ least: 2, most: 5 }, ScaleIn.Protected, false)[1]).toMatch(
      /while it has calls: give its identity a role for that \(.*\), because host\.grantRoles is false\.$/,
    );
    expect(scalingReport({ least: 2, most: 5 }, ScaleIn.Off)[1]).toBe(
      "It never shrinks by itself: calls would be cut off.",
    );
  });
});
