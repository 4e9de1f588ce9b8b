// A directory that is late: what has just been made is not seen by the next reads.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GRAPH_SERVICE_PRINCIPAL_ID } from "../../../local-cloud/well-known.js";
import { type GraphUnderTest, startGraph } from "./graph-under-test.js";

const INITIATE = "284383ee-7f6e-4e40-a2a8-e85dcb029101";
let graph: GraphUnderTest;
beforeEach(async () => {
  graph = await startGraph();
});
afterEach(() => graph.stop());

describe("late replication", () => {
  it("hides a new application from the next reads, then shows it", async () => {
    graph.context.replication.replicateLate(2);
    const { id } = await graph.application("Calls");
    expect((await graph.get(`/applications/${id}`)).status).toBe(404);
    expect((await graph.patch(`/applications/${id}`, { notes: "x" })).status).toBe(404);
    expect((await graph.get(`/applications/${id}`)).status).toBe(200);
  });

  it("hides it from lists", async () => {
    graph.context.replication.replicateLate(1);
    await graph.application("Calls");
    const find = () => graph.get("/applications?$filter=displayName eq 'Calls'");
    expect((await find()).body.value).toEqual([]);
    expect((await find()).body.value).toHaveLength(1);
  });

  it("refuses a service principal for it in the directory's own words", async () => {
    graph.context.replication.replicateLate(1);
    const { appId } = await graph.application("Calls");
    const first = await graph.post("/servicePrincipals", { appId });
    expect([first.status, first.body.error.message]).toEqual([
      400,
      `The appId '${appId}' of the service principal does not reference a valid application object.`,
    ]);
    expect((await graph.post("/servicePrincipals", { appId })).status).toBe(201);

    const roles = ["Application.ReadWrite.OwnedBy"];
    const own = await graph.post("/applications", { displayName: "Own" }, { roles });
    const made = () => graph.post("/servicePrincipals", { appId: own.body.appId }, { roles });
    const refused = await made();
    expect([refused.status, refused.body.error.message]).toEqual([
      403,
      "When using this permission, the backing application of the service principal being created must in the local tenant",
    ]);
    expect((await made()).status).toBe(201);
  });

  it("refuses an app role assignment to a service principal that is not seen yet", async () => {
    const { appId } = await graph.application("Calls");
    graph.context.replication.replicateLate(1);
    const { body } = await graph.post("/servicePrincipals", { appId });
    const assign = () =>
      graph.post(`/servicePrincipals/${GRAPH_SERVICE_PRINCIPAL_ID}/appRoleAssignedTo`, {
        principalId: body.id,
        resourceId: GRAPH_SERVICE_PRINCIPAL_ID,
        appRoleId: INITIATE,
      });
    const refused = await assign();
    expect([refused.status, refused.body.error.message]).toEqual([
      400,
      "Not a valid reference update.",
    ]);
    expect((await assign()).status).toBe(201);
  });
});
