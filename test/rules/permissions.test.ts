import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isGuid } from "../../rules/guid.js";
import { formatIssue } from "../../rules/issue.js";
import { MISSPELLINGS, RESOURCE_SPECIFIC } from "../../rules/permission-catalogue.js";
import {
  checkPermissionName,
  Demand,
  demandText,
  findPermission,
  GRAPH_APP_ID,
  PERMISSIONS,
} from "../../rules/permissions.js";

const sentence = (name: string) => checkPermissionName("permissions[0]", name).map(formatIssue);

describe("the permission catalogue", () => {
  it("has the seven that Microsoft names for calls and online meetings, with their ids", () => {
    const ids = (name: string) => findPermission(name)?.id;
    expect({
      "Calls.Initiate.All": ids("Calls.Initiate.All"),
      "Calls.InitiateGroupCall.All": ids("Calls.InitiateGroupCall.All"),
      "Calls.JoinGroupCall.All": ids("Calls.JoinGroupCall.All"),
      "Calls.JoinGroupCallAsGuest.All": ids("Calls.JoinGroupCallAsGuest.All"),
      "Calls.AccessMedia.All": ids("Calls.AccessMedia.All"),
      "OnlineMeetings.Read.All": ids("OnlineMeetings.Read.All"),
      "OnlineMeetings.ReadWrite.All": ids("OnlineMeetings.ReadWrite.All"),
    }).toEqual({
      "Calls.Initiate.All": "284383ee-7f6e-4e40-a2a8-e85dcb029101",
      "Calls.InitiateGroupCall.All": "4c277553-8a09-487b-8023-29ee378d8324",
      "Calls.JoinGroupCall.All": "f6b49018-60ab-4f81-83bd-22caeabfed2d",
      "Calls.JoinGroupCallAsGuest.All": "fd7ccf6b-3d28-418b-9701-cd10f5cd2fd4",
      "Calls.AccessMedia.All": "a7a681dc-756e-4909-b988-f160edc6655f",
      "OnlineMeetings.Read.All": "c1684f21-1984-47fa-9d61-2dc8c296bb70",
      "OnlineMeetings.ReadWrite.All": "b8bb2037-6e08-44ac-a4ea-4674e010e2a4",
    });
    expect(GRAPH_APP_ID).toBe("00000003-0000-0000-c000-000000000000");
  });

  it("has well-formed ids in lower case, each name and each id once", () => {
    for (const { id } of PERMISSIONS) expect(isGuid(id) && id === id.toLowerCase()).toBe(true);
    expect(new Set(PERMISSIONS.map(({ id }) => id)).size).toBe(PERMISSIONS.length);
    expect(new Set(PERMISSIONS.map(({ value }) => value.toLowerCase())).size).toBe(
      PERMISSIONS.length,
    );
  });

  it("has exactly five Calls.* app roles, of which one touches media", () => {
    expect(PERMISSIONS.filter(({ value }) => value.startsWith("Calls."))).toHaveLength(5);
    expect(
      PERMISSIONS.filter(({ touchesMedia }) => touchesMedia).map(({ value }) => value),
    ).toEqual(["Calls.AccessMedia.All"]);
  });

  it("says what each demands besides consent", () => {
    expect(findPermission("Calls.AccessMedia.All")?.demands).toEqual([
      Demand.MediaHost,
      Demand.RecordingStatus,
    ]);
    expect(findPermission("OnlineMeetings.Read.All")?.demands).toEqual([
      Demand.ApplicationAccessPolicy,
    ]);
    expect(findPermission("Calls.Initiate.All")?.demands).toEqual([]);
    for (const demand of Object.values(Demand)) expect(demandText(demand)).toMatch(/^[A-Z].*\.$/);
  });

  it("holds no resource-specific name and no role of a deploying identity", () => {
    for (const name of [...RESOURCE_SPECIFIC, "Application.ReadWrite.All"]) {
      expect(findPermission(name)).toBeUndefined();
    }
  });
});

describe("a permission name", () => {
  it("is found in any case and keeps the official spelling", () => {
    expect(findPermission("Calls.JoinGroupCallasGuest.All")?.value).toBe(
      "Calls.JoinGroupCallAsGuest.All",
    );
    for (const { value } of PERMISSIONS) {
      expect(findPermission(value.toUpperCase())?.value).toBe(value);
    }
  });

  it("is found under the spellings that Microsoft's pages get wrong", () => {
    expect(findPermission("Calls.JoinGroupCalls.All")?.value).toBe("Calls.JoinGroupCall.All");
    expect(findPermission("Calls.InitiateGroupCalls.All")?.value).toBe(
      "Calls.InitiateGroupCall.All",
    );
    for (const meant of MISSPELLINGS.values()) expect(findPermission(meant)?.value).toBe(meant);
  });

  it("is refused when it is resource-specific, and the app role is named", () => {
    expect(sentence("Calls.JoinGroupCalls.Chat")).toEqual([
      'permissions[0] must be an app role, and this is a resource-specific (RSC) permission (Microsoft Graph), got "Calls.JoinGroupCalls.Chat". Name it in the manifest of the Teams app, or write the app role for the whole organisation, perhaps "Calls.JoinGroupCall.All".',
    ]);
  });

  it("is refused when it is a delegated scope (delegated ids used as roles: azuread#1461)", () => {
    expect(sentence("OnlineMeetings.ReadWrite")).toEqual([
      'permissions[0] must be an app role, and this is a delegated permission (a bot has no signed-in user) (Microsoft Graph), got "OnlineMeetings.ReadWrite". Write "OnlineMeetings.ReadWrite.All" if the bot needs it for the whole organisation.',
    ]);
    expect(sentence("User.Read")[0]).toContain("this is a delegated permission");
  });

  it("is refused when it does not exist", () => {
    expect(sentence("Calls.GetTranscript")[0]).toContain(
      "must be a Graph app role that a calling bot can need",
    );
    expect(sentence("Calls.JoinGroupCal.Al")[0]).toContain('perhaps "Calls.JoinGroupCall.All"');
  });

  it("is refused when it is an id, and the name is given", () => {
    expect(sentence("A7A681DC-756e-4909-b988-f160edc6655f")[0]).toContain(
      'Write "Calls.AccessMedia.All".',
    );
    expect(sentence("f6b49018-60ab-4f12-bec5-6d2120a4f3f1")[0]).toContain(
      "must be the name of an app role, not an id",
    );
  });

  it("never breaks the check, whatever it is", () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const known = findPermission(name) !== undefined;
        expect(sentence(name)).toHaveLength(known ? 0 : 1);
      }),
    );
    for (const name of ["constructor", "__proto__", "toString"]) {
      expect(sentence(name)).toHaveLength(1);
    }
  });
});
