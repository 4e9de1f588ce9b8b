// A storage account by its endpoints: who may use which, what is kept, and the website as anybody sees it.
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sharedKeyAuthorization } from "../../../local-cloud/storage/shared-key.js";
import { DEPLOYER, SUBSCRIPTION_ID, TENANT_ID } from "../../../local-cloud/well-known.js";
import { startTestCloud, type TestCloud } from "../../support/test-cloud.js";

const GROUP = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/rg-sites`;
const ACCOUNTS = `${GROUP}/providers/Microsoft.Storage/storageAccounts`;
const SITE = "contososite";
const GOOD = {
  kind: "StorageV2",
  location: "westeurope",
  sku: { name: "Standard_LRS" },
  properties: { minimumTlsVersion: "TLS1_2" },
};
const WEBSITE =
  "<StorageServiceProperties><StaticWebsite><Enabled>true</Enabled><IndexDocument>index.html</IndexDocument><ErrorDocument404Path>404.html</ErrorDocument404Path></StaticWebsite></StorageServiceProperties>";

let cloud: TestCloud;
let key: string;

beforeAll(async () => {
  cloud = await startTestCloud();
  expect((await arm("PUT", GROUP, { location: "westeurope" })).status).toBe(201);
  expect((await arm("PUT", `${ACCOUNTS}/${SITE}`, GOOD)).status).toBe(201);
  key = (await arm("POST", `${ACCOUNTS}/${SITE}/listKeys`)).body.keys[0].value;
});
afterAll(() => cloud.remove());

async function token(scope: string): Promise<string> {
  const environment = cloud.environment();
  const response = await fetch(`${cloud.origins.login}/${TENANT_ID}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: DEPLOYER.appId,
      client_secret: environment["AZURE_CLIENT_SECRET"] ?? "",
      scope,
    }),
  });
  return Object(await response.json()).access_token;
}

interface ArmAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of any shape
  readonly body: any;
}

async function arm(method: string, path: string, body?: unknown): Promise<ArmAnswer> {
  const version = path.includes("/providers/") ? "2024-01-01" : "2024-03-01";
  const response = await fetch(`${cloud.origins.arm}${path}?api-version=${version}`, {
    method,
    headers: {
      authorization: `Bearer ${await token(`${cloud.origins.arm}/.default`)}`,
      "content-type": "application/json",
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? {} : JSON.parse(text) };
}

interface BlobRequest {
  readonly body?: string;
  readonly headers?: Record<string, string>;
  readonly key?: string;
  readonly date?: Date;
}

/** A request of the blob endpoint, signed by the account's key. */
async function blob(method: string, path: string, options: BlobRequest = {}): Promise<Response> {
  const url = new URL(`${cloud.origins.storage}/blob/${SITE}/${path}`);
  const { body } = options;
  const headers = new Headers({
    "x-ms-date": (options.date ?? new Date()).toUTCString(),
    "x-ms-version": "2023-11-03",
    ...(body === undefined ? {} : { "content-type": "text/plain" }),
    ...options.headers,
  });
  const signed = new Headers(headers);
  if (body !== undefined) signed.set("content-length", String(Buffer.byteLength(body)));
  headers.set(
    "authorization",
    sharedKeyAuthorization(SITE, options.key ?? key, { method, url, headers: signed }),
  );
  return await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
}

const upload = { body: "hello", headers: { "x-ms-blob-type": "BlockBlob" } };

describe("a storage account", () => {
  it("says where it answers, and what it was given", async () => {
    const { status, body } = await arm("GET", `${ACCOUNTS}/${SITE}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      kind: "StorageV2",
      sku: { name: "Standard_LRS", tier: "Standard" },
    });
    expect(body.properties).toMatchObject({
      supportsHttpsTrafficOnly: true,
      minimumTlsVersion: "TLS1_2",
      allowBlobPublicAccess: false,
      primaryEndpoints: {
        blob: `${cloud.origins.storage}/blob/${SITE}/`,
        web: `${cloud.origins.storage}/web/${SITE}/`,
      },
    });
    expect(JSON.stringify(body)).not.toContain(key);
  });

  it.each([
    ["a name with a capital", "Contoso", {}, 400, "InvalidResourceName"],
    ["a name of two characters", "co", {}, 400, "InvalidResourceName"],
    [
      "an unknown sku",
      "contoso1",
      { sku: { name: "Cheap" } },
      400,
      "InvalidValuesForRequestParameters",
    ],
    ["no kind", "contoso1", { kind: undefined }, 400, "InvalidValuesForRequestParameters"],
    [
      "plain http",
      "contoso1",
      { properties: { supportsHttpsTrafficOnly: false } },
      501,
      "NotImplemented",
    ],
    [
      "what is not there",
      "contoso1",
      { properties: { isHnsEnabled: true } },
      501,
      "NotImplemented",
    ],
  ])("is refused with %s", async (_, name, override, status, code) => {
    const answer = await arm("PUT", `${ACCOUNTS}/${name}`, { ...GOOD, ...override });
    expect(answer.status).toBe(status);
    expect(answer.body.error.code).toBe(code);
  });

  it("has a name that nobody else can take, in whichever group", async () => {
    const other = GROUP.replace("rg-sites", "rg-others");
    await arm("PUT", other, { location: "westeurope" });
    const path = `${other}/providers/Microsoft.Storage/storageAccounts/${SITE}`;
    const { status, body } = await arm("PUT", path, GOOD);
    expect(status).toBe(409);
    expect(body.error.code).toBe("StorageAccountAlreadyTaken");
  });
});

describe("the blob endpoint", () => {
  it("has no container before the website is switched on", async () => {
    const answer = await blob("PUT", "$web/early.txt", upload);
    expect(answer.status).toBe(404);
    expect(answer.headers.get("x-ms-error-code")).toBe("ContainerNotFound");
  });

  it("lets whoever has the role switch on the website, and keeps what was set", async () => {
    const url = `${cloud.origins.storage}/blob/${SITE}/?restype=service&comp=properties`;
    const headers = {
      authorization: `Bearer ${await token("https://storage.azure.com/.default")}`,
    };
    expect((await fetch(url, { method: "PUT", headers, body: WEBSITE })).status).toBe(202);
    expect(await (await fetch(url, { headers })).text()).toContain(WEBSITE.slice(26, -27));
    const cors = "<StorageServiceProperties><Cors/></StorageServiceProperties>";
    expect((await fetch(url, { method: "PUT", headers, body: cors })).status).toBe(501);
    expect((await fetch(url, { method: "PUT", headers, body: "no xml" })).status).toBe(400);
  });

  it("keeps bytes, type and cache rule, and gives them back", async () => {
    const headers = {
      ...upload.headers,
      "x-ms-blob-content-type": "text/html; charset=utf-8",
      "x-ms-blob-cache-control": "no-cache",
      "x-ms-meta-by": "test",
    };
    expect((await blob("PUT", "$web/index.html", { body: "<p>hello", headers })).status).toBe(201);
    const back = await blob("GET", "$web/index.html");
    expect(await back.text()).toBe("<p>hello");
    expect(Object.fromEntries(back.headers)).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-cache",
      "content-md5": createHash("md5").update("<p>hello").digest("base64"),
      "x-ms-meta-by": "test",
      "x-ms-blob-type": "BlockBlob",
    });
  });

  it.each<[string, BlobRequest, number, string]>([
    ["another key", { key: Buffer.alloc(64).toString("base64") }, 403, "AuthenticationFailed"],
    ["a signature of an hour ago", { date: new Date(0) }, 403, "AuthenticationFailed"],
    [
      "a wrong checksum",
      { headers: { ...upload.headers, "content-md5": "AAAA" } },
      400,
      "Md5Mismatch",
    ],
    ["no type of blob", { headers: {} }, 400, "MissingRequiredHeader"],
    ["another type of blob", { headers: { "x-ms-blob-type": "PageBlob" } }, 501, "NotImplemented"],
  ])("refuses an upload with %s", async (_, override, status, code) => {
    const answer = await blob("PUT", "$web/refused.txt", { ...upload, ...override });
    expect(answer.status).toBe(status);
    expect(answer.headers.get("x-ms-error-code")).toBe(code);
    expect((await blob("HEAD", "$web/refused.txt")).status).toBe(404);
  });

  it("is not public, and an owner's token alone opens no blob", async () => {
    const url = `${cloud.origins.storage}/blob/${SITE}/$web/index.html`;
    const nobody = await fetch(url);
    expect([nobody.status, nobody.headers.get("x-ms-error-code")]).toEqual([
      409,
      "PublicAccessNotPermitted",
    ]);
    const authorization = `Bearer ${await token("https://storage.azure.com/.default")}`;
    const owner = await fetch(url, { headers: { authorization } });
    expect(owner.headers.get("x-ms-error-code")).toBe("AuthorizationPermissionMismatch");
    const wrong = `Bearer ${await token(`${cloud.origins.arm}/.default`)}`;
    expect((await fetch(url, { headers: { authorization: wrong } })).status).toBe(403);
  });

  it("refuses by name what it has not", async () => {
    expect((await blob("PUT", "$web/index.html?comp=tier")).status).toBe(501);
    expect((await blob("GET", "$web?restype=container&comp=list")).status).toBe(501);
    expect((await blob("GET", "other/index.html")).status).toBe(404);
  });
});

describe("the website", () => {
  const get = (path: string, init: RequestInit = {}) =>
    fetch(`${cloud.origins.storage}/web/${SITE}/${path}`, init);

  it("is the index document at its address, with what was uploaded with it", async () => {
    const answer = await get("");
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("<p>hello");
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-cache");
    const etag = answer.headers.get("etag") ?? "";
    expect((await get("", { headers: { "if-none-match": etag } })).status).toBe(304);
    const head = await get("index.html", { method: "HEAD" });
    expect(head.headers.get("content-length")).toBe("8");
    expect(await head.text()).toBe("");
  });

  it("answers 404 for what is not there, with the error document once there is one", async () => {
    expect([(await get("none")).status, await (await get("none")).text()]).toEqual([
      404,
      "The requested content does not exist.\n",
    ]);
    await blob("PUT", "$web/404.html", { ...upload, body: "gone" });
    const answer = await get("none/deeper");
    expect([answer.status, await answer.text()]).toEqual([404, "gone"]);
  });

  it("is read-only, and never another account's", async () => {
    const put = await get("index.html", { method: "PUT", body: "x" });
    expect([put.status, put.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
    expect((await fetch(`${cloud.origins.storage}/web/nobody/index.html`)).status).toBe(404);
    expect((await get("../../blob/contososite/$web/index.html")).status).toBe(409);
  });

  it("is gone with its account, and does not come back with a new one of that name", async () => {
    expect((await arm("DELETE", `${ACCOUNTS}/${SITE}`)).status).toBe(200);
    expect((await get("")).status).toBe(404);
    expect((await arm("PUT", `${ACCOUNTS}/${SITE}`, GOOD)).status).toBe(201);
    expect((await get("")).status).toBe(404);
    expect((await get("index.html")).status).toBe(404);
  });
});
