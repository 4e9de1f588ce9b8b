// Signing in for an application: the code, what it is redeemed for, and every way in which that fails.
import { createHash, randomBytes } from "node:crypto";
import { AuthorizationCodeCredential } from "@azure/identity";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  APPLICATION_ADMIN,
  GLOBAL_ADMIN,
  ORDINARY_USER,
  SECOND_TENANT_ADMIN,
} from "../../../local-cloud/directory/people.js";
import { GRAPH_APP_ID, SECOND_TENANT_ID, TENANT_ID } from "../../../local-cloud/index.js";
import { type Bot, type EntraUnderTest, link, REPLY_URL, startEntra } from "./entra-under-test.js";
import { aadsts, answerOf, Visitor } from "./visitor.js";

const NATIVE = "http://localhost";
const SPA = "https://bot.contoso.example/spa";
const ADMIN_WID = "62e90394-69f5-4237-9190-012177145e10";
const MEMBER_WID = "b79fbf4d-3ef9-4689-8143-76b194e85509";
const now = { value: new Date() };

let entra: EntraUnderTest;
let app: Bot;
beforeAll(async () => {
  entra = await startEntra(() => now.value);
  app = await newApp();
});
afterAll(() => entra.cloud.remove());

function newApp(more: Record<string, unknown> = {}): Promise<Bot> {
  return entra.newBot({
    displayName: "Publisher",
    more: { publicClient: { redirectUris: [NATIVE] }, spa: { redirectUris: [SPA] }, ...more },
  });
}

function newVerifier() {
  const verifier = randomBytes(32).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}

type Changes = Record<string, string | undefined> & { tenant?: string };

function authorizeLink({ tenant, ...changes }: Changes = {}): string {
  return link(`${entra.login}/${tenant ?? TENANT_ID}/oauth2/v2.0/authorize`, {
    client_id: app.appId,
    response_type: "code",
    redirect_uri: "http://localhost:5711",
    scope: "openid profile offline_access AppCatalog.Submit",
    state: "s-1",
    ...changes,
  });
}

async function codeFor(changes: Changes = {}, person = ORDINARY_USER): Promise<string> {
  const visitor = new Visitor();
  const page = await visitor.visit(authorizeLink(changes), person);
  const answer = await visitor.submit(page, { action: "accept" });
  return answerOf(answer).parameters["code"] ?? "";
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of any shape
async function redeem(fields: Changes): Promise<{ status: number; body: any }> {
  const { tenant, ...changes } = fields;
  const response = await fetch(`${entra.login}/${tenant ?? TENANT_ID}/oauth2/v2.0/token`, {
    method: "POST",
    body: link("x:", {
      grant_type: "authorization_code",
      client_id: app.appId,
      redirect_uri: "http://localhost:5711",
      ...changes,
    }).slice(3),
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
  });
  return { status: response.status, body: await response.json() };
}

const refusal = async (fields: Changes) => {
  const { status, body } = await redeem(fields);
  return [status, body.error, body.error_codes?.[0]];
};

describe("a code", () => {
  it("becomes a token that acts for the person, with PKCE and no secret", async () => {
    const { verifier, challenge } = newVerifier();
    const asked = { code_challenge: challenge, code_challenge_method: "S256", nonce: "n-1" };
    const code = await codeFor(asked, GLOBAL_ADMIN);
    const { status, body } = await redeem({ code, code_verifier: verifier, client_info: "1" });
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual([
      "access_token",
      "client_info",
      "expires_in",
      "ext_expires_in",
      "id_token",
      "scope",
      "token_type",
    ]);
    expect(body.scope).toBe(`openid profile ${entra.graph}/AppCatalog.Submit`);
    const token = decodeJwt(body.access_token);
    expect(token).toMatchObject({
      aud: entra.graph,
      appid: app.appId,
      idtyp: "user",
      oid: GLOBAL_ADMIN.id,
      tid: TENANT_ID,
      scp: "openid profile AppCatalog.Submit",
      wids: [ADMIN_WID, MEMBER_WID],
    });
    expect(token).not.toHaveProperty("roles");
    expect(decodeJwt(body.id_token)).toMatchObject({
      aud: app.appId,
      name: "Gloria Adams",
      preferred_username: "gloria@contoso.local",
      nonce: "n-1",
    });
  });

  it("is redeemed by a stock client", async () => {
    const code = await codeFor({ redirect_uri: REPLY_URL, scope: "openid User.Read" });
    const credential = new AuthorizationCodeCredential(
      TENANT_ID,
      app.appId,
      app.secret,
      code,
      REPLY_URL,
      { authorityHost: entra.login, disableInstanceDiscovery: true },
    );
    const { token } = await credential.getToken([`${entra.graph}/User.Read`]);
    expect(decodeJwt(token)).toMatchObject({ oid: ORDINARY_USER.id, scp: "openid User.Read" });
  });

  it("comes in the fragment where that is asked for", async () => {
    const visitor = new Visitor();
    const page = await visitor.visit(authorizeLink({ response_mode: "fragment" }), ORDINARY_USER);
    const { location } = await visitor.submit(page, { action: "accept" });
    expect(location).toMatch(/^http:\/\/localhost:5711\/#code=1\.[\w-]+&state=s-1$/);
  });

  it("gives an id token that no service takes for an access token", async () => {
    const { body } = await redeem({ code: await codeFor() });
    const response = await fetch(`${entra.graph}/v1.0/organization`, {
      headers: { Authorization: `Bearer ${body.id_token}` },
    });
    expect(response.status).toBe(401);
  });

  it.each(["organizations", "common"])(
    "through %s is for the person's own tenant",
    async (tenant) => {
      const multi = await newApp({ signInAudience: "AzureADMultipleOrgs" });
      const client_id = multi.appId;
      const code = await codeFor({ tenant, client_id }, SECOND_TENANT_ADMIN);
      expect(await refusal({ client_id, code })).toEqual([400, "invalid_grant", 700005]);
      const { body } = await redeem({ tenant, client_id, code });
      expect(decodeJwt(body.access_token)["tid"]).toBe(SECOND_TENANT_ID);
    },
  );

  it(".default asks for the delegated permissions that are registered", async () => {
    const registered = await newApp({
      requiredResourceAccess: [
        {
          resourceAppId: GRAPH_APP_ID,
          resourceAccess: [
            { id: "3db89e36-7fa6-4012-b281-85f3d9d9fd2e", type: "Scope" },
            { id: "a7a681dc-756e-4909-b988-f160edc6655f", type: "Role" },
          ],
        },
      ],
    });
    const asked = { client_id: registered.appId, scope: `${entra.graph}/.default` };
    const { body } = await redeem({ client_id: registered.appId, code: await codeFor(asked) });
    expect(decodeJwt(body.access_token)["scp"]).toBe("AppCatalog.Submit");
    expect(body).not.toHaveProperty("id_token");
  });
});

describe("a code is not redeemed", () => {
  it("twice", async () => {
    const code = await codeFor();
    expect((await redeem({ code })).status).toBe(200);
    expect(await refusal({ code })).toEqual([400, "invalid_grant", 54005]);
  });

  it("after ten minutes", async () => {
    const code = await codeFor();
    now.value = new Date(now.value.getTime() + 600_000);
    expect(await refusal({ code })).toEqual([400, "invalid_grant", 70008]);
  });

  it("when nobody was given it, and says what else is missing", async () => {
    expect(await refusal({ code: "1.guess" })).toEqual([400, "invalid_grant", 9002313]);
    expect(await refusal({})).toEqual([400, "invalid_request", 900144]);
    const code = await codeFor();
    expect(await refusal({ code, redirect_uri: undefined })).toEqual([
      400,
      "invalid_request",
      900144,
    ]);
    expect(await refusal({ code, client_id: "nobody" })).toEqual([
      400,
      "unauthorized_client",
      700016,
    ]);
    expect(await refusal({ code, tenant: "nowhere" })).toEqual([400, "invalid_request", 90002]);
  });

  it("by another client, in another tenant or for another address", async () => {
    const code = await codeFor();
    const other = await newApp();
    expect(await refusal({ code, client_id: other.appId })).toEqual([400, "invalid_grant", 70000]);
    expect(await refusal({ code, tenant: SECOND_TENANT_ID })).toEqual([
      400,
      "invalid_grant",
      700005,
    ]);
    expect(await refusal({ code, redirect_uri: "http://localhost:5712" })).toEqual([
      400,
      "invalid_grant",
      500112,
    ]);
    expect((await redeem({ code })).status).toBe(200);
  });

  it("without the verifier that its challenge was made of", async () => {
    const { verifier, challenge } = newVerifier();
    const code = await codeFor({ code_challenge: challenge, code_challenge_method: "S256" });
    for (const code_verifier of [undefined, "", challenge, newVerifier().verifier]) {
      expect(await refusal({ code, code_verifier })).toEqual([400, "invalid_grant", 501481]);
    }
    expect((await redeem({ code, code_verifier: verifier })).status).toBe(200);
    const plain = newVerifier().verifier;
    const plainCode = await codeFor({ code_challenge: plain });
    expect((await redeem({ code: plainCode, code_verifier: plain })).status).toBe(200);
  });

  it("by a web server without its secret, nor by an installed program with one", async () => {
    const web = { code: await codeFor({ redirect_uri: REPLY_URL }), redirect_uri: REPLY_URL };
    expect(await refusal(web)).toEqual([401, "invalid_client", 7000218]);
    expect(await refusal({ ...web, client_secret: "guess" })).toEqual([
      401,
      "invalid_client",
      7000215,
    ]);
    expect((await redeem({ ...web, client_secret: app.secret })).status).toBe(200);
    const native = { code: await codeFor(), client_secret: app.secret };
    expect(await refusal(native)).toEqual([401, "invalid_client", 700025]);
  });

  it("for a single-page application, which would have to ask from its own origin", async () => {
    const { verifier, challenge } = newVerifier();
    const code = await codeFor({
      redirect_uri: SPA,
      code_challenge: challenge,
      code_challenge_method: "S256",
    });
    expect(await refusal({ code, redirect_uri: SPA, code_verifier: verifier })).toEqual([
      400,
      "invalid_request",
      9002327,
    ]);
  });

  it("for a refresh token: there are none", async () => {
    const { status, body } = await redeem({ grant_type: "refresh_token", refresh_token: "x" });
    expect([status, body.error, body.error_codes]).toEqual([
      501,
      "unsupported_grant_type",
      [70003],
    ]);
  });
});

describe("the authorization endpoint", () => {
  it.each<[code: string, what: string, changes: Changes]>([
    ["AADSTS90002", "an unknown tenant", { tenant: "nowhere.local" }],
    ["AADSTS90130", "personal accounts", { tenant: "consumers" }],
    ["AADSTS50194", "a single-tenant application through common", { tenant: "common" }],
    ["AADSTS700016", "an unknown application", { client_id: "nobody" }],
    ["AADSTS900971", "no redirect_uri", { redirect_uri: undefined }],
    ["AADSTS50011", "an unregistered redirect_uri", { redirect_uri: "https://evil.example/" }],
    ["AADSTS50011", "a loopback address with a path", { redirect_uri: "http://localhost:5711/x" }],
  ])("shows %s for %s and sends nothing", async (code, _what, changes) => {
    const page = await new Visitor().get(authorizeLink(changes));
    expect([page.status, page.location, aadsts(page)]).toEqual([400, undefined, code]);
  });

  it("shows AADSTS9002313 for a parameter that is there twice", async () => {
    const page = await new Visitor().get(`${authorizeLink()}&nonce=1&nonce=2`);
    expect([page.status, aadsts(page)]).toEqual([400, "AADSTS9002313"]);
  });

  it.each<[code: string, error: string, what: string, changes: Changes]>([
    ["AADSTS900144", "invalid_request", "no response type", { response_type: undefined }],
    ["AADSTS90010", "invalid_request", "the implicit flow", { response_type: "id_token" }],
    ["AADSTS90010", "invalid_request", "form_post", { response_mode: "form_post" }],
    ["AADSTS70007", "invalid_request", "an unknown response mode", { response_mode: "x" }],
    ["AADSTS900144", "invalid_request", "no scope", { scope: undefined }],
    ["AADSTS650053", "invalid_client", "an app role", { scope: "Calls.AccessMedia.All" }],
    ["AADSTS90010", "invalid_request", "a permission that is not here", { scope: "Mail.Read" }],
    [
      "AADSTS90010",
      "invalid_request",
      "another service",
      { scope: "https://management.azure.com/.default" },
    ],
    ["AADSTS500011", "invalid_resource", "an unknown service", { scope: "https://a.example/b" }],
    ["AADSTS700022", "invalid_scope", "two services", { scope: "User.Read https://a.example/b" }],
    ["AADSTS501491", "invalid_request", "a short challenge", { code_challenge: "short" }],
    [
      "AADSTS501491",
      "invalid_request",
      "an unknown challenge method",
      { code_challenge: "a".repeat(43), code_challenge_method: "S512" },
    ],
    [
      "AADSTS50147",
      "invalid_request",
      "no challenge to the method",
      { code_challenge_method: "S256" },
    ],
    ["AADSTS50058", "login_required", "prompt=none while nobody is signed in", { prompt: "none" }],
  ])("sends %s (%s) for %s", async (code, error, _what, changes) => {
    const answer = await new Visitor().get(authorizeLink(changes));
    expect(aadsts(answer)).toBe(code);
    const { to, parameters } = answerOf(answer);
    expect(to).toBe("http://localhost:5711/");
    expect(parameters).toMatchObject({ error, state: "s-1" });
    expect(parameters).not.toHaveProperty("admin_consent");
  });

  it("asks single-page applications for a challenge", async () => {
    const answer = await new Visitor().get(authorizeLink({ redirect_uri: SPA }));
    expect(aadsts(answer)).toBe("AADSTS9002325");
  });

  it("sends AADSTS65001 for prompt=none when somebody is signed in: consent is not remembered", async () => {
    const visitor = new Visitor();
    await visitor.visit(authorizeLink(), ORDINARY_USER);
    const answer = await visitor.get(authorizeLink({ prompt: "none" }));
    expect([aadsts(answer), answerOf(answer).parameters["error"]]).toEqual([
      "AADSTS65001",
      "consent_required",
    ]);
  });

  it("sends AADSTS65004 when the person declines", async () => {
    const visitor = new Visitor();
    const page = await visitor.visit(authorizeLink(), ORDINARY_USER);
    expect(page.text).toContain("Let Publisher act for you?");
    const answer = await visitor.submit(page, { action: "cancel" });
    expect(answerOf(answer).parameters).toMatchObject({ error: "access_denied", state: "s-1" });
    expect(aadsts(answer)).toBe("AADSTS65004");
  });

  it("sends AADSTS50020 for somebody of another tenant", async () => {
    expect(aadsts(await new Visitor().visit(authorizeLink(), SECOND_TENANT_ADMIN))).toBe(
      "AADSTS50020",
    );
  });

  it("keeps what only an administrator may grant from users (AADSTS90094)", async () => {
    const visitor = new Visitor();
    const url = authorizeLink({ scope: "AppCatalog.ReadWrite.All" });
    const page = await visitor.visit(url, ORDINARY_USER);
    expect([page.status, aadsts(page)]).toEqual([403, "AADSTS90094"]);
    expect(page.text).toContain("An Application Administrator, a Privileged Role Administrator or");
    const forced = await visitor.submit(page, {
      action: "accept",
      shown: "AppCatalog.ReadWrite.All",
    });
    expect(forced.location).toBeUndefined();
    expect(aadsts(await visitor.submit(page, { action: "return" }))).toBe("AADSTS90094");
    const code = await codeFor({ scope: "AppCatalog.ReadWrite.All" }, APPLICATION_ADMIN);
    const { body } = await redeem({ code });
    expect(decodeJwt(body.access_token)["scp"]).toBe("AppCatalog.ReadWrite.All");
  });

  it("keeps everything from users whose tenant lets them consent to nothing", async () => {
    const authorizationPolicy = { permissionGrantPoliciesAssigned: [] };
    entra.cloud.policies.set(TENANT_ID, { authorizationPolicy });
    const page = await new Visitor().visit(authorizeLink(), ORDINARY_USER);
    entra.cloud.policies.set(TENANT_ID, {});
    expect([page.status, aadsts(page)]).toEqual([403, "AADSTS90094"]);
    expect((await new Visitor().visit(authorizeLink(), ORDINARY_USER)).status).toBe(200);
  });

  it("gives no code for a form without its token", async () => {
    const visitor = new Visitor();
    const page = await visitor.visit(authorizeLink(), ORDINARY_USER);
    const answer = await visitor.submit(page, { action: "accept", csrf: "" });
    expect([answer.status, answer.location]).toEqual([403, undefined]);
  });

  it("says by name what the local cloud has not", async () => {
    const older = await new Visitor().get(`${entra.login}/${TENANT_ID}/oauth2/authorize`);
    expect(older.status).toBe(501);
  });
});

describe("signing out", () => {
  it("ends the session and follows no address", async () => {
    const visitor = new Visitor();
    await visitor.visit(authorizeLink(), ORDINARY_USER);
    const out = await visitor.get(
      `${entra.login}/${TENANT_ID}/oauth2/v2.0/logout?post_logout_redirect_uri=https://evil.example`,
    );
    expect([out.status, out.location]).toEqual([200, undefined]);
    expect(out.text).toContain("You are signed out");
    expect((await visitor.get(authorizeLink())).text).toContain("Choose who to sign in as");
  });
});
