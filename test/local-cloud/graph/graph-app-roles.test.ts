import { describe, expect, it } from "vitest";
import { graphAppRoles } from "../../../local-cloud/graph/graph-app-roles.js";

describe("the app roles of Microsoft Graph", () => {
  it("have ids and values of their own, for applications only", () => {
    expect(new Set(graphAppRoles.map(({ id }) => id)).size).toBe(graphAppRoles.length);
    expect(new Set(graphAppRoles.map(({ value }) => value)).size).toBe(graphAppRoles.length);
    for (const role of graphAppRoles) {
      expect(role.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(role).toMatchObject({ isEnabled: true, allowedMemberTypes: ["Application"] });
    }
  });

  it("hold exactly five for calls, with Microsoft's spelling", () => {
    const calls = graphAppRoles.filter(({ value }) => value.startsWith("Calls."));
    expect(Object.fromEntries(calls.map(({ value, id }) => [value, id]))).toEqual({
      "Calls.Initiate.All": "284383ee-7f6e-4e40-a2a8-e85dcb029101",
      "Calls.InitiateGroupCall.All": "4c277553-8a09-487b-8023-29ee378d8324",
      "Calls.JoinGroupCall.All": "f6b49018-60ab-4f81-83bd-22caeabfed2d",
      "Calls.JoinGroupCallAsGuest.All": "fd7ccf6b-3d28-418b-9701-cd10f5cd2fd4",
      "Calls.AccessMedia.All": "a7a681dc-756e-4909-b988-f160edc6655f",
    });
  });
});
