// What the directory refuses to write into an application.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GraphUnderTest, startGraph } from "./graph-under-test.js";

const GRAPH = "00000003-0000-0000-c000-000000000000";
const ROLE = "284383ee-7f6e-4e40-a2a8-e85dcb029101";
const PERSONAL = {
  signInAudience: "AzureADandPersonalMicrosoftAccount",
  api: { requestedAccessTokenVersion: 2 },
};

let graph: GraphUnderTest;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

const problemOf = (fields: Record<string, unknown>) => graph.problemOf(fields);

describe("displayName", () => {
  it("is required and at most 256 characters long", async () => {
    const required = "A value is required for property 'displayName' of resource 'Application'.";
    expect(await problemOf({ displayName: undefined })).toBe(required);
    expect(await problemOf({ displayName: null })).toBe(required);
    expect(await problemOf({ displayName: "" })).toBe(required);
    expect(await problemOf({ displayName: "x".repeat(256) })).toBe("");
    expect(await problemOf({ displayName: "x".repeat(257) })).toBe(
      "displayName is longer than 256 characters",
    );
  });
});

describe("signInAudience", () => {
  it("is one of four, spelled exactly", async () => {
    for (const signInAudience of ["AzureADMyOrg", "AzureADMultipleOrgs"]) {
      expect(await problemOf({ signInAudience })).toBe("");
    }
    expect(await problemOf({ signInAudience: "azureadmyorg" })).toBe(
      "signInAudience must be one of AzureADMyOrg, AzureADMultipleOrgs, AzureADandPersonalMicrosoftAccount, PersonalMicrosoftAccount",
    );
  });

  it("with personal accounts needs access token version 2, which is then the default", async () => {
    expect(await problemOf(PERSONAL)).toBe("");
    expect(await problemOf({ ...PERSONAL, api: { requestedAccessTokenVersion: 1 } })).toBe(
      "Property api.requestedAccessTokenVersion is invalid.",
    );
    const { signInAudience } = PERSONAL;
    const created = await graph.application("Personal", { signInAudience });
    expect(created.api.requestedAccessTokenVersion).toBe(2);
  });
});

describe("api.requestedAccessTokenVersion", () => {
  it("is 1, 2 or null", async () => {
    for (const requestedAccessTokenVersion of [1, 2, null]) {
      expect(await problemOf({ api: { requestedAccessTokenVersion } })).toBe("");
    }
    expect(await problemOf({ api: { requestedAccessTokenVersion: 3 } })).toBe(
      "Property api.requestedAccessTokenVersion is invalid.",
    );
  });
});

describe("requiredResourceAccess", () => {
  const access = (id: unknown, type: unknown, resourceAppId: unknown = GRAPH) => ({
    requiredResourceAccess: [{ resourceAppId, resourceAccess: [{ id, type }] }],
  });

  it("names permissions by id and type, also ones the resource does not offer", async () => {
    expect(await problemOf(access(ROLE, "Role"))).toBe("");
    expect(await problemOf(access("aaaaaaaa-0000-4000-8000-000000000009", "Scope"))).toBe("");
  });

  it("is refused with another type, without an id, or for no resource", async () => {
    expect(await problemOf(access(ROLE, "role"))).toBe(
      "requiredResourceAccess.resourceAccess.type must be Role or Scope",
    );
    expect(await problemOf(access(null, "Role"))).toBe(
      "requiredResourceAccess.resourceAccess.id must be the id of a permission",
    );
    expect(await problemOf(access("Calls.Initiate.All", "Role"))).toContain("Edm.Guid");
    expect(await problemOf(access(ROLE, "Role", "graph"))).toBe(
      "requiredResourceAccess[0].resourceAppId must be an app id",
    );
  });

  it("holds at most 50 resources and 400 permissions", async () => {
    const resource = (count: number) => ({
      resourceAppId: GRAPH,
      resourceAccess: Array.from({ length: count }, () => ({ id: ROLE, type: "Role" })),
    });
    const many = (count: number) => Array.from({ length: count }, () => resource(1));
    expect(await problemOf({ requiredResourceAccess: many(50) })).toBe("");
    expect(await problemOf({ requiredResourceAccess: many(51) })).toBe(
      "requiredResourceAccess names more than 50 resources",
    );
    expect(await problemOf({ requiredResourceAccess: [resource(400)] })).toBe("");
    expect(await problemOf({ requiredResourceAccess: [resource(401)] })).toBe(
      "requiredResourceAccess names more than 400 permissions",
    );
  });
});

describe("app roles", () => {
  const role = {
    id: "aaaaaaaa-0000-4000-8000-000000000001",
    allowedMemberTypes: ["Application"],
    displayName: "Call",
    description: "May call.",
    isEnabled: true,
    value: "Call.Me",
  };

  it("have an id and a value of their own, a name, a description and member types", async () => {
    const other = { ...role, id: "aaaaaaaa-0000-4000-8000-000000000002", value: "Call.You" };
    const problem = (...appRoles: unknown[]) => problemOf({ appRoles });
    expect(await problem(role, other)).toBe("");
    expect(await problem(role, { ...other, id: role.id })).toContain("appRoles[1].id");
    expect(await problem(role, { ...other, value: role.value })).toContain("appRoles[1].value");
    expect(await problem({ ...role, value: "Call me" })).toContain("appRoles[0].value");
    expect(await problem({ ...role, displayName: "" })).toBe("appRoles[0].displayName is required");
    expect(await problem({ ...role, allowedMemberTypes: [] })).toContain("allowedMemberTypes");
  });
});

describe("what the local cloud does not have", () => {
  it.each(["applicationTemplateId", "uniqueName"])("%s is named", async (property) => {
    const { status, body } = await graph.post("/applications", {
      displayName: "x",
      [property]: "y",
    });
    expect([status, body.error.message]).toEqual([
      501,
      `The local cloud does not have the application property ${property}.`,
    ]);
  });
});
