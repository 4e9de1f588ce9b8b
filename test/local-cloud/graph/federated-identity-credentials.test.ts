import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GraphUnderTest, ORIGINS, startGraph } from "./graph-under-test.js";

let graph: GraphUnderTest;
let id: string;
let list: string;
beforeEach(async () => {
  graph = await startGraph();
  id = (await graph.application("Calls")).id;
  list = `/applications/${id}/federatedIdentityCredentials`;
});
afterEach(() => graph.stop());

const credential = (more: Record<string, unknown> = {}) => ({
  name: "github-main",
  issuer: "https://token.actions.githubusercontent.com",
  subject: "repo:contoso/bot:ref:refs/heads/main",
  audiences: ["api://AzureADTokenExchange"],
  ...more,
});

describe("a federated identity credential", () => {
  it("is made, and read by id, by name, and by name in parentheses", async () => {
    const { status, body } = await graph.post(list, credential());
    expect([status, body]).toEqual([
      201,
      {
        "@odata.context": `${ORIGINS.graph}/v1.0/$metadata#applications('${id}')/federatedIdentityCredentials/$entity`,
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        ...credential(),
        description: null,
      },
    ]);
    for (const key of [`/${body.id}`, "/github-main", "(name='github-main')"]) {
      expect((await graph.get(`${list}${key}`)).body).toEqual(body);
    }
    expect((await graph.get(list)).body.value).toMatchObject([{ id: body.id }]);
    expect((await graph.get(`${list}?$filter=name eq 'other'`)).body.value).toEqual([]);
  });

  it("is changed, but not its name", async () => {
    const { body } = await graph.post(list, credential());
    const path = `${list}/${body.id}`;
    expect((await graph.patch(path, { subject: "other", name: "github-main" })).status).toBe(204);
    expect((await graph.get(path)).body).toMatchObject({ subject: "other", issuer: body.issuer });
    const renamed = await graph.patch(path, { name: "renamed" });
    expect([renamed.status, renamed.body.error.message]).toEqual([
      400,
      "Property 'name' is read-only and cannot be set.",
    ]);
  });

  it("is removed", async () => {
    const { body } = await graph.post(list, credential());
    expect((await graph.delete(`${list}/${body.id}`)).status).toBe(204);
    expect((await graph.get(`${list}/${body.id}`)).status).toBe(404);
    expect((await graph.delete(`${list}/${body.id}`)).status).toBe(404);
  });

  it.each([
    ["name", "ab"],
    ["name", "-dash-first"],
    ["name", "with space"],
    ["name", "x".repeat(121)],
    ["issuer", "http://issuer.example"],
    ["issuer", "issuer"],
    ["subject", "x".repeat(601)],
    ["description", "x".repeat(601)],
    ["audiences", []],
    ["audiences", ["one", "two"]],
    ["audiences", [""]],
  ])("with %s %j is refused", async (property, value) => {
    const { status, body } = await graph.post(list, credential({ [property]: value }));
    expect([status, body.error.code, body.error.message]).toEqual([
      400,
      "Request_BadRequest",
      `Invalid value specified for property '${property}' of resource 'FederatedIdentityCredential'.`,
    ]);
  });

  it.each(["name", "issuer", "subject", "audiences"])("needs %s", async (property) => {
    const { status, body } = await graph.post(list, credential({ [property]: undefined }));
    expect([status, body.error.message]).toEqual([
      400,
      `A value is required for property '${property}' of resource 'FederatedIdentityCredential'.`,
    ]);
  });

  it("has a name of its own, and an issuer and subject of its own", async () => {
    await graph.post(list, credential());
    const sameName = await graph.post(list, credential({ subject: "other" }));
    expect([sameName.status, sameName.body.error.code, sameName.body.error.message]).toEqual([
      409,
      "Request_MultipleObjectsWithSameKeyValue",
      "FederatedIdentityCredential with name github-main already exists.",
    ]);
    const sameSubject = await graph.post(list, credential({ name: "other" }));
    expect(sameSubject.status).toBe(409);
    const differentCase = { name: "other", subject: credential().subject.toUpperCase() };
    expect((await graph.post(list, credential(differentCase))).status).toBe(201);
  });

  it("is one of at most 20", async () => {
    for (let index = 0; index < 20; index += 1) {
      const more = { name: `name-${index}`, subject: `subject-${index}` };
      expect((await graph.post(list, credential(more))).status).toBe(201);
    }
    expect((await graph.post(list, credential())).status).toBe(400);
    expect((await graph.patch(`${list}/name-3`, { subject: "changed" })).status).toBe(204);
  });

  it("with an expression is named as missing", async () => {
    const claimsMatchingExpression = { value: "claims['sub'] matches 'x'", languageVersion: 1 };
    expect((await graph.post(list, credential({ claimsMatchingExpression }))).status).toBe(501);
  });
});
