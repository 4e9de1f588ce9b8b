import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GraphUnderTest, startGraph } from "./graph-under-test.js";

let graph: GraphUnderTest;
beforeEach(async () => {
  graph = await startGraph();
});
afterEach(() => graph.stop());

describe("GET /applications/{id}", () => {
  it("finds one by object id in any case, and by app id", async () => {
    const { id, appId } = await graph.application("Calls");
    for (const path of [`/${id}`, `/${id.toUpperCase()}`, `('${id}')`, `(appId='${appId}')`]) {
      const { status, body } = await graph.get(`/applications${path}`);
      expect([status, body.id]).toEqual([200, id]);
    }
  });

  it("answers 404 for an id that is not there, 400 for what is no id", async () => {
    const missing = "aaaaaaaa-0000-4000-8000-000000000009";
    for (const path of [`/${missing}`, `(appId='${missing}')`]) {
      const { status, body } = await graph.get(`/applications${path}`);
      expect([status, body.error.code, body.error.message]).toEqual([
        404,
        "Request_ResourceNotFound",
        `Resource '${missing}' does not exist or one of its queried reference-property objects are not present.`,
      ]);
    }
    const { status, body } = await graph.get("/applications/calls");
    expect([status, body.error.message]).toEqual([400, "Invalid object identifier 'calls'."]);
  });

  it("shows nothing of another tenant", async () => {
    const { appId, id } = await graph.application("Calls");
    const record = graph.context.directory.applicationByAppId(appId);
    if (record === undefined) throw new Error("not stored");
    graph.context.directory.removeApplication(record);
    graph.context.directory.putApplication({ ...record, tenantId: "other" });
    expect((await graph.get(`/applications/${id}`)).status).toBe(404);
    expect((await graph.get(`/applications(appId='${appId}')`)).status).toBe(404);
    expect((await graph.get(`/applications?$filter=appId eq '${appId}'`)).body.value).toEqual([]);
  });
});

describe("1,000 applications", () => {
  it("are searched by app id through an index", async () => {
    const { directory, store } = graph.context;
    const { appId } = await graph.application("Wanted");
    const template = directory.applicationByAppId(appId);
    if (template === undefined) throw new Error("not stored");
    store.transaction(() => {
      for (let index = 0; index < 1000; index += 1) {
        const id = `bbbbbbbb-0000-4000-8000-${String(index).padStart(12, "0")}`;
        directory.putApplication({ ...template, id, appId: id.replaceAll("b", "c") });
      }
    });
    let listings = 0;
    const all = directory.applications.bind(directory);
    directory.applications = (tenantId) => {
      listings += 1;
      return all(tenantId);
    };
    const found = await graph.get(`/applications?$filter=appId eq '${appId}'`);
    expect([found.body.value.length, listings]).toEqual([1, 0]);
    await graph.get("/applications");
    expect(listings).toBe(1);
  });
});
