import { expect, it } from "vitest";
import { checkTags, OWN_TAGS } from "../../rules/tags.js";

const rules = (tags: Record<string, string>) =>
  checkTags("tags", tags).map(({ path, rule }) => `${path} ${rule}`);

it("accepts ordinary tags", () => {
  expect(rules({ team: "Calls", "cost center": "42", empty: "" })).toEqual([]);
});

it.each(["<", ">", "%", "&", "\\", "?", "/"])("refuses a name with %s", (character) => {
  expect(rules({ [`a${character}`]: "x" })).toEqual([
    `tags[${JSON.stringify(`a${character}`)}] must have a name of 1 to 512 characters without < > % & \\ ? /`,
  ]);
});

it("refuses too long names and values, reserved names and names that differ only by case", () => {
  expect(rules({ ["a".repeat(513)]: "x" })).toHaveLength(1);
  expect(rules({ a: "x".repeat(256) })).toEqual([]);
  expect(rules({ a: "x".repeat(257) })).toEqual([
    "tags.a must have a value of at most 256 characters",
  ]);
  expect(rules({ AzureTeam: "x" })).toEqual([
    "tags.AzureTeam must not have a name that starts with azure, microsoft or windows",
  ]);
  expect(rules({ team: "x", Team: "y" })).toEqual([
    "tags.Team must have a name of its own, whatever its case",
  ]);
});

it("keeps room and names for the tags that this package sets", () => {
  const many = (n: number) =>
    Object.fromEntries(Array.from({ length: n }, (_, i) => [`tag${i}`, "x"]));
  expect(rules(many(47))).toEqual([]);
  expect(rules(many(48))).toHaveLength(1);
  for (const name of Object.values(OWN_TAGS)) expect(rules({ [name]: "x" })).toHaveLength(1);
});
