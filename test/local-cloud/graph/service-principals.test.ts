import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  DEPLOYER,
  GRAPH_APP_ID,
  GRAPH_SERVICE_PRINCIPAL_ID,
  SECOND_TENANT_ID,
  TENANT_ID,
} from "../../../local-cloud/well-known.js";
import { type GraphUnderTest, ORIGINS, startGraph } from "./graph-under-test.js";

const OWNED_BY = ["Application.ReadWrite.OwnedBy"];
const MISSING = "aaaaaaaa-0000-4000-8000-000000000009";

let graph: GraphUnderTest;
beforeEach(async () => {
  graph = await startGraph();
});
afterEach(() => graph.stop());

describe("POST /servicePrincipals", () => {
  it("takes what it shows from the application", async () => {
    const application = await graph.application("Calls", {
      web: { homePageUrl: "https://contoso.com", redirectUris: ["https://contoso.com/auth"] },
      description: "Calls people.",
    });
    const { status, body, headers } = await graph.post("/servicePrincipals", {
      appId: application.appId,
      tags: ["one"],
      appRoleAssignmentRequired: true,
    });
    expect(status).toBe(201);
    expect(headers.get("location")).toBe(`${ORIGINS.graph}/v1.0/servicePrincipals/${body.id}`);
    expect(body).toMatchObject({
      "@odata.context": `${ORIGINS.graph}/v1.0/$metadata#servicePrincipals/$entity`,
      appId: application.appId,
      appOwnerOrganizationId: TENANT_ID,
      displayName: "Calls",
      appDisplayName: "Calls",
      appDescription: "Calls people.",
      homepage: "https://contoso.com",
      replyUrls: ["https://contoso.com/auth"],
      servicePrincipalNames: [application.appId],
      servicePrincipalType: "Application",
      signInAudience: "AzureADMyOrg",
      accountEnabled: true,
      appRoleAssignmentRequired: true,
      tags: ["one"],
      appRoles: [],
      passwordCredentials: [],
      createdDateTime: "2026-11-23T10:00:00Z",
    });
    expect([body.id, application.id]).not.toContain(application.appId);
    await graph.patch(`/applications/${application.id}`, { displayName: "Renamed" });
    expect((await graph.get(`/servicePrincipals/${body.id}`)).body.displayName).toBe("Renamed");
  });

  it("accepts the body of the azuread provider", async () => {
    const { appId } = await graph.application("Calls");
    const { status } = await graph.post("/servicePrincipals", {
      accountEnabled: true,
      alternativeNames: [],
      appId,
      appRoleAssignmentRequired: false,
      description: "TERRAFORM_UPDATE_1",
      loginUrl: null,
      notes: null,
      notificationEmailAddresses: [],
      "owners@odata.bind": [
        `https://graph.microsoft.com/v1.0/directoryObjects/${DEPLOYER.servicePrincipalId}`,
      ],
      preferredSingleSignOnMode: null,
      samlSingleSignOnSettings: { relayState: null },
      tags: [],
    });
    expect(status).toBe(201);
  });

  it("refuses an app id without an application", async () => {
    const { status, body } = await graph.post("/servicePrincipals", { appId: MISSING });
    const message = `The appId '${MISSING}' of the service principal does not reference a valid application object.`;
    expect([status, body.error]).toMatchObject([
      400,
      {
        code: "Request_BadRequest",
        message,
        details: [{ code: "NoBackingApplicationObject", message, target: "appId" }],
      },
    ]);
  });

  it("needs an app id", async () => {
    const { status, body } = await graph.post("/servicePrincipals", {});
    expect([status, body.error.message]).toEqual([
      400,
      "A value is required for property 'appId' of resource 'ServicePrincipal'.",
    ]);
  });

  it("refuses a second one for an application", async () => {
    const { application } = await graph.principal("Calls");
    const { appId } = application;
    const { status, body } = await graph.post("/servicePrincipals", { appId });
    expect([status, body.error.code, body.error.message]).toEqual([
      409,
      "Request_MultipleObjectsWithSameKeyValue",
      `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
    ]);
  });

  it("reaches an application of another tenant only when that is open to others", async () => {
    const { appId } = await graph.application("Calls");
    const elsewhere = graph.context.directory.applicationByAppId(appId);
    if (elsewhere === undefined) throw new Error("not stored");
    const move = (signInAudience: string) => {
      graph.context.directory.putApplication({
        ...elsewhere,
        tenantId: SECOND_TENANT_ID,
        fields: { ...elsewhere.fields, signInAudience },
      });
    };
    move("AzureADMyOrg");
    expect((await graph.post("/servicePrincipals", { appId })).status).toBe(400);
    move("AzureADMultipleOrgs");
    const owned = await graph.post("/servicePrincipals", { appId }, { roles: OWNED_BY });
    expect([owned.status, owned.body.error.message]).toEqual([
      403,
      "When using this permission, the backing application of the service principal being created must in the local tenant",
    ]);
    const { status, body } = await graph.post("/servicePrincipals", { appId });
    expect([status, body.appOwnerOrganizationId]).toEqual([201, SECOND_TENANT_ID]);
  });

  it("lets a caller with Application.ReadWrite.OwnedBy make one only for what it owns", async () => {
    const { appId } = await graph.application("Free");
    const options = { roles: OWNED_BY };
    expect((await graph.post("/servicePrincipals", { appId }, options)).status).toBe(403);
    const own = await graph.post("/applications", { displayName: "Own" }, options);
    const made = await graph.post("/servicePrincipals", { appId: own.body.appId }, options);
    expect(made.status).toBe(201);
    expect((await graph.delete(`/servicePrincipals/${made.body.id}`, options)).status).toBe(204);
  });
});

describe("PATCH /servicePrincipals/{id}", () => {
  it("changes what is its own", async () => {
    const { principal } = await graph.principal("Calls");
    const changes = { accountEnabled: false, description: null, notes: "n" };
    expect((await graph.patch(`/servicePrincipals/${principal.id}`, changes)).status).toBe(204);
    expect((await graph.get(`/servicePrincipals/${principal.id}`)).body).toMatchObject(changes);
  });

  it("refuses what is read-only, and names what follows the application", async () => {
    const { principal } = await graph.principal("Calls");
    const path = `/servicePrincipals/${principal.id}`;
    const readOnly = await graph.patch(path, { appDisplayName: "Other" });
    expect([readOnly.status, readOnly.body.error.message]).toEqual([
      400,
      "Property 'appDisplayName' is read-only and cannot be set.",
    ]);
    const named = await graph.patch(path, { displayName: "Other" });
    expect([named.status, named.body.error.message]).toEqual([
      501,
      "The local cloud does not have a displayName of its own for a ServicePrincipal.",
    ]);
    expect((await graph.patch(path, { displayName: null, appDisplayName: null })).status).toBe(204);
  });
});

describe("Microsoft Graph's own service principal", () => {
  it("is found by its app id and offers its app roles", async () => {
    const { body } = await graph.get(`/servicePrincipals?$filter=appId eq '${GRAPH_APP_ID}'`);
    expect(body.value).toMatchObject([
      { id: GRAPH_SERVICE_PRINCIPAL_ID, displayName: "Microsoft Graph" },
    ]);
    const values = body.value[0].appRoles.map(({ value }: { value: string }) => value);
    expect(values).toContain("Calls.JoinGroupCallAsGuest.All");
  });

  it("cannot be deleted", async () => {
    for (const key of [`/${GRAPH_SERVICE_PRINCIPAL_ID}`, `(appId='${GRAPH_APP_ID}')`]) {
      const { status, body } = await graph.delete(`/servicePrincipals${key}`);
      expect([status, body.error.code]).toEqual([403, "Authorization_RequestDenied"]);
    }
    expect((await graph.get(`/servicePrincipals/${GRAPH_SERVICE_PRINCIPAL_ID}`)).status).toBe(200);
  });
});

describe("the service principal of a managed identity", () => {
  it("is shown, and is not deleted through Graph", async () => {
    const { directory } = graph.context;
    const id = "aaaaaaaa-0000-4000-8000-0000000000aa";
    directory.putServicePrincipal({
      id,
      appId: "aaaaaaaa-0000-4000-8000-0000000000ab",
      tenantId: TENANT_ID,
      appOwnerOrganizationId: null,
      servicePrincipalType: "ManagedIdentity",
      createdDateTime: "2026-11-23T10:00:00Z",
      fields: { displayName: "bot-identity", alternativeNames: ["isExplicit=True"] },
      appRoles: [],
      owners: [],
    });
    expect((await graph.get(`/servicePrincipals/${id}`)).body).toMatchObject({
      displayName: "bot-identity",
      appDisplayName: null,
      servicePrincipalType: "ManagedIdentity",
      alternativeNames: ["isExplicit=True"],
    });
    expect((await graph.delete(`/servicePrincipals/${id}`)).status).toBe(403);
  });
});
