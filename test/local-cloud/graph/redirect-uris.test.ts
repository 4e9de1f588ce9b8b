import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GraphUnderTest, startGraph } from "./graph-under-test.js";

const PERSONAL = {
  signInAudience: "AzureADandPersonalMicrosoftAccount",
  api: { requestedAccessTokenVersion: 2 },
};

let graph: GraphUnderTest;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

const problemOf = (fields: Record<string, unknown>) => graph.problemOf(fields);

describe("redirect URIs", () => {
  const web = (...redirectUris: string[]) => ({ web: { redirectUris } });
  const scheme = "must start with https, or with http://localhost";

  it.each([
    "https://contoso.com/",
    "https://contoso.com:8443/auth?x=1",
    "http://localhost",
    "http://localhost:3000/auth",
    "http://127.0.0.1:3000/auth",
    "https://*.contoso.com/auth",
    "urn:ietf:wg:oauth:2.0:oob",
  ])("%s is taken for web", async (uri) => {
    expect(await problemOf(web(uri))).toBe("");
  });

  it.each([
    ["http://contoso.com/", scheme],
    ["http://localhost.contoso.com/", scheme],
    ["http://[::1]/", scheme],
    ["ftp://contoso.com/", scheme],
    ["contoso.com/auth", "must be an absolute URI"],
    ["", "must be a URI"],
    ["https://contoso.com/#top", "must have no fragment"],
    ["https://contoso.com/#", "must have no fragment"],
    [
      "https://contoso.com/a;b",
      "holds a character that is not supported: ! $ ' ( ) , ; or a space",
    ],
    [`https://contoso.com/${"x".repeat(237)}`, "is longer than 256 characters"],
  ])("%s is refused for web", async (uri, rule) => {
    expect(await problemOf(web("https://contoso.com/", uri))).toBe(`web.redirectUris[1] ${rule}`);
  });

  it("may be 256 characters long", async () => {
    expect(await problemOf(web(`https://contoso.com/${"x".repeat(236)}`))).toBe("");
  });

  it("say in the top-level message which property it is", async () => {
    const { body } = await graph.post("/applications", {
      displayName: "x",
      ...web("http://contoso.com/"),
    });
    expect(body.error).toMatchObject({
      code: "Request_BadRequest",
      message: "Invalid value specified for property 'web' of resource 'Application'.",
      details: [{ code: "InvalidValue", target: "web.redirectUris[0]" }],
    });
  });

  it("have their own schemes for spa and publicClient", async () => {
    expect(await problemOf({ publicClient: { redirectUris: ["msal1234://auth"] } })).toBe("");
    expect(await problemOf({ spa: { redirectUris: ["brk-multihub://contoso.com"] } })).toBe("");
    expect(await problemOf({ spa: { redirectUris: ["msal1234://auth"] } })).toBe(
      `spa.redirectUris[0] ${scheme}`,
    );
  });

  it("are at most 256 in all, 100 with personal accounts", async () => {
    const uris = (count: number) =>
      Array.from({ length: count }, (_, index) => `https://contoso.com/${index}`);
    expect(await problemOf(web(...uris(256)))).toBe("");
    expect(
      await problemOf({ ...web(...uris(256)), spa: { redirectUris: ["https://contoso.com/spa"] } }),
    ).toBe("web.redirectUris has 257 redirect URIs in all; at most 256 are allowed");
    expect(await problemOf({ ...PERSONAL, ...web(...uris(100)) })).toBe("");
    expect(await problemOf({ ...PERSONAL, ...web(...uris(101)) })).toBe(
      "web.redirectUris has 101 redirect URIs in all; at most 100 are allowed",
    );
  });

  it("have no wildcard and no query with personal accounts", async () => {
    expect(await problemOf({ ...PERSONAL, ...web("https://*.contoso.com/") })).toContain(
      "wildcard",
    );
    expect(await problemOf({ ...PERSONAL, ...web("https://contoso.com/?x=1") })).toContain("query");
  });

  it("are refused or kept as they are, whatever they are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.webUrl({ withFragments: true }), fc.string()), async (uri) => {
        const { status, body } = await graph.post("/applications", {
          displayName: "x",
          ...web(uri),
        });
        if (status === 201) expect(body.web.redirectUris).toEqual([uri]);
        else expect([status, body.error.code]).toEqual([400, "Request_BadRequest"]);
      }),
      { numRuns: 60 },
    );
  });
});
