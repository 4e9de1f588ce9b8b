import { describe, expect, it } from "vitest";
import { formatIssue, type Issue, RulesError, shown, throwIfAny } from "../../rules/issue.js";

const issue: Issue = {
  path: "host.callingWebhook",
  rule: "must start with https://",
  whose: "Azure Bot Service",
  got: '"http://x"',
  fix: "Serve it over TLS.",
};

describe("an issue", () => {
  it("reads as a sentence with the value and the fix", () => {
    expect(formatIssue(issue)).toBe(
      'host.callingWebhook must start with https:// (Azure Bot Service), got "http://x". Serve it over TLS.',
    );
  });

  it("leaves out the value when there is none to show", () => {
    const { got: _, ...rest } = issue;
    expect(formatIssue(rest)).toBe(
      "host.callingWebhook must start with https:// (Azure Bot Service). Serve it over TLS.",
    );
  });

  it("shows text quoted, on one line and cut, and structures by kind only", () => {
    expect(shown("a\nb")).toBe('"a\\nb"');
    expect(shown("x".repeat(500))).toBe(`"${"x".repeat(120)}..."`);
    expect([shown(3), shown(null), shown([1]), shown({ secret: 1 })]).toEqual([
      "3",
      "null",
      "a list",
      "an object",
    ]);
  });
});

describe("throwIfAny", () => {
  it("is silent without issues", () => {
    expect(() => throwIfAny([])).not.toThrow();
  });

  it("throws all issues at once, one a line", () => {
    const thrown = new RulesError([issue, issue]);
    expect(thrown.message.split("\n")).toEqual([
      "2 problems in the configuration of this stack:",
      `  ${formatIssue(issue)}`,
      `  ${formatIssue(issue)}`,
    ]);
    expect(thrown.issues).toEqual([issue, issue]);
    expect(() => throwIfAny([issue])).toThrow("1 problem in the configuration of this stack:");
  });
});
