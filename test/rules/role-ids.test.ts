import { describe, expect, it } from "vitest";
import { RulesError } from "../../rules/issue.js";
import { findPermission } from "../../rules/permissions.js";
import { checkedRoleId } from "../../rules/role-ids.js";

const ROLE = "Calls.JoinGroupCall.All";
const PUBLISHED = findPermission(ROLE)?.id ?? "";
const OTHER = "11111111-2222-3333-4444-555555555555";

describe("checkedRoleId", () => {
  it("returns the directory's id when it is the published one, in any case", () => {
    expect(checkedRoleId({ [ROLE]: PUBLISHED }, ROLE)).toBe(PUBLISHED);
    expect(checkedRoleId({ [ROLE]: PUBLISHED.toUpperCase() }, ROLE)).toBe(PUBLISHED.toUpperCase());
  });

  it("refuses a directory that has another id for the role in the public cloud", () => {
    expect(() => checkedRoleId({ [ROLE]: OTHER }, ROLE)).toThrow(
      `permissions "${ROLE}" must have the published id ${PUBLISHED} in the tenant's directory (Microsoft Graph), got "${OTHER}". Check that`,
    );
  });

  it("takes the directory's id in a national cloud, where equal ids are unverified", () => {
    expect(checkedRoleId({ [ROLE]: OTHER }, ROLE, false)).toBe(OTHER);
  });

  it("refuses a role that the directory does not offer, in every cloud", () => {
    for (const published of [true, false]) {
      expect(() => checkedRoleId({}, ROLE, published)).toThrow(RulesError);
    }
  });
});
