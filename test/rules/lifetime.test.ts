import { expect, it } from "vitest";
import { formatIssue } from "../../rules/issue.js";
import { checkLifetime, keptSentence } from "../../rules/lifetime.js";

it("a bot cannot be kept and dropped", () => {
  expect(checkLifetime(true, true).map(formatIssue)).toEqual([
    "ephemeral must be left out when protect is true, because what is kept goes with nothing (this package). Remove one of the two.",
  ]);
  expect(checkLifetime(true, false)).toEqual([]);
  expect(checkLifetime(undefined, true)).toEqual([]);
});

it("what a destroy keeps is one sentence, however much it is", () => {
  expect(keptSentence(["the Azure Bot"])).toContain("is refused and keeps the Azure Bot. ");
  expect(keptSentence(["a", "b", "c"])).toContain("keeps a, b and c. ");
});
