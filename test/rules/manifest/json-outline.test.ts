import { describe, expect, it } from "vitest";
import { jsonOutline } from "../../../rules/manifest/json-outline.js";

describe("the outline of a text", () => {
  it.each([
    ["{}", 1, 1],
    ['{"a": [1, 2, {"b": 3}]}', 3, 5],
    ['{"[[": "]]{\\"[", "a": 1}', 1, 2],
    ["]]][", 0, 1],
  ])("of %s is %i deep with about %i values", (text, depth, values) => {
    expect(jsonOutline(text)).toEqual({ depth, values });
  });

  it("takes no longer for a string that never ends than for any other text", () => {
    const before = performance.now();
    expect(jsonOutline(`{"a": "${'\\"'.repeat(1_000_000)}`).depth).toBe(1);
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});
