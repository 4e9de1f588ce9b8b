import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DEPLOYER } from "../../../local-cloud/well-known.js";
import { type GraphUnderTest, ORIGINS, startGraph } from "./graph-under-test.js";

const OWNED_BY = ["Application.ReadWrite.OwnedBy"];
const GUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

let graph: GraphUnderTest;
beforeEach(async () => {
  graph = await startGraph();
});
afterEach(() => graph.stop());

describe("POST /applications", () => {
  it("shows every property of v1.0, with null or empty where nothing was set", async () => {
    const { status, body, headers } = await graph.post("/applications", { displayName: "Calls" });
    expect(status).toBe(201);
    expect(headers.get("location")).toBe(`${ORIGINS.graph}/v1.0/applications/${body.id}`);
    expect(body).toEqual({
      "@odata.context": `${ORIGINS.graph}/v1.0/$metadata#applications/$entity`,
      id: GUID,
      appId: GUID,
      deletedDateTime: null,
      createdDateTime: "2026-11-23T10:00:00Z",
      disabledByMicrosoftStatus: null,
      publisherDomain: "contoso.local",
      certification: null,
      verifiedPublisher: { displayName: null, verifiedPublisherId: null, addedDateTime: null },
      applicationTemplateId: null,
      displayName: "Calls",
      description: null,
      groupMembershipClaims: null,
      identifierUris: [],
      isDeviceOnlyAuthSupported: null,
      isFallbackPublicClient: null,
      nativeAuthenticationApisEnabled: null,
      notes: null,
      serviceManagementReference: null,
      signInAudience: "AzureADMyOrg",
      tags: [],
      tokenEncryptionKeyId: null,
      uniqueName: null,
      samlMetadataUrl: null,
      defaultRedirectUri: null,
      optionalClaims: null,
      servicePrincipalLockConfiguration: null,
      requestSignatureVerification: null,
      addIns: [],
      api: {
        acceptMappedClaims: null,
        knownClientApplications: [],
        requestedAccessTokenVersion: null,
        oauth2PermissionScopes: [],
        preAuthorizedApplications: [],
      },
      appRoles: [],
      info: {
        logoUrl: null,
        marketingUrl: null,
        privacyStatementUrl: null,
        supportUrl: null,
        termsOfServiceUrl: null,
      },
      keyCredentials: [],
      parentalControlSettings: { countriesBlockedForMinors: [], legalAgeGroupRule: "Allow" },
      passwordCredentials: [],
      publicClient: { redirectUris: [] },
      requiredResourceAccess: [],
      spa: { redirectUris: [] },
      web: {
        homePageUrl: null,
        logoutUrl: null,
        redirectUris: [],
        implicitGrantSettings: {
          enableAccessTokenIssuance: false,
          enableIdTokenIssuance: false,
        },
        redirectUriSettings: [],
      },
    });
    expect(body.id).not.toBe(body.appId);
  });

  it("accepts the body of the azuread provider: everything at once, unset things as null or []", async () => {
    const { status, body } = await graph.post("/applications", {
      api: {
        acceptMappedClaims: false,
        knownClientApplications: [],
        oauth2PermissionScopes: [],
        requestedAccessTokenVersion: 1,
      },
      appRoles: [],
      description: null,
      displayName: "Calls",
      groupMembershipClaims: null,
      identifierUris: [],
      isDeviceOnlyAuthSupported: false,
      notes: null,
      optionalClaims: null,
      "owners@odata.bind": [
        `${ORIGINS.graph}/v1.0/directoryObjects/${DEPLOYER.servicePrincipalId}`,
      ],
      publicClient: { redirectUris: [] },
      requiredResourceAccess: [],
      signInAudience: "AzureADMyOrg",
      spa: { redirectUris: [] },
      tags: ["one"],
      web: {
        homePageUrl: null,
        logoutUrl: null,
        redirectUris: ["https://contoso.com/"],
        implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false },
      },
    });
    expect(status).toBe(201);
    const owners = await graph.get(`/applications/${body.id}/owners`);
    expect(owners.body.value.map(({ id }: { id: string }) => id)).toEqual([
      DEPLOYER.servicePrincipalId,
    ]);
  });

  it("makes a caller owner that may change only what it owns, and no other", async () => {
    const owned = await graph.post("/applications", { displayName: "A" }, { roles: OWNED_BY });
    const free = await graph.post("/applications", { displayName: "B" });
    const ownersOf = async (id: string) =>
      (await graph.get(`/applications/${id}/owners`)).body.value;
    expect(await ownersOf(owned.body.id)).toMatchObject([
      { "@odata.type": "#microsoft.graph.servicePrincipal", id: DEPLOYER.servicePrincipalId },
    ]);
    expect(await ownersOf(free.body.id)).toEqual([]);
  });

  it("makes the secrets that the body asks for and shows their text this once", async () => {
    const { body } = await graph.post("/applications", {
      displayName: "Calls",
      passwordCredentials: [{ displayName: "first" }],
    });
    expect(body.passwordCredentials).toMatchObject([
      { displayName: "first", secretText: expect.stringMatching(/^.{30,}$/) },
    ]);
    const read = await graph.get(`/applications/${body.id}`);
    expect(read.body.passwordCredentials).toMatchObject([
      { keyId: body.passwordCredentials[0].keyId, secretText: null },
    ]);
  });

  it("leaves nothing behind when it refuses", async () => {
    const before = (await graph.get("/applications")).body.value.length;
    const { status } = await graph.post("/applications", { displayName: "" });
    expect(status).toBe(400);
    expect((await graph.get("/applications")).body.value.length).toBe(before);
  });
});

describe("PATCH /applications/{id}", () => {
  it("replaces lists, merges settings and leaves the rest", async () => {
    const { id } = await graph.application("Calls", {
      notes: "kept",
      web: { logoutUrl: "https://contoso.com/out", redirectUris: ["https://contoso.com/a"] },
    });
    const { status, body } = await graph.patch(`/applications/${id}`, {
      displayName: "Renamed",
      web: { redirectUris: ["https://contoso.com/b"] },
    });
    expect([status, body]).toEqual([204, undefined]);
    expect((await graph.get(`/applications/${id}`)).body).toMatchObject({
      displayName: "Renamed",
      notes: "kept",
      web: { logoutUrl: "https://contoso.com/out", redirectUris: ["https://contoso.com/b"] },
    });
  });

  it("works by app id", async () => {
    const { id, appId } = await graph.application("Calls");
    await graph.patch(`/applications(appId='${appId}')`, { tags: ["x"] });
    expect((await graph.get(`/applications/${id}`)).body.tags).toEqual(["x"]);
  });

  it("offers new app roles on the service principal, and takes one away only when it is disabled", async () => {
    const role = {
      id: "aaaaaaaa-0000-4000-8000-000000000001",
      allowedMemberTypes: ["Application"],
      displayName: "Call",
      description: "May call.",
      isEnabled: true,
      value: "Call.Me",
    };
    const { application, principal } = await graph.principal("Api");
    await graph.patch(`/applications/${application.id}`, { appRoles: [role] });
    const offered = await graph.get(`/servicePrincipals/${principal.id}?$select=appRoles`);
    expect(offered.body.appRoles).toMatchObject([{ id: role.id, value: "Call.Me" }]);

    const refused = await graph.patch(`/applications/${application.id}`, { appRoles: [] });
    expect([refused.status, refused.body.error.code, refused.body.error.message]).toEqual([
      400,
      "CannotDeleteOrUpdateEnabledEntitlement",
      "Permission (scope or role) cannot be deleted or updated unless disabled first.",
    ]);
    const disabled = { appRoles: [{ ...role, isEnabled: false }] };
    expect((await graph.patch(`/applications/${application.id}`, disabled)).status).toBe(204);
    expect((await graph.patch(`/applications/${application.id}`, { appRoles: [] })).status).toBe(
      204,
    );
  });

  it("refuses a caller with Application.ReadWrite.OwnedBy on what it does not own", async () => {
    const { id } = await graph.application("Calls");
    const options = { roles: OWNED_BY };
    const refused = await graph.patch(`/applications/${id}`, { notes: "x" }, options);
    expect([refused.status, refused.body.error.code]).toEqual([403, "Authorization_RequestDenied"]);
    expect((await graph.delete(`/applications/${id}`, options)).status).toBe(403);
    expect((await graph.post(`/applications/${id}/addPassword`, {}, options)).status).toBe(403);
    expect((await graph.get(`/applications/${id}`, options)).status).toBe(200);

    const own = (await graph.post("/applications", { displayName: "Own" }, options)).body;
    expect((await graph.patch(`/applications/${own.id}`, { notes: "x" }, options)).status).toBe(
      204,
    );
    expect((await graph.delete(`/applications/${own.id}`, options)).status).toBe(204);
  });
});

describe("DELETE /applications/{id}", () => {
  it("deletes the service principal at home as well, with what was granted to it", async () => {
    const { application, principal } = await graph.principal("Calls");
    expect((await graph.delete(`/applications/${application.id}`)).status).toBe(204);
    expect((await graph.get(`/applications/${application.id}`)).status).toBe(404);
    expect((await graph.get(`/servicePrincipals/${principal.id}`)).status).toBe(404);
    expect((await graph.delete(`/applications/${application.id}`)).status).toBe(404);
  });
});
