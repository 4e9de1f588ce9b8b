import { zipSync } from "fflate";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { TENANT_ID } from "../../../local-cloud/well-known.js";
import { type GraphUnderTest, ORIGINS, startGraph } from "./graph-under-test.js";

const APP_ID = "b5561ec9-8cab-4aa3-8aa2-d8d7172e4311";
const TEAMS_ADMINISTRATOR = "69091246-20e8-4a56-aa4d-066075b2a7a8";

const manifest = (changes: object = {}) => ({
  manifestVersion: "1.17",
  version: "1.0.0",
  id: APP_ID,
  developer: {
    name: "Contoso",
    websiteUrl: "https://contoso.com",
    privacyUrl: "https://contoso.com/privacy",
    termsOfUseUrl: "https://contoso.com/terms",
  },
  name: { short: "Reception" },
  description: { short: "Answers.", full: "Answers calls." },
  icons: { color: "color.png", outline: "outline.png" },
  accentColor: "#4464EE",
  bots: [{ botId: APP_ID, scopes: ["personal"], supportsCalling: true }],
  ...changes,
});
const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47);
const zipOf = (
  content: object | string,
  files: object = { "color.png": png, "outline.png": png },
) =>
  zipSync({
    "manifest.json": new TextEncoder().encode(
      typeof content === "string" ? content : JSON.stringify(content),
    ),
    ...files,
  });

let graph: GraphUnderTest;
beforeAll(async () => {
  graph = await startGraph();
});
beforeEach(() => {
  for (const { key } of graph.context.store.entries("teamsApps"))
    graph.context.store.remove("teamsApps", key);
});

interface Person {
  readonly scp?: string;
  readonly wids?: string[];
  readonly tid?: string;
}

function token({
  scp = "AppCatalog.ReadWrite.All",
  wids = [TEAMS_ADMINISTRATOR],
  tid = TENANT_ID,
}: Person = {}) {
  const appid = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
  return graph.context.tokens.issue({
    aud: ORIGINS.graph,
    tid,
    appid,
    oid: "a-person",
    idtyp: "user",
    scp,
    wids,
  });
}

async function send(path: string, zip: Uint8Array, person: Person = {}, type = "application/zip") {
  const response = await graph.service.app.request(
    `${ORIGINS.graph}/v1.0/appCatalogs/teamsApps${path}`,
    {
      method: "POST",
      headers: { authorization: `Bearer ${await token(person)}`, "content-type": type },
      body: Buffer.from(zip),
    },
  );
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? {} : JSON.parse(text),
  };
}

const list = async (query = "") =>
  (await graph.get(`/appCatalogs/teamsApps${query}`, { token: await token() })).body.value;

describe("the catalogue of Teams apps", () => {
  it("takes a package from a person who may, and shows it by its external id", async () => {
    const created = await send("", zipOf(manifest()));
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      "@odata.context": `${ORIGINS.graph}/v1.0/$metadata#appCatalogs/teamsApps/$entity`,
      id: expect.any(String),
      externalId: APP_ID,
      displayName: "Reception",
      distributionMethod: "organization",
    });
    const { id } = created.body;
    expect(created.headers.get("location")).toBe(
      `${ORIGINS.graph}/v1.0/appCatalogs/teamsApps/${id}`,
    );
    const filter = `?$filter=externalId eq '${APP_ID}' and distributionMethod eq 'organization'&$expand=appDefinitions`;
    const [app, ...others] = await list(filter);
    expect(others).toEqual([]);
    expect(app.appDefinitions).toEqual([
      expect.objectContaining({ teamsAppId: id, version: "1.0.0", publishingState: "published" }),
    ]);
    expect(await list("?$filter=externalId eq '00000000-0000-0000-0000-000000000000'")).toEqual([]);
    expect(await list()).toEqual([
      expect.not.objectContaining({ appDefinitions: expect.anything() }),
    ]);
  });

  it("has one app of each external id, and takes only rising versions of it", async () => {
    const { body } = await send("", zipOf(manifest()));
    const again = await send("", zipOf(manifest({ version: "2.0.0" })));
    expect([again.status, again.body.error.code]).toEqual([409, "Conflict"]);
    const versions = `/${body.id}/appDefinitions`;
    expect((await send(versions, zipOf(manifest()))).status).toBe(409);
    expect((await send(versions, zipOf(manifest({ version: "1.0.10" })))).status).toBe(204);
    expect((await send(versions, zipOf(manifest({ version: "1.0.9" })))).status).toBe(409);
    const other = manifest({ id: "e3e29acb-8c79-412b-b746-e6c39ff4cd22", version: "3.0.0" });
    expect((await send(versions, zipOf(other))).status).toBe(400);
    expect((await send("/nothing/appDefinitions", zipOf(manifest()))).status).toBe(404);
    const { body: shown } = await graph.get(`/appCatalogs/teamsApps${versions}`, {
      token: await token(),
    });
    expect(shown.value.map(({ version }: { version: string }) => version)).toEqual([
      "1.0.0",
      "1.0.10",
    ]);
  });

  it("keeps tenants apart", async () => {
    await send("", zipOf(manifest()));
    const elsewhere = { tid: "10ca1000-0000-4000-8000-000000000002" };
    expect((await send("", zipOf(manifest()), elsewhere)).status).toBe(201);
    expect(await list()).toHaveLength(1);
  });

  it("lets anybody submit for review, and only an administrator publish", async () => {
    const person = { scp: "AppCatalog.Submit", wids: [] };
    const refused = await send("", zipOf(manifest()), person);
    expect([refused.status, refused.body.error.code]).toEqual([403, "Forbidden"]);
    expect((await send("?requiresReview=true", zipOf(manifest()), person)).status).toBe(201);
    const [app] = await list("?$expand=appDefinitions");
    expect(app.appDefinitions[0].publishingState).toBe("submitted");
    const next = zipOf(manifest({ version: "1.1.0" }));
    expect((await send(`/${app.id}/appDefinitions?requiresReview=true`, next, person)).status).toBe(
      403,
    );
    const submitted = await send(`/${app.id}/appDefinitions?requiresReview=true`, next);
    expect([submitted.status, submitted.body.publishingState]).toEqual([201, "submitted"]);
    expect((await send("?requiresReview=maybe", next)).status).toBe(400);
  });

  it("lets no application publish, whatever it holds, but read", async () => {
    const roles = ["AppCatalog.ReadWrite.All"];
    const path = "/appCatalogs/teamsApps";
    const publish = await graph.call("POST", path, {
      roles,
      text: "zip",
      headers: { "content-type": "application/zip" },
    });
    expect(publish.status).toBe(403);
    expect(publish.body.error.message).toBe(
      "Missing scope permissions on the request. API requires one of 'AppCatalog.Submit, AppCatalog.ReadWrite.All, Directory.ReadWrite.All'. Scopes on the request ''",
    );
    expect((await graph.get(path, { roles })).status).toBe(200);
    expect((await graph.get(path)).status).toBe(403);
    expect((await graph.get(path, { token: null })).status).toBe(401);
    const reader = await token({ scp: "User.Read" });
    expect((await graph.get(path, { token: reader })).status).toBe(403);
  });

  it.each<[string, Uint8Array, string]>([
    ["no zip", new TextEncoder().encode("hello"), "Serialization_FileMissing"],
    ["no manifest", zipSync({ "a.txt": png }), "Serialization_FileMissing"],
    ["no JSON", zipOf("{"), "Serialization_FileNotValidJson"],
    ["no icon", zipOf(manifest(), {}), "Serialization_FileMissing"],
    ["no name", zipOf(manifest({ name: {} })), "SchemaError_Required"],
    [
      "a long name",
      zipOf(manifest({ name: { short: "x".repeat(31) } })),
      "SchemaError_MaximumLength",
    ],
    ["an id that is none", zipOf(manifest({ id: "x" })), "SchemaError_Pattern"],
    [
      "a version in words",
      zipOf(manifest({ version: "one" })),
      "VersionContainsOnlyNumbersDotSeparated",
    ],
  ])("refuses a package with %s, and says what is wrong", async (_, zip, code) => {
    const { status, body } = await send("", zip);
    expect([status, body.error.code, body.error.innerError.code]).toEqual([
      400,
      "BadRequest",
      "UnableToParseTeamsAppManifest",
    ]);
    expect(body.error.innerError.details[0].code).toBe(code);
    expect(await list()).toEqual([]);
  });

  it("takes zips only, and has nothing else of an app", async () => {
    expect((await send("", zipOf(manifest()), {}, "application/json")).status).toBe(415);
    const anything = { token: await token() };
    expect((await graph.delete("/appCatalogs/teamsApps/x", anything)).status).toBe(405);
    expect((await graph.get("/appCatalogs/teamsApps/x", anything)).status).toBe(404);
    expect((await graph.get("/appCatalogs/teamsApps/x/dashboards", anything)).status).toBe(501);
    expect(
      (await graph.get("/appCatalogs/teamsApps?$filter=version eq '1'", anything)).status,
    ).toBe(400);
  });
});
