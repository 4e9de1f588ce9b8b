import fc from "fast-check";
import { expect, test } from "vitest";
import { detailedDiff } from "../../../../local-cloud/plugins/wire/detailed-diff.js";
import { inside, topLevelOf } from "../../../../local-cloud/plugins/wire/property-paths.js";
import { type Properties, UNKNOWN } from "../../../../local-cloud/plugins/wire/property-values.js";

const kinds = (before: Properties, after: Properties, replaces: string[] = []) =>
  Object.fromEntries(
    [...detailedDiff(before, after, { replaces: new Set(replaces) })].map(([path, difference]) => [
      path,
      difference.replaces ? `${difference.kind} replaces` : difference.kind,
    ]),
  );

test("names every difference by its path", () => {
  const before = { same: 1, gone: "x", deep: { kept: true, changed: "a" }, list: ["a", "b", "c"] };
  const after = { same: 1, come: "y", deep: { kept: true, changed: "b" }, list: ["a", "B"] };
  expect(kinds(before, after)).toEqual({
    gone: "delete",
    come: "add",
    "deep.changed": "update",
    "list[1]": "update",
    "list[2]": "delete",
  });
});

test("marks everything below a property that replaces", () => {
  expect(kinds({ a: { b: 1 }, c: 1 }, { a: { b: 2, d: 1 }, c: 2 }, ["a"])).toEqual({
    "a.b": "update replaces",
    "a.d": "add replaces",
    c: "update",
  });
});

test("takes unknown for different from known, and for equal to unknown", () => {
  expect(kinds({ a: "x", b: UNKNOWN }, { a: UNKNOWN, b: UNKNOWN })).toEqual({ a: "update" });
});

test("passes over the plugins' own properties", () => {
  expect(kinds({ __createBeforeDelete: true }, {})).toEqual({});
});

test("compares sets without their order", () => {
  const rules = { replaces: new Set<string>(), unordered: () => true };
  expect([...detailedDiff({ s: ["a", "b"] }, { s: ["b", "a"] }, rules)]).toEqual([]);
  const found = detailedDiff({ s: ["a", "b"] }, { s: ["c", "b", "d"] }, rules);
  expect([...found.keys()]).toEqual(["s[0]", "s[2]"]);
});

test("quotes names that a path cannot hold, and finds the top-level name again", () => {
  expect(inside("tags", "a.b")).toBe('tags["a.b"]');
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (name) => {
      expect(topLevelOf(inside(inside("", name), "x"))).toBe(name);
    }),
  );
});
