import { ClientAssertionCredential } from "@azure/identity";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { DEPLOYER, SECOND_TENANT_ID, TENANT_ID } from "../../../local-cloud/index.js";
import { type Bot, type EntraUnderTest, startEntra } from "./entra-under-test.js";
import { type OidcIssuer, startIssuer } from "./oidc-issuer.js";

let entra: EntraUnderTest;
let issuer: OidcIssuer;
let bot: Bot;
beforeAll(async () => {
  [entra, issuer] = await Promise.all([startEntra(), startIssuer()]);
  bot = await entra.newBot();
});
afterAll(async () => {
  await Promise.all([entra.cloud.remove(), issuer.stop()]);
});

const Refusal = z.object({
  error: z.string(),
  error_description: z.string(),
  error_codes: z.tuple([z.number()]),
});

const AccessToken = z.object({ access_token: z.string() });

type Form = Record<string, string | undefined>;

/** A token request with the bot's secret; a field that is undefined is left out. */
async function ask(changes: Form = {}, tenant: string = TENANT_ID) {
  const fields: Form = {
    grant_type: "client_credentials",
    client_id: bot.appId,
    client_secret: bot.secret,
    scope: `${entra.graph}/.default`,
    ...changes,
  };
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) form.append(name, value);
  }
  const response = await fetch(`${entra.login}/${tenant}/oauth2/v2.0/token`, {
    method: "POST",
    body: form,
  });
  const body: unknown = await response.json();
  return { status: response.status, body };
}

/** `401 invalid_client 7000215`, or the status alone when a token came. */
async function outcome(changes: Form = {}, tenant?: string): Promise<string> {
  const { status, body } = await ask(changes, tenant);
  if (status === 200) return "200";
  const refusal = Refusal.parse(body);
  return `${status} ${refusal.error} ${refusal.error_codes[0]}`;
}

describe("the client credentials grant", () => {
  it("takes OpenID's scopes beside the one of the service, as MSAL for Go sends them", async () => {
    const scope = (resource: string) => `${resource}/.default openid offline_access profile`;
    const { body } = await ask({ scope: scope(entra.graph) });
    expect(decodeJwt(AccessToken.parse(body).access_token)["aud"]).toBe(entra.graph);
    expect(await outcome({ scope: scope("https://other.contoso.com") })).toBe(
      "400 invalid_resource 500011",
    );
    expect(await outcome({ scope: "openid profile" })).toBe("400 invalid_scope 1002012");
  });

  it("gives a token of an hour for the service that was asked for", async () => {
    const { status, body } = await ask();
    expect([status, body]).toEqual([
      200,
      {
        token_type: "Bearer",
        expires_in: 3599,
        ext_expires_in: 3599,
        access_token: expect.any(String),
      },
    ]);
    expect(decodeJwt(AccessToken.parse(body).access_token)).toMatchObject({
      aud: entra.graph,
      iss: `${entra.login}/${TENANT_ID}/v2.0`,
      tid: TENANT_ID,
      appid: bot.appId,
      idtyp: "app",
    });
  });

  it.each<[string, Form, string]>([
    ["no grant type", { grant_type: undefined }, "400 invalid_request 900144"],
    [
      "a grant type that is not here",
      { grant_type: "password" },
      "501 unsupported_grant_type 70003",
    ],
    ["no client", { client_id: undefined }, "400 invalid_request 900144"],
    ["a client that nobody registered", { client_id: TENANT_ID }, "400 unauthorized_client 700016"],
    ["no secret", { client_secret: undefined }, "401 invalid_client 7000218"],
    ["a wrong secret", { client_secret: "wrong" }, "401 invalid_client 7000215"],
    ["another application's secret", { client_id: DEPLOYER.appId }, "401 invalid_client 7000215"],
    ["a scope that is no .default", { scope: "User.Read" }, "400 invalid_scope 1002012"],
    ["two resources", { scope: "a/.default b/.default" }, "400 invalid_resource 500011"],
    [
      "a resource that is not here",
      { scope: "https://other.contoso.com/.default" },
      "400 invalid_resource 500011",
    ],
    ["no scope", { scope: undefined }, "400 invalid_resource 500011"],
  ])("refuses %s", async (_what, changes, expected) => {
    expect(await outcome(changes)).toBe(expected);
  });

  it("refuses a tenant that is not there, and one in which the application is not", async () => {
    expect(await outcome({}, "nowhere.contoso.com")).toBe("400 invalid_request 90002");
    expect(await outcome({}, SECOND_TENANT_ID)).toBe("400 unauthorized_client 700016");
  });

  it("refuses a managed identity by name: its host gives it its tokens", async () => {
    const { clientId } = await newManagedIdentity("asks-itself");
    expect(await outcome({ client_id: clientId })).toBe("501 unauthorized_client 700016");
  });
});

const AUDIENCE = "api://AzureADTokenExchange";
const SUBJECT = "system:serviceaccount:bot:Calling";

/** A bot that trusts one subject of the issuer, and what it sends in place of a secret. */
async function trusting(changes: Record<string, unknown> = {}) {
  const made = await entra.newBot({ displayName: "Federated" });
  await entra.call("POST", `/applications/${made.objectId}/federatedIdentityCredentials`, {
    name: "cluster",
    issuer: issuer.issuer,
    subject: SUBJECT,
    audiences: [AUDIENCE],
    ...changes,
  });
  const form = (assertion: string, more: Form = {}): Form => ({
    client_id: made.appId,
    client_secret: undefined,
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: assertion,
    ...more,
  });
  return { ...made, form };
}

describe("a federated identity credential", () => {
  it("lets the subject that it names sign in as the application, by Azure's own client", async () => {
    const { appId } = await trusting();
    const credential = new ClientAssertionCredential(
      TENANT_ID,
      appId,
      () => issuer.token({ sub: SUBJECT, aud: AUDIENCE }),
      { authorityHost: entra.login, disableInstanceDiscovery: true },
    );
    const { token } = await credential.getToken(`${entra.graph}/.default`);
    expect(decodeJwt(token)).toMatchObject({ appid: appId, idtyp: "app", aud: entra.graph });
  });

  it.each<[string, Record<string, unknown>, number]>([
    ["of another issuer", { iss: "https://localhost:1/other" }, 700211],
    ["of another subject", { sub: "system:serviceaccount:bot:other" }, 700213],
    ["whose subject differs in case", { sub: SUBJECT.toLowerCase() }, 7002138],
    ["for another audience", { aud: "api://other" }, 700212],
    ["that has expired", { exp: 1_700_000_000 }, 700024],
    ["that is not valid yet", { nbf: 4_000_000_000 }, 700024],
    ["that never expires", { exp: undefined }, 700024],
  ])("refuses a token %s", async (_what, claims, number) => {
    const { form } = await trusting();
    const token = await issuer.token({ sub: SUBJECT, aud: AUDIENCE, ...claims });
    expect(await outcome(form(token))).toBe(`401 invalid_client ${number}`);
  });

  it("refuses what the issuer has not signed, and what is no token of an issuer", async () => {
    const { appId, form } = await trusting();
    const forged = await issuer.token({ sub: SUBJECT, aud: AUDIENCE }, { by: "stranger" });
    expect(await outcome(form(forged))).toBe("401 invalid_client 700027");
    expect(await outcome(form("a.b.c"))).toBe("400 invalid_request 50027");
    expect(await outcome(form(forged, { client_assertion_type: undefined }))).toBe(
      "400 invalid_request 900144",
    );
    expect(await outcome(form(forged, { client_assertion_type: "urn:other" }))).toBe(
      "400 invalid_request 70002",
    );
    const ofCertificate = await issuer.token({ iss: appId, sub: appId, aud: entra.login });
    expect(await outcome(form(ofCertificate))).toBe("401 invalid_client 50027");
  });

  it("is asked for where the application has none", async () => {
    const token = await issuer.token({ sub: SUBJECT, aud: AUDIENCE });
    const { form } = await trusting();
    expect(await outcome(form(token, { client_id: bot.appId }))).toBe("401 invalid_client 70025");
  });

  it("needs an issuer whose keys can be read", async () => {
    const broken = await startIssuer();
    const { form } = await trusting({ issuer: broken.issuer });
    const token = await broken.token({ sub: SUBJECT, aud: AUDIENCE });
    expect(await outcome(form(token))).toBe("200");
    broken.pages["/cluster/keys"] = "not JSON";
    expect(await outcome(form(token))).toBe("400 invalid_request 900612");
    broken.pages["/cluster/.well-known/openid-configuration"] = {
      issuer: "https://localhost:1/other",
      jwks_uri: `${broken.issuer}/keys`,
    };
    expect(await outcome(form(token))).toBe("400 invalid_request 900612");
    await broken.stop();
    expect(await outcome(form(token))).toBe("400 invalid_request 90061");
  });

  it("of an issuer elsewhere is not judged: the local cloud calls nothing outside this machine", async () => {
    const elsewhere = "https://oidc.prod.contoso.com/cluster-1";
    const { form } = await trusting({ issuer: elsewhere });
    const token = await issuer.token({ iss: elsewhere, sub: SUBJECT, aud: AUDIENCE });
    expect(await outcome(form(token))).toBe("501 invalid_client 90061");
  });

  it("lets a managed identity of the tenant sign in as the application", async () => {
    const { clientId, principalId } = await newManagedIdentity("runs-the-bot");
    const { form } = await trusting({
      issuer: `${entra.login}/${TENANT_ID}/v2.0`,
      subject: principalId,
    });
    const token = await identityToken({ clientId, resource: AUDIENCE });
    expect(await outcome(form(token))).toBe("200");
    const forGraph = await identityToken({ clientId, resource: entra.graph });
    expect(await outcome(form(forGraph))).toBe("401 invalid_client 700212");
  });
});

describe("the token of a managed identity", () => {
  it("is given to nobody without the control token, nor for what is no identity or resource", async () => {
    const { clientId } = await newManagedIdentity("asked-for");
    const status = async (body: unknown, token = entra.cloud.controlToken) =>
      (await askHost(body, token)).status;
    expect(await status({ clientId, resource: AUDIENCE }, "wrong")).toBe(401);
    expect(await status({ clientId, resource: AUDIENCE })).toBe(200);
    expect(await status({ clientId, resource: "api://other" })).toBe(404);
    expect(await status({ clientId: bot.appId, resource: AUDIENCE })).toBe(404);
    expect(await status({ clientId })).toBe(400);
  });
});

function askHost(body: unknown, token: string): Promise<Response> {
  return fetch(`${entra.login}/_local/managed-identity-token`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
}

async function identityToken(body: unknown): Promise<string> {
  const answer = await askHost(body, entra.cloud.controlToken);
  return AccessToken.parse(await answer.json()).access_token;
}

const Identity = z.object({
  properties: z.object({ clientId: z.string(), principalId: z.string() }),
});

async function newManagedIdentity(name: string) {
  const { arm } = entra.cloud.origins;
  const environment = entra.cloud.environment();
  const { body } = await ask({
    client_id: DEPLOYER.appId,
    client_secret: environment["AZURE_CLIENT_SECRET"],
    scope: `${arm}/.default`,
  });
  const group = `${arm}/subscriptions/${environment["AZURE_SUBSCRIPTION_ID"]}/resourceGroups/identities`;
  const put = (url: string) =>
    fetch(url, {
      method: "PUT",
      headers: {
        Authorization: `Bearer ${AccessToken.parse(body).access_token}`,
        "Content-Type": "application/json",
      },
      body: JSON.stringify({ location: "westeurope" }),
    });
  await put(`${group}?api-version=2024-03-01`);
  const path = `/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
  const made = await put(`${group}${path}?api-version=2023-01-31`);
  return Identity.parse(await made.json()).properties;
}
