import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DEPLOYER, DEPLOYER_WITHOUT_DIRECTORY_RIGHTS } from "../../../local-cloud/well-known.js";
import { type GraphUnderTest, ORIGINS, startGraph } from "./graph-under-test.js";

const OTHER = DEPLOYER_WITHOUT_DIRECTORY_RIGHTS.servicePrincipalId;
const MISSING = "aaaaaaaa-0000-4000-8000-000000000009";

let graph: GraphUnderTest;
beforeEach(async () => {
  graph = await startGraph();
});
afterEach(() => graph.stop());

const reference = (id: string) => ({
  "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${id}`,
});
const idsOf = async (path: string) =>
  (await graph.get(path)).body.value.map(({ id }: { id: string }) => id);

describe.each(["applications", "servicePrincipals"])("owners of %s", (kind) => {
  let owners: string;
  let one: string;
  beforeEach(async () => {
    const { application, principal } = await graph.principal("Calls");
    one = `/${kind}/${kind === "applications" ? application.id : principal.id}`;
    owners = `${one}/owners`;
  });

  it("are added by reference, listed and removed", async () => {
    expect((await graph.post(`${owners}/$ref`, reference(OTHER))).status).toBe(204);
    const { body } = await graph.get(`${owners}?$select=id,displayName`);
    expect(body.value).toEqual([
      {
        "@odata.type": "#microsoft.graph.servicePrincipal",
        id: OTHER,
        displayName: "Local deployer without directory rights",
      },
    ]);
    expect((await graph.delete(`${owners}/${OTHER}/$ref`)).status).toBe(204);
    expect(await idsOf(owners)).toEqual([]);
    expect((await graph.delete(`${owners}/${OTHER}/$ref`)).status).toBe(404);
  });

  it("are added once", async () => {
    await graph.post(`${owners}/$ref`, reference(OTHER));
    const { status, body } = await graph.post(`${owners}/$ref`, reference(OTHER));
    expect([status, body.error.message]).toEqual([
      400,
      "One or more added object references already exist for the following modified properties: 'owners'.",
    ]);
  });

  it("have to be there", async () => {
    const { status, body } = await graph.post(`${owners}/$ref`, reference(MISSING));
    expect([status, body.error.code]).toEqual([404, "Request_ResourceNotFound"]);
    for (const wrong of [{}, { "@odata.id": "somewhere" }, { "@odata.id": 5 }]) {
      expect((await graph.post(`${owners}/$ref`, wrong)).status).toBe(400);
    }
  });

  it("are expanded where $expand asks for them", async () => {
    await graph.post(`${owners}/$ref`, reference(OTHER));
    const { body } = await graph.get(`${one}?$select=id&$expand=owners`);
    expect(body).toMatchObject({ id: one.split("/").at(-1), owners: [{ id: OTHER }] });
    expect(body).not.toHaveProperty("displayName");
    expect((await graph.get(one)).body).not.toHaveProperty("owners");
    expect((await graph.get(`${one}?$expand=policies`)).status).toBe(501);
  });

  it("may change it with Application.ReadWrite.OwnedBy, and lose that by removing themselves", async () => {
    await graph.post(`${owners}/$ref`, reference(OTHER));
    const asOwner = { caller: OTHER, roles: ["Application.ReadWrite.OwnedBy"] };
    expect((await graph.patch(one, { notes: "mine" }, asOwner)).status).toBe(204);
    expect((await graph.delete(`${owners}/${OTHER}/$ref`, asOwner)).status).toBe(204);
    expect((await graph.patch(one, { notes: "mine" }, asOwner)).status).toBe(403);
  });
});

describe("owners@odata.bind", () => {
  const create = (bound: unknown) =>
    graph.post("/applications", { displayName: "Calls", "owners@odata.bind": bound });

  it("takes every form of reference, each owner once", async () => {
    const { status, body } = await create([
      `${ORIGINS.graph}/v1.0/directoryObjects/${DEPLOYER.servicePrincipalId}`,
      `${ORIGINS.graph}/v1.0/directoryObjects('${DEPLOYER.servicePrincipalId}')`,
      `${ORIGINS.graph}/v1.0/servicePrincipals/${OTHER}`,
    ]);
    expect(status).toBe(201);
    const owners = await idsOf(`/applications/${body.id}/owners`);
    expect(owners).toEqual([DEPLOYER.servicePrincipalId, OTHER]);
  });

  it("is refused where it names nobody, and where nothing is created", async () => {
    expect((await create([`${ORIGINS.graph}/v1.0/directoryObjects/${MISSING}`])).status).toBe(404);
    expect((await create("x")).status).toBe(400);
    const { id } = await graph.application("Calls");
    const patched = await graph.patch(`/applications/${id}`, { "owners@odata.bind": [] });
    expect(patched.status).toBe(400);
  });

  it("for another relation is named as missing", async () => {
    const body = { displayName: "Calls", "tokenLifetimePolicies@odata.bind": [] };
    expect((await graph.post("/applications", body)).status).toBe(501);
  });
});
