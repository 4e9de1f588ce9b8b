// A vault by its endpoint: who may do what from where, secrets and their versions, certificates that are imported.
import { createHash, X509Certificate } from "node:crypto";
import { request } from "node:https";
import { createSecureContext } from "node:tls";
import { generate } from "selfsigned";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writePkcs12 } from "../../../local-cloud/key-vault/pkcs12.js";
import { DEPLOYER, SUBSCRIPTION_ID, TENANT_ID } from "../../../local-cloud/well-known.js";
import { startTestCloud, type TestCloud } from "../../support/test-cloud.js";
import { vaultBody } from "../arm/arm-under-test.js";

const GROUP = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/rg-vaults`;
const VAULTS = `${GROUP}/providers/Microsoft.KeyVault/vaults`;
const ADMINISTRATOR = "00482a5a-887f-4fb3-b363-3b7fe8e74483";
const SECRETS_USER = "4633458b-17de-408a-b874-0445c86b69e6";
const VAULT_SCOPE = "https://vault.azure.net/.default";

let cloud: TestCloud;
const tokens = new Map<string, string>();

beforeAll(async () => {
  cloud = await startTestCloud();
  await arm("PUT", GROUP, { location: "westeurope" });
  await makeVault("contoso-kv");
  await assign(`${VAULTS}/contoso-kv`, ADMINISTRATOR, 1);
});
afterAll(() => cloud.remove());

// biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of any shape
type Answer = { readonly status: number; readonly headers: Headers; readonly body: any };

async function token(scope: string): Promise<string> {
  const known = tokens.get(scope);
  if (known !== undefined) return known;
  const response = await fetch(`${cloud.origins.login}/${TENANT_ID}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: DEPLOYER.appId,
      client_secret: cloud.environment()["AZURE_CLIENT_SECRET"] ?? "",
      scope,
    }),
  });
  const made = String(Object(await response.json()).access_token);
  tokens.set(scope, made);
  return made;
}

async function send(
  method: string,
  url: string,
  bearer: string | undefined,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      "content-type": "application/json",
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const { status, headers } = response;
  return { status, headers, body: text === "" ? undefined : JSON.parse(text) };
}

async function arm(method: string, path: string, body?: unknown): Promise<Answer> {
  const version = /Authorization/.test(path)
    ? "2022-04-01"
    : /KeyVault/.test(path)
      ? "2024-11-01"
      : "2024-03-01";
  const bearer = await token(`${cloud.origins.arm}/.default`);
  return await send(method, `${cloud.origins.arm}${path}?api-version=${version}`, bearer, body);
}

async function makeVault(name: string, properties: Record<string, unknown> = {}): Promise<void> {
  const answer = await arm("PUT", `${VAULTS}/${name}`, vaultBody(properties));
  expect(answer.status).toBe(201);
}

async function assign(scope: string, role: string, number: number): Promise<void> {
  const name = `11111111-0000-4000-8000-${String(number).padStart(12, "0")}`;
  const answer = await arm(
    "PUT",
    `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    {
      properties: {
        principalId: DEPLOYER.servicePrincipalId,
        principalType: "ServicePrincipal",
        roleDefinitionId: `/subscriptions/${SUBSCRIPTION_ID}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
      },
    },
  );
  expect(answer.status).toBe(201);
}

/** A request of a vault's endpoint, with the deployer's token. */
async function vault(
  method: string,
  path: string,
  body?: unknown,
  name = "contoso-kv",
): Promise<Answer> {
  const query = path.includes("?") ? "" : "?api-version=7.4";
  const url = `${cloud.origins.vault}/${name}/${path}${query}`;
  return await send(method, url, await token(VAULT_SCOPE), body);
}

async function selfSigned() {
  return await generate([{ name: "commonName", value: "media.contoso.com" }], {
    extensions: [
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "media.contoso.com" },
          { type: 2, value: "*.contoso.com" },
        ],
      },
    ],
  });
}

describe("a caller", () => {
  it("without a token is told whose token to bring, and for what", async () => {
    const answer = await send(
      "GET",
      `${cloud.origins.vault}/contoso-kv/secrets?api-version=7.4`,
      undefined,
    );
    expect([answer.status, answer.body.error]).toEqual([
      401,
      { code: "Unauthorized", message: "AKV10000: Request is missing a Bearer or PoP token." },
    ]);
    expect(answer.headers.get("www-authenticate")).toBe(
      `Bearer authorization="${cloud.origins.login}/${TENANT_ID}", resource="https://vault.azure.net"`,
    );
  });

  it("with a token for another service is refused", async () => {
    const bearer = await token(`${cloud.origins.arm}/.default`);
    const answer = await send(
      "GET",
      `${cloud.origins.vault}/contoso-kv/secrets?api-version=7.4`,
      bearer,
    );
    expect([answer.status, answer.body.error.message]).toEqual([
      401,
      `AKV10022: Invalid audience. Expected https://vault.azure.net, found: ${cloud.origins.arm}.`,
    ]);
  });

  it("without a role is refused, also as the owner of the subscription", async () => {
    await makeVault("locked-kv");
    const answer = await vault("GET", "secrets/media", undefined, "locked-kv");
    expect([answer.status, answer.body.error.innererror]).toEqual([
      403,
      { code: "ForbiddenByRbac" },
    ]);
    expect(answer.body.error.message).toContain(
      "Action: 'Microsoft.KeyVault/vaults/secrets/getSecret/action'",
    );
    expect(answer.body.error.message).toContain(`Resource: '${VAULTS}/locked-kv/secrets/media'`);
  });

  it("may read what one secret's role gives, and nothing else", async () => {
    await makeVault("shared-kv");
    for (const name of ["one", "two"]) {
      await arm("PUT", `${VAULTS}/shared-kv/secrets/${name}`, { properties: { value: name } });
    }
    await assign(`${VAULTS}/shared-kv/secrets/one`, SECRETS_USER, 2);
    expect((await vault("GET", "secrets/one", undefined, "shared-kv")).body.value).toBe("one");
    expect((await vault("GET", "secrets/two", undefined, "shared-kv")).status).toBe(403);
    expect((await vault("PUT", "secrets/one", { value: "x" }, "shared-kv")).status).toBe(403);
  });

  it("goes by access policies where the vault does", async () => {
    await makeVault("policy-kv", {
      enableRbacAuthorization: false,
      accessPolicies: [
        {
          tenantId: TENANT_ID,
          objectId: DEPLOYER.servicePrincipalId,
          permissions: { secrets: ["get", "set"] },
        },
      ],
    });
    expect((await vault("PUT", "secrets/one", { value: "x" }, "policy-kv")).status).toBe(200);
    const refused = await vault("GET", "secrets", undefined, "policy-kv");
    expect([refused.status, refused.body.error.innererror.code]).toEqual([403, "AccessDenied"]);
    expect(refused.body.error.message).toContain(
      "does not have secrets list permission on key vault 'policy-kv;location=westeurope'",
    );
  });

  it.each([
    [
      "with public access off",
      "closed-kv",
      { publicNetworkAccess: "Disabled" },
      "ForbiddenByConnection",
    ],
    [
      "that no rule lets in",
      "denied-kv",
      { networkAcls: { defaultAction: "Deny", ipRules: [{ value: "203.0.113.0/24" }] } },
      "ForbiddenByFirewall",
    ],
  ])("%s is refused before any role counts", async (_what, name, properties, code) => {
    await makeVault(name, properties);
    const answer = await vault("GET", "secrets", undefined, name);
    expect([answer.status, answer.body.error.innererror.code]).toEqual([403, code]);
  });

  it("from an address that a rule lets in passes", async () => {
    await makeVault("open-kv", {
      networkAcls: { defaultAction: "Deny", ipRules: [{ value: "127.0.0.1" }] },
    });
    await assign(`${VAULTS}/open-kv`, ADMINISTRATOR, 3);
    expect((await vault("GET", "secrets", undefined, "open-kv")).status).toBe(200);
  });

  it("reaches no vault that is not there, and no version or request that is not", async () => {
    expect((await vault("GET", "secrets", undefined, "no-kv")).status).toBe(404);
    expect((await vault("GET", "secrets?x=1")).body.error.message).toBe(
      "api-version must be specified",
    );
    expect((await vault("GET", "secrets?api-version=1.0")).status).toBe(400);
    expect((await vault("GET", "keys")).status).toBe(501);
    expect((await vault("POST", "certificates/a/create", {})).status).toBe(501);
  });

  it("may use the vault's own name as the host", async () => {
    const { port } = new URL(cloud.origins.vault);
    const bearer = await token(VAULT_SCOPE);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request(
        {
          host: "127.0.0.1",
          port,
          servername: "contoso-kv.vault.localhost",
          path: "/secrets?api-version=7.4",
          headers: {
            host: `contoso-kv.vault.localhost:${port}`,
            authorization: `Bearer ${bearer}`,
          },
        },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      )
        .on("error", reject)
        .end();
    });
    expect(status).toBe(200);
  });
});

describe("a secret", () => {
  const id = (...path: string[]) =>
    `https://contoso-kv.vault.localhost:${new URL(cloud.origins.vault).port}/secrets/${path.join("/")}`;

  it("has versions, the newest of which is meant", async () => {
    const first = (await vault("PUT", "secrets/media", { value: "one", tags: { for: "bot" } }))
      .body;
    const version = String(first.id).split("/").at(-1) ?? "";
    expect(first).toEqual({
      id: id("media", version),
      value: "one",
      tags: { for: "bot" },
      attributes: {
        enabled: true,
        created: expect.any(Number),
        updated: expect.any(Number),
        recoveryLevel: "Recoverable+Purgeable",
        recoverableDays: 90,
      },
    });
    await vault("PUT", "secrets/media", { value: "two", contentType: "text/plain" });
    expect((await vault("GET", "secrets/media")).body.value).toBe("two");
    expect((await vault("GET", "secrets/media/")).body.value).toBe("two");
    expect((await vault("GET", `secrets/media/${version}`)).body.value).toBe("one");
    const { value } = (await vault("GET", "secrets/media/versions")).body;
    expect(value).toHaveLength(2);
    expect(JSON.stringify(value)).not.toContain("one");
    expect(
      (await arm("GET", `${VAULTS}/contoso-kv/secrets/media`)).body.properties.contentType,
    ).toBe("text/plain");
  });

  it("that is switched off is not handed out", async () => {
    await vault("PUT", "secrets/off", { value: "one" });
    const patched = await vault("PATCH", "secrets/off", { attributes: { enabled: false } });
    expect(patched.body.attributes.enabled).toBe(false);
    const answer = await vault("GET", "secrets/off");
    expect([answer.status, answer.body.error.innererror.code]).toEqual([403, "SecretDisabled"]);
  });

  it("that is deleted keeps its name until it is recovered or purged", async () => {
    await vault("PUT", "secrets/gone", { value: "one" });
    const deleted = await vault("DELETE", "secrets/gone");
    expect(deleted.body).toMatchObject({
      recoveryId: `${cloud.origins.vault}/contoso-kv/deletedsecrets/gone`,
      scheduledPurgeDate: deleted.body.deletedDate + 90 * 24 * 60 * 60,
    });
    expect((await vault("GET", "secrets/gone")).body.error.code).toBe("SecretNotFound");
    expect((await arm("GET", `${VAULTS}/contoso-kv/secrets/gone`)).status).toBe(404);
    const again = await vault("PUT", "secrets/gone", { value: "two" });
    expect([again.status, again.body.error.innererror.code]).toEqual([
      409,
      "ObjectIsDeletedButRecoverable",
    ]);
    const byArm = await arm("PUT", `${VAULTS}/contoso-kv/secrets/gone`, {
      properties: { value: "two" },
    });
    expect([byArm.status, byArm.body.error.code]).toEqual([409, "Conflict"]);
    expect((await vault("GET", "deletedsecrets")).body.value).toHaveLength(1);
    await vault("POST", "deletedsecrets/gone/recover");
    expect((await vault("GET", "secrets/gone")).body.value).toBe("one");
    await vault("DELETE", "secrets/gone");
    expect((await vault("DELETE", "deletedsecrets/gone")).status).toBe(204);
    expect((await vault("GET", "deletedsecrets/gone")).status).toBe(404);
    expect((await vault("PUT", "secrets/gone", { value: "two" })).status).toBe(200);
  });

  it.each([
    ["a name with an underscore", "secrets/a_b", { value: "x" }],
    ["no value", "secrets/bad", {}],
    ["a value that is no text", "secrets/bad", { value: 1 }],
    ["a value of 25 KB and one", "secrets/bad", { value: "x".repeat(25_601) }],
    ["a time that is none", "secrets/bad", { value: "x", attributes: { exp: "soon" } }],
    ["a tag that is no text", "secrets/bad", { value: "x", tags: { a: 1 } }],
  ])("is refused with %s", async (_what, path, body) => {
    const answer = await vault("PUT", path, body);
    expect([answer.status, answer.body.error.code]).toEqual([400, "BadParameter"]);
  });

  it("is listed in pages that are followed to the end", async () => {
    let url: string | null =
      `${cloud.origins.vault}/contoso-kv/secrets?api-version=7.4&maxresults=2`;
    const ids: string[] = [];
    while (url !== null) {
      const { body }: Answer = await send("GET", url, await token(VAULT_SCOPE));
      expect(body.value.length).toBeLessThanOrEqual(2);
      ids.push(...body.value.map((item: { id: string }) => item.id));
      url = body.nextLink;
    }
    expect(ids).toEqual([...new Set(ids)]);
    expect(ids).toContain(id("media"));
    expect((await vault("GET", "secrets?api-version=7.4&maxresults=26")).status).toBe(400);
  });
});

describe("a certificate", () => {
  it("is imported as PKCS #12, read without its key, and handed out whole as a secret", async () => {
    const { private: key, cert } = await selfSigned();
    const pfx = (await writePkcs12(key, [cert])).toString("base64");
    const made = await vault("POST", "certificates/web/import", { value: pfx, pwd: "" });
    const x509 = new X509Certificate(cert);
    expect(made.body).toMatchObject({
      x5t: createHash("sha1").update(x509.raw).digest("base64url"),
      cer: x509.raw.toString("base64"),
      attributes: { enabled: true, exp: Math.floor(Date.parse(x509.validTo) / 1000) },
      policy: {
        key_props: { exportable: true, kty: "RSA", key_size: 2048 },
        secret_props: { contentType: "application/x-pkcs12" },
        x509_props: { sans: { dns_names: ["media.contoso.com", "*.contoso.com"] } },
        issuer: { name: "Unknown" },
      },
    });
    expect((await vault("GET", "certificates/web")).body).toEqual(made.body);
    const secret = (await vault("GET", "secrets/web")).body;
    expect(secret).toMatchObject({ managed: true, contentType: "application/x-pkcs12" });
    expect(secret.id).toBe(made.body.sid);
    createSecureContext({ pfx: Buffer.from(secret.value, "base64"), passphrase: "" });
    expect((await vault("GET", "certificates")).body.value).toHaveLength(1);
    expect((await vault("GET", "certificates/web/policy")).body).toEqual(made.body.policy);
    const byItself = await vault("DELETE", "secrets/web");
    expect(byItself.status).toBe(403);
  });

  it("is renewed by another import", async () => {
    const pem = async () => {
      const { private: key, cert } = await selfSigned();
      return {
        value: `${key}${cert}`,
        policy: { secret_props: { contentType: "application/x-pem-file" } },
      };
    };
    const first = (await vault("POST", "certificates/pem/import", await pem())).body;
    const second = (await vault("POST", "certificates/pem/import", await pem())).body;
    expect(second.x5t).not.toBe(first.x5t);
    expect((await vault("GET", "certificates/pem")).body.x5t).toBe(second.x5t);
    expect((await vault("GET", "certificates/pem/versions")).body.value).toHaveLength(2);
    const { value } = (await vault("GET", "secrets/pem")).body;
    expect(value).toMatch(/^-----BEGIN PRIVATE KEY-----[\s\S]+-----BEGIN CERTIFICATE-----/);
  });

  it.each([
    ["the wrong password", async () => ({ value: await pfxOf(), pwd: "wrong" })],
    ["something else", async () => ({ value: "aGVsbG8=" })],
    ["a certificate without its key", async () => ({ value: (await selfSigned()).cert })],
    [
      "another key",
      async () => ({ value: (await selfSigned()).private + (await selfSigned()).cert }),
    ],
    [
      "an unknown content type",
      async () => ({ value: "x", policy: { secret_props: { contentType: "text/plain" } } }),
    ],
    ["nothing", async () => ({})],
  ])("is refused with %s", async (_what, body) => {
    const answer = await vault("POST", "certificates/bad/import", await body());
    expect([answer.status, answer.body.error.code]).toEqual([400, "BadParameter"]);
    expect((await vault("GET", "certificates/bad")).body.error.code).toBe("CertificateNotFound");
  });
});

async function pfxOf(): Promise<string> {
  const { private: key, cert } = await selfSigned();
  return (await writePkcs12(key, [cert])).toString("base64");
}
