import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TENANT_ID } from "../../../local-cloud/well-known.js";
import { type GraphUnderTest, startGraph } from "./graph-under-test.js";

let graph: GraphUnderTest;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

const problemOf = (fields: Record<string, unknown>) => graph.problemOf(fields);

describe("identifier URIs", () => {
  const policy = "All newly added URIs must contain a tenant verified domain, tenant ID, or app ID";

  it("are made of the app id, the tenant id or a verified domain", async () => {
    const { id, appId } = await graph.application("Api");
    const statusOf = async (uri: string) =>
      (await graph.patch(`/applications/${id}`, { identifierUris: [uri] })).status;
    expect(await statusOf(`api://${appId}`)).toBe(204);
    expect(await statusOf(`api://${TENANT_ID}/calls`)).toBe(204);
    expect(await statusOf(`api://calls/${appId}`)).toBe(204);
    expect(await statusOf("https://contoso.local/calls")).toBe(204);
    expect(await statusOf("https://bots.contoso.local")).toBe(204);
    expect(await statusOf("https://notcontoso.local")).toBe(400);
    expect(await statusOf("api://calls")).toBe(400);
    expect(await statusOf(`api://botid-${appId}`)).toBe(400);
  });

  it("are free below api:// for applications that take v2 access tokens", async () => {
    const api = { requestedAccessTokenVersion: 2 };
    expect(await problemOf({ identifierUris: ["api://calls"] })).toContain(policy);
    expect(await problemOf({ identifierUris: ["api://free-calls"], api })).toBe("");
  });

  it("on a domain of somebody else are refused with the code that says so", async () => {
    const { body } = await graph.post("/applications", {
      displayName: "x",
      identifierUris: ["https://example.com/calls"],
    });
    expect(body.error).toMatchObject({
      code: "HostNameNotOnVerifiedDomain",
      message:
        "Values of identifierUris property must use a verified domain of the organization or its subdomain: 'https://example.com/calls'",
    });
  });

  it("are unique in the tenant, also while their application is deleted", async () => {
    const uri = `api://${TENANT_ID}/unique`;
    const taken = "Another object with the same value for property identifierUris already exists.";
    const first = await graph.application("First", { identifierUris: [uri] });
    expect(await problemOf({ identifierUris: [uri] })).toBe(taken);
    expect((await graph.patch(`/applications/${first.id}`, { identifierUris: [uri] })).status).toBe(
      204,
    );
    await graph.delete(`/applications/${first.id}`);
    expect(await problemOf({ identifierUris: [uri] })).toBe(taken);
    await graph.delete(`/directory/deletedItems/${first.id}`);
    expect(await problemOf({ identifierUris: [uri] })).toBe("");
  });

  it("are refused when they are malformed", async () => {
    for (const uri of ["calls", "api://", `api://${TENANT_ID}/calls/`, "urn:contoso:calls"]) {
      expect(await problemOf({ identifierUris: [uri] })).toMatch(/^identifierUris\[0\] must/);
    }
  });
});
