// What $filter finds, refuses and names as missing.
import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { DEPLOYER } from "../../../local-cloud/well-known.js";
import { EVENTUAL, startApplicationList } from "./application-list.js";

const { graph, all, list, namesOf, refusal } = await startApplicationList();
afterAll(() => graph.stop());

const filtered = async (filter: string) =>
  (await namesOf(`/applications?$filter=${encodeURIComponent(filter)}`)).sort();

describe("$filter", () => {
  it.each([
    ["displayName eq 'Bot a'", ["Bot a"]],
    ["displayName eq 'bot A'", ["Bot a"]],
    ["displayName eq 'O''Hara'", ["O'Hara"]],
    ["displayName eq 'nobody'", []],
    ["displayName in ('Bot a','Other')", ["Bot a", "Other"]],
    ["startswith(displayName,'bot')", ["Bot B", "Bot a", "bot c"]],
    ["startsWith(displayName, 'bot ')  and   displayName eq 'bot c'", ["bot c"]],
    ["displayName eq 'Other' or displayName eq 'Bot a'", ["Bot a", "Other"]],
    ["(displayName eq 'Other' or displayName eq 'Bot a') and tags/any(t:t eq 'red')", ["Other"]],
    ["tags/any(t:t eq 'BLUE')", ["Other"]],
    ["tags/any(x: startswith(x, 're'))", ["Other"]],
    ["identifierUris/any(uri:uri eq 'https://contoso.local/api')", ["With URI"]],
    ["identifierUris/any(s:s eq 'https://contoso.local/none')", []],
    ["signInAudience eq 'AzureADMultipleOrgs'", []],
    ["description eq null and displayName eq 'Other'", ["Other"]],
    ["createdDateTime ge 2026-11-23T09:00:00Z and displayName eq 'Other'", ["Other"]],
    ["createdDateTime ge 2026-11-24T09:00:00Z", []],
    [`appId eq '${DEPLOYER.appId}'`, [DEPLOYER.displayName]],
    [`appId eq '${DEPLOYER.appId.toUpperCase()}'`, [DEPLOYER.displayName]],
    [`appId eq '${DEPLOYER.appId}' and displayName eq 'Other'`, []],
    [`id eq '${DEPLOYER.objectId}'`, [DEPLOYER.displayName]],
  ])("%s finds %j", async (filter, expected) => {
    expect(await filtered(filter)).toEqual(expected);
  });

  it("takes what a client encodes, and the option without its $", async () => {
    expect(await namesOf("/applications?%24filter=displayName%20eq%20%27Other%27")).toEqual([
      "Other",
    ]);
    expect(await namesOf("/applications?$filter=displayName+eq+'Other'")).toEqual(["Other"]);
    expect(await namesOf("/applications?filter=displayName eq 'Other'")).toEqual(["Other"]);
  });

  it("searches service principals by any of their names", async () => {
    const found = await graph.get(
      `/servicePrincipals?$filter=servicePrincipalNames/any(c:c eq '${DEPLOYER.appId}')`,
    );
    expect(found.body.value).toMatchObject([{ id: DEPLOYER.servicePrincipalId }]);
    const kind = "servicePrincipalType eq 'ManagedIdentity'";
    expect((await graph.get(`/servicePrincipals?$filter=${kind}`)).body.value).toEqual([]);
    const enabled = await graph.get("/servicePrincipals?$filter=accountEnabled eq false");
    expect(enabled.body.value).toEqual([]);
  });

  it("answers ne, not and endswith only to advanced queries", async () => {
    for (const filter of [
      "displayName ne 'Other'",
      "not startswith(displayName,'bot')",
      "endswith(displayName,'c')",
    ]) {
      const [status, code] = await refusal(`$filter=${filter}`);
      expect([status, code]).toEqual([400, "Request_UnsupportedQuery"]);
    }
    const { body } = await list("$filter=endswith(displayName,'C')&$count=true", EVENTUAL);
    expect(body.value).toMatchObject([{ displayName: "bot c" }]);
    const without = await list("$filter=displayName ne 'Other'&$count=true", EVENTUAL);
    expect(without.body["@odata.count"]).toBe(all.length - 1);
    const not = await list("$filter=not startswith(displayName,'bot')&$count=true", EVENTUAL);
    expect(not.body["@odata.count"]).toBe(all.length - 3);
  });

  it.each([
    ["displayName", "Invalid filter clause: Syntax error at position 11 in 'displayName'."],
    ["displayName eq", "Invalid filter clause: Syntax error at position 14 in 'displayName eq'."],
    [
      "displayName eq Other",
      "Invalid filter clause: Syntax error at position 15 in 'displayName eq Other'.",
    ],
    [
      "displayName eq 'a",
      "Invalid filter clause: Syntax error at position 15 in 'displayName eq 'a'.",
    ],
    [
      "displayName is 'a'",
      "Invalid filter clause: Syntax error at position 12 in 'displayName is 'a''.",
    ],
    ["", "Invalid filter clause: Syntax error at position 0 in ''."],
    [
      "colour eq 'red'",
      "Invalid filter clause: Could not find a property named 'colour' on type 'microsoft.graph.application'.",
    ],
    [
      "toString eq 'x'",
      "Invalid filter clause: Could not find a property named 'toString' on type 'microsoft.graph.application'.",
    ],
    [
      "displayName eq 5",
      "Invalid filter clause: A binary operator with incompatible types was detected for property 'displayName'.",
    ],
    [
      "displayName/any(x:x eq 'a')",
      "Invalid filter clause: 'any' needs a collection, and 'displayName' is none.",
    ],
    [
      "tags/any(x:y eq 'a')",
      "Invalid filter clause: Could not find a property named 'y' on type 'Edm.String'.",
    ],
    [
      `${"(".repeat(101)}displayName eq 'a'${")".repeat(101)}`,
      "Invalid filter clause: The filter is nested too deeply.",
    ],
  ])("%s is refused as malformed", async (filter, message) => {
    expect(await refusal(`$filter=${encodeURIComponent(filter)}`)).toEqual([
      400,
      "BadRequest",
      message,
    ]);
  });

  it.each([
    ["tags eq 'red'", "tags"],
    ["notes eq 'n'", "notes"],
    ["contains(displayName,'a')", "displayName"],
    ["displayName eq ''", "displayName"],
    ["tags/any(t:t ne 'red')", "tags"],
  ])("%s is refused as unsupported", async (filter, property) => {
    expect(await refusal(`$filter=${filter}`)).toEqual([
      400,
      "Request_UnsupportedQuery",
      `Unsupported or invalid query filter clause specified for property '${property}' of resource 'Application'.`,
    ]);
  });

  it.each([
    ["web/redirectUris/any(u:u eq 'x')", "$filter on 'web/redirectUris'"],
    ["tolower(displayName) eq 'x'", "the $filter function 'tolower'"],
    ["tags/any()", "$filter with 'tags/any()' without a condition"],
    ["tags/$count eq 0", "$filter on 'tags/$count'"],
  ])("%s is named as missing", async (filter, what) => {
    expect(await refusal(`$filter=${filter}`)).toEqual([
      501,
      "notImplemented",
      `The local cloud does not have ${what}.`,
    ]);
  });

  it("answers any text with a list or a refusal, never with a failure", async () => {
    const word = fc.constantFrom(
      ..."displayName eq 'a' and or not ( ) , tags/any(x:x in startswith null true 5 '' : / $".split(
        " ",
      ),
    );
    const filters = fc.oneof(
      fc.string(),
      fc.array(word, { maxLength: 12 }).map((words) => words.join(" ")),
    );
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const { status } = await list(`$filter=${encodeURIComponent(filter)}`);
        expect([200, 400, 501]).toContain(status);
      }),
      { numRuns: 300 },
    );
  });

  it("finds exactly the application of a name, whatever the name is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 40 }), async (name) => {
        const { id } = await graph.application(name);
        const filter = `displayName eq '${name.replaceAll("'", "''")}'`;
        const { body } = await list(`$filter=${encodeURIComponent(filter)}&$top=999`);
        expect(body.value.map((found: { id: string }) => found.id)).toContain(id);
        await graph.delete(`/applications/${id}`);
        await graph.delete(`/directory/deletedItems/${id}`);
      }),
      { numRuns: 50 },
    );
  });
});
