import { describe, expect, it } from "vitest";
import { formatIssue } from "../../rules/issue.js";
import { checkGivenIsThere, checkInsightsReadable } from "../../rules/presence.js";

const ID = "/subscriptions/s/resourceGroups/shared/providers/Microsoft.Insights/components/shared";

describe("what a stack gives", () => {
  it("is refused only when Azure says that it is not there", () => {
    expect(checkGivenIsThere("vaultId", ID, 404).map(formatIssue).join()).toMatch(
      /^vaultId must be the resource id of one that exists, and there is none/,
    );
    for (const status of [200, 403, 500, undefined]) {
      expect(checkGivenIsThere("vaultId", ID, status)).toEqual([]);
    }
  });

  it("is refused as Application Insights when its connection string cannot be read", () => {
    const says = (status: number | undefined) =>
      checkInsightsReadable("applicationInsightsId", ID, status).map(formatIssue).join();
    expect(says(200)).toBe("");
    expect(says(404)).toContain("there is none");
    expect(says(403)).toContain("the answer 403");
    expect(says(undefined)).toContain("no answer");
  });
});
