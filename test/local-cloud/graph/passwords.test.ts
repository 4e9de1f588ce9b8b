import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clientCredentialsGrant } from "../../../local-cloud/entra/client-credentials.js";
import { clientProof } from "../../../local-cloud/entra/client-proof.js";
import { TENANT_ID } from "../../../local-cloud/well-known.js";
import { type GraphUnderTest, ORIGINS, startGraph } from "./graph-under-test.js";

let graph: GraphUnderTest;
beforeEach(async () => {
  graph = await startGraph();
});
afterEach(() => graph.stop());

const add = (id: string, passwordCredential?: Record<string, unknown>) =>
  graph.post(`/applications/${id}/addPassword`, passwordCredential ? { passwordCredential } : {});

describe("addPassword", () => {
  it("shows the secret once, with its hint, for two years from now", async () => {
    const { id } = await graph.application("Calls");
    const { status, body } = await add(id, { displayName: "deploy" });
    expect([status, body]).toEqual([
      200,
      {
        "@odata.context": `${ORIGINS.graph}/v1.0/$metadata#microsoft.graph.passwordCredential`,
        customKeyIdentifier: null,
        displayName: "deploy",
        endDateTime: "2028-11-23T10:00:00Z",
        hint: body.secretText.slice(0, 3),
        keyId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        secretText: expect.stringMatching(/^[\w~.-]{40}$/),
        startDateTime: "2026-11-23T10:00:00Z",
      },
    ]);
    const read = await graph.get(`/applications/${id}`);
    expect(read.body.passwordCredentials).toMatchObject([
      { keyId: body.keyId, hint: body.hint, secretText: null },
    ]);
    expect(JSON.stringify(graph.context.directory.applications(TENANT_ID))).not.toContain(
      body.secretText,
    );
  });

  it("makes a secret that signs in until it ends", async () => {
    const { application } = await graph.principal("Calls");
    const { body } = await add(application.id, { endDateTime: "2026-11-23T11:00:00Z" });
    const proof = clientProof(graph.context, async () => ({ problem: "elsewhere" }));
    const grant = () =>
      clientCredentialsGrant(graph.context, proof, TENANT_ID, {
        grant_type: "client_credentials",
        client_id: application.appId,
        client_secret: body.secretText,
        scope: `${ORIGINS.graph}/.default`,
      });
    expect(await grant()).toMatchObject({ appId: application.appId });
    graph.clock.now = new Date("2026-11-23T11:00:01Z");
    expect(await grant()).toMatchObject({ problem: { number: 7000222 } });
  });

  it("refuses an end before the start, a date that is none, and a text of the caller's", async () => {
    const { id } = await graph.application("Calls");
    const dates = { startDateTime: "2027-01-01T00:00:00Z", endDateTime: "2027-01-01T00:00:00Z" };
    for (const wanted of [
      dates,
      { endDateTime: "soon" },
      { endDateTime: 5 },
      { secretText: "mine" },
    ]) {
      expect((await add(id, wanted)).status).toBe(400);
    }
    expect((await graph.get(`/applications/${id}`)).body.passwordCredentials).toEqual([]);
  });

  it("refuses a parameter that it does not have", async () => {
    const { id } = await graph.application("Calls");
    const path = `/applications/${id}/addPassword`;
    const { status, body } = await graph.post(path, { displayName: "deploy" });
    expect([status, body.error.message]).toEqual([
      400,
      "The parameter 'displayName' in the request payload is not a valid parameter for the operation 'addPassword'.",
    ]);
    expect((await graph.post(path, { passwordCredential: { end: "2027" } })).status).toBe(400);
  });
});

describe("removePassword", () => {
  it("removes the one with the key id, and no other", async () => {
    const { id } = await graph.application("Calls");
    const first = (await add(id)).body.keyId;
    const second = (await add(id)).body.keyId;
    const remove = (keyId: unknown) => graph.post(`/applications/${id}/removePassword`, { keyId });
    expect((await remove(first.toUpperCase())).status).toBe(204);
    const read = await graph.get(`/applications/${id}`);
    expect(read.body.passwordCredentials).toMatchObject([{ keyId: second }]);
    const gone = await remove(first);
    expect([gone.status, gone.body.error.message]).toEqual([
      400,
      `No password credential found with keyId '${first}'.`,
    ]);
    expect((await remove(undefined)).status).toBe(400);
  });
});

describe("PATCH of passwordCredentials", () => {
  it("may drop a secret, and cannot make one", async () => {
    const { id } = await graph.application("Calls");
    const { keyId } = (await add(id)).body;
    const patch = (passwordCredentials: unknown) =>
      graph.patch(`/applications/${id}`, { passwordCredentials });
    const made = await patch([{ keyId }, { displayName: "new" }]);
    expect([made.status, made.body.error.message]).toEqual([
      400,
      "New password credentials must be generated with service actions.",
    ]);
    expect((await patch([{ keyId }])).status).toBe(204);
    expect((await graph.get(`/applications/${id}`)).body.passwordCredentials).toHaveLength(1);
    expect((await patch([])).status).toBe(204);
    expect((await graph.get(`/applications/${id}`)).body.passwordCredentials).toEqual([]);
  });
});
