import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  DEPLOYER,
  GRAPH_APP_ID,
  GRAPH_SERVICE_PRINCIPAL_ID,
  TENANT_ID,
} from "../../../local-cloud/well-known.js";
import { type GraphUnderTest, ORIGINS, startGraph } from "./graph-under-test.js";

const INITIATE = "284383ee-7f6e-4e40-a2a8-e85dcb029101";
const MISSING = "aaaaaaaa-0000-4000-8000-000000000009";
const RESOURCE = `/servicePrincipals/${GRAPH_SERVICE_PRINCIPAL_ID}/appRoleAssignedTo`;

let graph: GraphUnderTest;
let principalId: string;
beforeEach(async () => {
  graph = await startGraph();
  principalId = (await graph.principal("Calls")).principal.id;
});
afterEach(() => graph.stop());

const body = (more: Record<string, unknown> = {}) => ({
  principalId,
  resourceId: GRAPH_SERVICE_PRINCIPAL_ID,
  appRoleId: INITIATE,
  ...more,
});

describe("an app role assignment", () => {
  it("is made on the resource and seen from both ends", async () => {
    const { status, body: made } = await graph.post(RESOURCE, body());
    expect(status).toBe(201);
    expect(made).toEqual({
      "@odata.context": `${ORIGINS.graph}/v1.0/$metadata#servicePrincipals('${GRAPH_SERVICE_PRINCIPAL_ID}')/appRoleAssignedTo/$entity`,
      id: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      deletedDateTime: null,
      appRoleId: INITIATE,
      createdDateTime: "2026-11-23T10:00:00Z",
      principalDisplayName: "Calls",
      principalId,
      principalType: "ServicePrincipal",
      resourceDisplayName: "Microsoft Graph",
      resourceId: GRAPH_SERVICE_PRINCIPAL_ID,
    });
    const assignments = `/servicePrincipals/${principalId}/appRoleAssignments`;
    expect((await graph.get(assignments)).body.value).toMatchObject([{ id: made.id }]);
    expect((await graph.get(`${assignments}/${made.id}`)).body.appRoleId).toBe(INITIATE);
    expect((await graph.get(`${RESOURCE}/${made.id}`)).body.principalId).toBe(principalId);
    const assigned = await graph.get(RESOURCE);
    expect(assigned.body.value).toContainEqual(expect.objectContaining({ id: made.id }));
  });

  it("is made on the principal as well, by its app id too", async () => {
    const { appId } = (await graph.get(`/servicePrincipals/${principalId}`)).body;
    const path = `/servicePrincipals(appId='${appId}')/appRoleAssignments`;
    expect((await graph.post(path, body())).status).toBe(201);
    const roles = graph.context.directory.grantedRoles(TENANT_ID, principalId, GRAPH_APP_ID);
    expect(roles).toEqual(["Calls.Initiate.All"]);
  });

  it("is made once", async () => {
    await graph.post(RESOURCE, body());
    const again = await graph.post(RESOURCE, body());
    expect([again.status, again.body.error.code, again.body.error.message]).toEqual([
      400,
      "Request_BadRequest",
      "Permission being assigned already exists on the object",
    ]);
    expect(
      (await graph.get(`/servicePrincipals/${principalId}/appRoleAssignments`)).body.value,
    ).toHaveLength(1);
  });

  it("needs a role that the resource offers to applications", async () => {
    const refused = await graph.post(RESOURCE, body({ appRoleId: MISSING }));
    expect([refused.status, refused.body.error.message]).toEqual([
      400,
      `Permission being assigned was not found on application '${GRAPH_APP_ID}'.`,
    ]);
    const { principal } = await graph.principal("Api", {
      appRoles: [
        {
          id: MISSING,
          allowedMemberTypes: ["User"],
          displayName: "People",
          description: "For people.",
          isEnabled: true,
          value: "People",
        },
      ],
    });
    const path = `/servicePrincipals/${principal.id}/appRoleAssignedTo`;
    const forPeople = await graph.post(
      path,
      body({ resourceId: principal.id, appRoleId: MISSING }),
    );
    expect(forPeople.status).toBe(400);
    const appRoleId = "00000000-0000-0000-0000-000000000000";
    const access = await graph.post(path, body({ resourceId: principal.id, appRoleId }));
    expect(access.status).toBe(201);
    expect((await graph.post(RESOURCE, body({ appRoleId }))).status).toBe(400);
  });

  it("needs both ends, one of them the one in the path", async () => {
    const wrong = "Not a valid reference update.";
    for (const more of [
      { principalId: MISSING },
      { resourceId: MISSING },
      { resourceId: principalId },
    ]) {
      const { status, body: refused } = await graph.post(RESOURCE, body(more));
      expect([status, refused.error.code, refused.error.message]).toEqual([
        400,
        "Request_BadRequest",
        wrong,
      ]);
    }
    const elsewhere = `/servicePrincipals/${DEPLOYER.servicePrincipalId}/appRoleAssignments`;
    expect((await graph.post(elsewhere, body())).body.error.message).toBe(wrong);
    for (const property of ["principalId", "resourceId", "appRoleId"]) {
      const { body: refused } = await graph.post(RESOURCE, body({ [property]: undefined }));
      expect(refused.error.message).toBe(
        `A value is required for property '${property}' of resource 'AppRoleAssignment'.`,
      );
    }
  });

  it("is removed from either end, and only there", async () => {
    const { body: made } = await graph.post(RESOURCE, body());
    const foreign = `/servicePrincipals/${DEPLOYER.servicePrincipalId}/appRoleAssignments/${made.id}`;
    expect((await graph.delete(foreign)).status).toBe(404);
    expect((await graph.delete(`${RESOURCE}/${made.id}`)).status).toBe(204);
    expect((await graph.get(`${RESOURCE}/${made.id}`)).status).toBe(404);
    expect((await graph.delete(`${RESOURCE}/${made.id}`)).status).toBe(404);
    const { body: again } = await graph.post(RESOURCE, body());
    const own = `/servicePrincipals/${principalId}/appRoleAssignments/${again.id}`;
    expect((await graph.delete(own)).status).toBe(204);
  });

  it("goes with its principal, for good", async () => {
    const { body: made } = await graph.post(RESOURCE, body());
    await graph.delete(`/servicePrincipals/${principalId}`);
    expect((await graph.get(`${RESOURCE}/${made.id}`)).status).toBe(404);
    await graph.call("POST", `/directory/deletedItems/${principalId}/restore`);
    const { body: left } = await graph.get(`/servicePrincipals/${principalId}/appRoleAssignments`);
    expect(left.value).toEqual([]);
  });

  it("is filtered by role", async () => {
    await graph.post(RESOURCE, body());
    const path = `/servicePrincipals/${principalId}/appRoleAssignments`;
    const found = await graph.get(`${path}?$filter=appRoleId eq ${INITIATE}`);
    expect(found.body.value).toHaveLength(1);
    expect((await graph.get(`${path}?$filter=appRoleId eq ${MISSING}`)).body.value).toEqual([]);
  });
});
