import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatIssue, RulesError } from "../../rules/issue.js";
import {
  checkedStep,
  checkGeneration,
  secretName,
  slotContents,
} from "../../rules/secret-generation.js";

describe("the generation of a secret", () => {
  it("starts with one slot, and has two from then on", () => {
    expect(slotContents(0)).toEqual([{ slot: 0, generation: 0, isCurrent: true }]);
    expect(slotContents(1)).toEqual([
      { slot: 0, generation: 0, isCurrent: false },
      { slot: 1, generation: 1, isCurrent: true },
    ]);
  });

  it("renews the slot that is not in use, and leaves the current one where it is", () => {
    fc.assert(
      fc.property(fc.nat(), (generation) => {
        const [before, after] = [slotContents(generation), slotContents(generation + 1)];
        const current = before.find(({ isCurrent }) => isCurrent);
        expect(after).toContainEqual({ ...current, isCurrent: false });
        expect(after.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
        expect(after).toHaveLength(2);
      }),
    );
  });

  it("goes up by one at a time", () => {
    expect(checkedStep("g", undefined)(7)).toBe(7);
    expect(checkedStep("g", 3)(3)).toBe(3);
    expect(checkedStep("g", 3)(4)).toBe(4);
    for (const wrong of [2, 5]) expect(() => checkedStep("g", 3)(wrong)).toThrow(RulesError);
  });

  it("is a whole number", () => {
    expect([0, 1, 12].flatMap((number) => checkGeneration("g", number))).toEqual([]);
    expect([-1, 1.5].flatMap((number) => checkGeneration("g", number)).map(formatIssue)).toEqual([
      "g must be a whole number from 0 (this package), got -1. Leave it out at first, and raise it by one for each new secret.",
      "g must be a whole number from 0 (this package), got 1.5. Leave it out at first, and raise it by one for each new secret.",
    ]);
  });

  it("stands in the secret's name from the second on", () => {
    expect([secretName("bot", 0), secretName("bot", 2)]).toEqual(["bot", "bot (generation 2)"]);
  });
});
