// What a list answers: $select, $top and pages, $count, $orderby.
import { afterAll, describe, expect, it } from "vitest";
import { DEPLOYER } from "../../../local-cloud/well-known.js";
import { EVENTUAL, startApplicationList } from "./application-list.js";
import { ORIGINS } from "./graph-under-test.js";

const { graph, all, list, namesOf, refusal } = await startApplicationList();
afterAll(() => graph.stop());

describe("$select", () => {
  it("shows what it names and nothing else", async () => {
    const { body } = await list("$select=id,displayName&$filter=displayName eq 'Other'");
    expect(body["@odata.context"]).toBe(
      `${ORIGINS.graph}/v1.0/$metadata#applications(id,displayName)`,
    );
    expect(body.value.map(Object.keys)).toEqual([["id", "displayName"]]);
    const one = await graph.get(`/applications/${DEPLOYER.objectId}?$select=appId`);
    expect(one.body).toEqual({
      "@odata.context": `${ORIGINS.graph}/v1.0/$metadata#applications(appId)/$entity`,
      appId: DEPLOYER.appId,
    });
  });

  it("refuses a property that does not exist", async () => {
    const message =
      "Parsing OData Select and Expand failed: Could not find a property named 'colour' on type 'microsoft.graph.application'.";
    expect(await refusal("$select=id,colour")).toEqual([400, "BadRequest", message]);
    expect((await graph.get(`/applications/${DEPLOYER.objectId}?$select=colour`)).status).toBe(400);
    expect((await list("$select=web/redirectUris")).status).toBe(501);
  });
});

describe("$top", () => {
  it("makes pages that a client walks by their links, each item once", async () => {
    const names: string[] = [];
    let next: string | undefined = "/applications?$top=2&$select=displayName,id";
    let pages = 0;
    while (next !== undefined) {
      const { body }: { body: { value: { displayName: string }[]; "@odata.nextLink"?: string } } =
        await graph.get(next);
      expect(body.value.length).toBeLessThanOrEqual(2);
      names.push(...body.value.map(({ displayName }) => displayName));
      next = body["@odata.nextLink"];
      pages += 1;
      if (next !== undefined) {
        expect(next).toMatch(/^https:\/\/localhost:7003\/v1\.0\/applications\?\$top=2&\$select=/);
      }
    }
    expect(names).toEqual(all);
    expect(pages).toBe(Math.ceil(all.length / 2));
  });

  it("has no link when everything fits", async () => {
    expect((await list(`$top=${all.length}`)).body).not.toHaveProperty("@odata.nextLink");
    expect((await list(`$top=${all.length - 1}`)).body).toHaveProperty("@odata.nextLink");
  });

  it("is 1 to 999", async () => {
    expect(await refusal("$top=0")).toEqual([
      400,
      "Request_UnsupportedQuery",
      "Invalid page size specified: '0'. Must be between 1 and 999 inclusive.",
    ]);
    expect((await list("$top=1000")).status).toBe(400);
    expect((await list("$top=999")).status).toBe(200);
    expect((await list("$top=x")).status).toBe(400);
  });

  it("refuses a page token that names nothing", async () => {
    const [status, code] = await refusal("$skiptoken=bm90aGluZw");
    expect([status, code]).toEqual([400, "Request_UnsupportedQuery"]);
  });
});

describe("$count", () => {
  it("counts all matches for an advanced query", async () => {
    const query = "$count=true&$top=1&$filter=startswith(displayName,'bot')";
    expect((await list(query, EVENTUAL)).body["@odata.count"]).toBe(3);
    expect((await list(query)).body).not.toHaveProperty("@odata.count");
  });

  it("is text below the collection", async () => {
    const path = "/applications/$count?$filter=startswith(displayName,'bot')";
    const { body, headers } = await graph.get(path, EVENTUAL);
    expect([body, headers.get("content-type")]).toEqual(["3", "text/plain"]);
    expect((await graph.get(path)).status).toBe(400);
  });
});

describe("$orderby", () => {
  it("sorts by name, in both directions", async () => {
    const lower = all.map((name) => name.toLowerCase());
    const sorted = [...lower].sort();
    const by = async (order: string) =>
      (await namesOf(`/applications?$orderby=${order}`)).map((name) => name.toLowerCase());
    expect(await by("displayName")).toEqual(sorted);
    expect(await by("displayName desc")).toEqual(sorted.reverse());
  });

  it("together with $filter needs an advanced query", async () => {
    const query = "$orderby=displayName desc&$filter=startswith(displayName,'bot')";
    expect(await refusal(query)).toEqual([
      400,
      "Request_UnsupportedQuery",
      "Sorting not supported for current query.",
    ]);
    const { body } = await list(`${query}&$count=true`, EVENTUAL);
    expect(body.value.map(({ displayName }: { displayName: string }) => displayName)).toEqual([
      "bot c",
      "Bot B",
      "Bot a",
    ]);
  });

  it("refuses what cannot be sorted and what does not exist", async () => {
    expect((await list("$orderby=notes")).status).toBe(400);
    expect((await list("$orderby=colour")).status).toBe(400);
    expect((await list("$orderby=displayName,id")).status).toBe(501);
  });
});

describe("other options", () => {
  it.each([
    ["$search=%22displayName:bot%22", 501],
    ["$skip=1", 400],
    ["$nonsense=1", 400],
    ["$top=1&$top=2", 400],
    ["$count=yes", 400],
    ["$expand=appManagementPolicies", 501],
    ["$format=xml", 501],
    ["$format=json", 200],
    ["anything=else", 200],
  ])("%s answers %d", async (query, status) => {
    expect((await list(query)).status).toBe(status);
  });

  it("for lists are refused on a single object", async () => {
    for (const query of ["$filter=displayName eq 'x'", "$top=1", "$orderby=displayName"]) {
      expect((await graph.get(`/applications/${DEPLOYER.objectId}?${query}`)).status).toBe(400);
    }
  });
});
