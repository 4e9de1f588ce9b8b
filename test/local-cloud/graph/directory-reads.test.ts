// What is read and never written: the tenant, objects of any kind, delegated grants, two properties of beta.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEPLOYER } from "../../../local-cloud/well-known.js";
import { type GraphUnderTest, ORIGINS, startGraph } from "./graph-under-test.js";

let graph: GraphUnderTest;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

describe("beta", () => {
  it("answers the two reads of the azuread provider, and no other", async () => {
    const application = await graph.get(
      `/beta/applications/${DEPLOYER.objectId}?$select=oauth2RequirePostResponse`,
    );
    expect(application.body).toEqual({
      "@odata.context": `${ORIGINS.graph}/beta/$metadata#applications(oauth2RequirePostResponse)/$entity`,
      oauth2RequirePostResponse: false,
    });
    const principal = await graph.get(
      `/beta/servicePrincipals/${DEPLOYER.servicePrincipalId}?$select=samlMetadataUrl`,
    );
    expect(principal.body).toMatchObject({ samlMetadataUrl: null });
    await graph.patch(`/applications/${DEPLOYER.objectId}`, { oauth2RequirePostResponse: true });
    const changed = await graph.get(
      `/beta/applications/${DEPLOYER.objectId}?$select=oauth2RequirePostResponse`,
    );
    expect(changed.body).toMatchObject({ oauth2RequirePostResponse: true });
    const missing = "aaaaaaaa-0000-4000-8000-000000000009";
    const gone = await graph.get(`/beta/applications/${missing}?$select=oauth2RequirePostResponse`);
    expect(gone.status).toBe(404);
    for (const path of [
      `/beta/applications/${DEPLOYER.objectId}`,
      `/beta/applications/${DEPLOYER.objectId}?$select=displayName`,
    ]) {
      expect((await graph.get(path)).status).toBe(501);
    }
  });
});

describe("organization", () => {
  it("is the caller's own tenant", async () => {
    const roles = ["Organization.Read.All"];
    const { body } = await graph.get("/organization?$select=id,displayName,verifiedDomains", {
      roles,
    });
    expect(body.value).toEqual([
      {
        id: "10ca1000-0000-4000-8000-000000000001",
        displayName: "Contoso (local cloud)",
        verifiedDomains: [
          {
            capabilities: "",
            isDefault: true,
            isInitial: true,
            name: "contoso.local",
            type: "Managed",
          },
        ],
      },
    ]);
    const own = await graph.get("/organization/10ca1000-0000-4000-8000-000000000001", { roles });
    expect(own.body.displayName).toBe("Contoso (local cloud)");
    const other = await graph.get("/organization/10ca1000-0000-4000-8000-000000000002", { roles });
    expect(other.status).toBe(404);
  });
});

describe("directoryObjects", () => {
  it("show an application or a service principal with its kind", async () => {
    const roles = ["Directory.Read.All"];
    const { body } = await graph.get(`/directoryObjects/${DEPLOYER.objectId}`, { roles });
    expect(body).toMatchObject({
      "@odata.type": "#microsoft.graph.application",
      appId: DEPLOYER.appId,
    });
    const ids = [
      DEPLOYER.objectId,
      DEPLOYER.servicePrincipalId,
      "aaaaaaaa-0000-4000-8000-000000000009",
    ];
    const all = await graph.post("/directoryObjects/getByIds", { ids }, { roles });
    expect(all.body.value.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2));
    const types = ["servicePrincipal"];
    const some = await graph.post("/directoryObjects/getByIds", { ids, types }, { roles });
    expect(some.body.value.map(({ id }: { id: string }) => id)).toEqual([ids[1]]);
  });
});

describe("oauth2PermissionGrants", () => {
  const roles = ["DelegatedPermissionGrant.ReadWrite.All"];

  it("are none, and making one is named as missing", async () => {
    const list = await graph.get("/oauth2PermissionGrants?$filter=clientId eq 'x'", { roles });
    expect([list.status, list.body.value]).toEqual([200, []]);
    const made = await graph.post("/oauth2PermissionGrants", { clientId: "x" }, { roles });
    expect([made.status, made.body.error.code]).toEqual([501, "notImplemented"]);
  });
});
