import { describe, expect, it } from "vitest";
import { criticalPath } from "../../bench/critical-path.js";

const node = (id: string, seconds: number, ...dependsOn: string[]) => ({ id, seconds, dependsOn });

describe("the critical path", () => {
  it("is the longest chain, not the most resources", () => {
    const nodes = [node("a", 1), node("b", 1, "a"), node("c", 1, "b"), node("d", 9, "a")];
    expect(criticalPath(nodes)).toEqual({ seconds: 10, ids: ["a", "d"] });
  });

  it("takes what is not there as done, and nothing as no time", () => {
    expect(criticalPath([node("a", 2, "gone")])).toEqual({ seconds: 2, ids: ["a"] });
    expect(criticalPath([])).toEqual({ seconds: 0, ids: [] });
  });

  it("refuses a ring", () => {
    expect(() => criticalPath([node("a", 1, "b"), node("b", 1, "a")])).toThrow("waits for itself");
  });
});
