import { describe, expect, it } from "vitest";
import { z } from "zod";
import { formatIssue, type Issue } from "../../rules/issue.js";
import { checked, formatPath, parseWithIssues } from "../../rules/zod-issues.js";

const rule: Issue = { path: "", rule: "must be good", whose: "this test", fix: "Mend it." };

describe("a schema with checks", () => {
  it("puts the path of the value before the path of the check", () => {
    const list = checked(z.array(z.string()), (path) => [
      { ...rule, path: `${path}[1]`, rule: `must differ from ${path}[0]` },
    ]);
    expect(parseWithIssues(z.object({ urls: list }), { urls: ["a", "a"] }).issues).toEqual([
      { ...rule, path: "urls[1]", rule: "must differ from urls[0]" },
    ]);
  });

  it("still checks one value when its neighbour is missing", () => {
    const schema = z.strictObject({
      a: checked(z.string(), (path) => [{ ...rule, path }]),
      b: z.string(),
    });
    expect(parseWithIssues(schema, { a: "x" }).issues.map(({ path }) => path)).toEqual(["a", "b"]);
  });

  it("checks a list and its entries together", () => {
    const entry = checked(z.string(), (path) => [{ ...rule, path }]);
    const list = checked(z.array(entry), (path) => [{ ...rule, path }]);
    expect(parseWithIssues(z.object({ l: list }), { l: ["x"] }).issues.map((i) => i.path)).toEqual([
      "l[0]",
      "l",
    ]);
  });

  it("refuses the text 3 for a whole number and a half for one", () => {
    const sentences = (value: unknown) =>
      parseWithIssues(z.object({ n: z.int() }), { n: value }).issues.map(formatIssue);
    expect(sentences("3")).toEqual([
      'n must be a number, not text (this package), got "3". Write it without quotes.',
    ]);
    expect(sentences(1.5)).toEqual([
      "n must be a whole number (this package), got 1.5. Write a whole number.",
    ]);
    expect(sentences(3)).toEqual([]);
  });
});

it("writes paths as a person would", () => {
  expect(formatPath(["replyUrls", 2])).toBe("replyUrls[2]");
  expect(formatPath(["host", "callingWebhook"])).toBe("host.callingWebhook");
  expect(formatPath(["tags", "cost center"])).toBe('tags["cost center"]');
});
