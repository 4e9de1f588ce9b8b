import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GraphUnderTest, startGraph } from "./graph-under-test.js";

let graph: GraphUnderTest;
beforeEach(async () => {
  graph = await startGraph();
});
afterEach(() => graph.stop());

const APPLICATIONS = "/directory/deletedItems/microsoft.graph.application";
const PRINCIPALS = "/directory/deletedItems/microsoft.graph.servicePrincipal";
const idsOf = async (path: string) =>
  (await graph.get(path)).body.value.map(({ id }: { id: string }) => id);
const restore = (id: string, roles?: string[]) =>
  graph.call("POST", `/directory/deletedItems/${id}/restore`, roles ? { roles } : {});

async function deletedApplication() {
  const made = await graph.principal("Calls");
  await graph.delete(`/applications/${made.application.id}`);
  return made;
}

describe("deleted items", () => {
  it("hold a deleted application and its service principal, each by its kind", async () => {
    const { application, principal } = await deletedApplication();
    expect(await idsOf(APPLICATIONS)).toEqual([application.id]);
    expect(await idsOf(PRINCIPALS)).toEqual([principal.id]);
    expect(await idsOf(`${APPLICATIONS}?$filter=displayName eq 'Other'`)).toEqual([]);
    const { body } = await graph.get(`/directory/deletedItems/${application.id}`);
    expect(body).toMatchObject({
      "@odata.type": "#microsoft.graph.application",
      appId: application.appId,
      deletedDateTime: "2026-11-23T10:00:00Z",
    });
    expect((await graph.get("/directory/deletedItems")).status).toBe(400);
    expect((await graph.get("/directory/deletedItems/microsoft.graph.user")).status).toBe(501);
  });

  it("are restored one by one: the application without its service principal", async () => {
    const { application, principal } = await deletedApplication();
    const restored = await restore(application.id);
    expect([restored.status, restored.body]).toMatchObject([
      200,
      { id: application.id, deletedDateTime: null },
    ]);
    expect((await graph.get(`/applications(appId='${application.appId}')`)).status).toBe(200);
    expect((await graph.get(`/servicePrincipals/${principal.id}`)).status).toBe(404);
    expect((await restore(principal.id)).status).toBe(200);
    expect((await graph.get(`/servicePrincipals/${principal.id}`)).body.displayName).toBe("Calls");
    expect(await idsOf(APPLICATIONS)).toEqual([]);
    expect((await restore(application.id)).status).toBe(404);
  });

  it("give way to a service principal that took the name meanwhile", async () => {
    const { application, principal } = await deletedApplication();
    await restore(application.id);
    await graph.post("/servicePrincipals", { appId: application.appId });
    const { status, body } = await restore(principal.id);
    expect([status, body.error.code]).toEqual([409, "Request_MultipleObjectsWithSameKeyValue"]);
  });

  it("are deleted for good", async () => {
    const { application } = await deletedApplication();
    expect((await graph.delete(`/directory/deletedItems/${application.id}`)).status).toBe(204);
    expect((await restore(application.id)).status).toBe(404);
    expect((await graph.get(`/directory/deletedItems/${application.id}`)).status).toBe(404);
  });

  it("are gone after 30 days", async () => {
    const { application } = await deletedApplication();
    graph.clock.now = new Date("2026-12-23T09:59:59Z");
    expect(await idsOf(APPLICATIONS)).toEqual([application.id]);
    graph.clock.now = new Date("2026-12-23T10:00:00Z");
    expect(await idsOf(APPLICATIONS)).toEqual([]);
    expect((await restore(application.id)).status).toBe(404);
  });

  it("are restored by an owner, but by nobody else with Application.ReadWrite.OwnedBy", async () => {
    const roles = ["Application.ReadWrite.OwnedBy"];
    const { application } = await deletedApplication();
    expect((await restore(application.id, roles)).status).toBe(403);
    const own = await graph.post("/applications", { displayName: "Own" }, { roles });
    await graph.delete(`/applications/${own.body.id}`, { roles });
    expect((await restore(own.body.id, roles)).status).toBe(200);
  });
});
