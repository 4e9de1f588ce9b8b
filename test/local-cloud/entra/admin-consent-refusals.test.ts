// Every way in which a consent request is wrong, with Entra's number for it, and what is shown instead of sent.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GLOBAL_ADMIN, SECOND_TENANT_ADMIN } from "../../../local-cloud/directory/people.js";
import { GRAPH_APP_ID, SECOND_TENANT_ID, TENANT_ID } from "../../../local-cloud/index.js";
import {
  type Bot,
  type EntraUnderTest,
  link,
  REPLY_URL,
  ROLE_IDS,
  startEntra,
} from "./entra-under-test.js";
import { aadsts, answerOf, Visitor } from "./visitor.js";

const NOWHERE = "99999999-9999-4999-8999-999999999999";
let entra: EntraUnderTest;
let bot: Bot;
beforeAll(async () => {
  entra = await startEntra();
  bot = await entra.newBot();
});
afterAll(() => entra.cloud.remove());

const open = (changes: Record<string, string | undefined>) =>
  new Visitor().get(entra.consentLink(bot, changes));

describe("shown on a page, never sent anywhere", () => {
  it.each<[code: string, what: string, changes: Record<string, string | undefined>]>([
    ["AADSTS90002", "a tenant that does not exist", { tenant: NOWHERE }],
    ["AADSTS90002", "a domain that nobody has", { tenant: "nowhere.local" }],
    ["AADSTS90130", "common", { tenant: "common" }],
    ["AADSTS90130", "consumers", { tenant: "consumers" }],
    ["AADSTS900144", "no client_id", { client_id: undefined }],
    ["AADSTS900144", "an empty client_id", { client_id: "" }],
    ["AADSTS700016", "an application that does not exist", { client_id: NOWHERE }],
    ["AADSTS700016", "a client_id that is no id", { client_id: "../../etc" }],
    ["AADSTS700016", "a single-tenant application in another tenant", { tenant: SECOND_TENANT_ID }],
    [
      "AADSTS50194",
      "a single-tenant application through organizations",
      { tenant: "organizations" },
    ],
    ["AADSTS900971", "no redirect_uri", { redirect_uri: undefined }],
    ["AADSTS50011", "an unregistered redirect_uri", { redirect_uri: "https://evil.example/" }],
    ["AADSTS50011", "another case", { redirect_uri: REPLY_URL.replace("Consent", "consent") }],
    ["AADSTS50011", "another case of the host", { redirect_uri: REPLY_URL.replace("bot", "BOT") }],
    ["AADSTS50011", "a slash more", { redirect_uri: `${REPLY_URL}/` }],
    ["AADSTS50011", "a query more", { redirect_uri: `${REPLY_URL}?next=https://evil.example` }],
    ["AADSTS50011", "a fragment more", { redirect_uri: `${REPLY_URL}#x` }],
    ["AADSTS50011", "a longer host", { redirect_uri: "https://bot.contoso.example.evil.example/" }],
    ["AADSTS50011", "a user before the host", { redirect_uri: REPLY_URL.replace("bot.", "bot.@") }],
    ["AADSTS50011", "a path upwards", { redirect_uri: `${REPLY_URL}/../return` }],
    ["AADSTS50011", "a path without a host", { redirect_uri: "//evil.example/" }],
    ["AADSTS50011", "an address that is none", { redirect_uri: "return" }],
    ["AADSTS50011", "a script", { redirect_uri: "javascript:alert(1)" }],
    ["AADSTS50011", "http instead of https", { redirect_uri: REPLY_URL.replace("https", "http") }],
  ])("%s for %s", async (code, _what, changes) => {
    const page = await open(changes);
    expect([page.status, page.location, aadsts(page)]).toEqual([400, undefined, code]);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.text).not.toContain("<form");
  });

  it("AADSTS50011 repeats the address as text, not as markup", async () => {
    const page = await open({ redirect_uri: 'https://evil.example/"><script>alert(1)</script>' });
    expect(aadsts(page)).toBe("AADSTS50011");
    expect(page.text).not.toContain("<script");
    expect(page.text).toContain("&lt;script&gt;");
  });

  it("AADSTS500113 where the application has no reply URL at all", async () => {
    const bare = await entra.newBot({ redirectUris: [] });
    expect(aadsts(await new Visitor().get(entra.consentLink(bare)))).toBe("AADSTS500113");
  });

  it("AADSTS7000112 where the application is switched off in the tenant", async () => {
    const off = await entra.newBot();
    await entra.call("PATCH", `/servicePrincipals(appId='${off.appId}')`, {
      accountEnabled: false,
    });
    expect(aadsts(await new Visitor().get(entra.consentLink(off)))).toBe("AADSTS7000112");
  });

  it.each(["client_id", "redirect_uri", "scope", "state"])(
    "AADSTS9002313 where %s is there twice",
    async (name) => {
      const page = await new Visitor().get(`${entra.consentLink(bot)}&${name}=again`);
      expect([page.status, aadsts(page)]).toEqual([400, "AADSTS9002313"]);
    },
  );

  it("501 for an application whose reply URL is not for a browser", async () => {
    const native = await entra.newBot({
      redirectUris: [],
      more: { publicClient: { redirectUris: ["msauth.bot://auth"] } },
    });
    const page = await new Visitor().get(
      entra.consentLink(native, { redirect_uri: "msauth.bot://auth" }),
    );
    expect([page.status, page.location]).toEqual([501, undefined]);
  });
});

describe("sent to the application before anybody signs in", () => {
  it.each([
    ["AADSTS900144", "invalid_request", "no scope", undefined],
    ["AADSTS900144", "invalid_request", "an empty scope", " "],
    ["AADSTS500011", "invalid_resource", "an unknown resource", "https://api.example/.default"],
    [
      "AADSTS700022",
      "invalid_scope",
      "two resources",
      `${GRAPH_APP_ID}/.default https://a/.default`,
    ],
    ["AADSTS650053", "invalid_client", "an app role by name", "Calls.AccessMedia.All"],
    ["AADSTS90010", "invalid_request", "a delegated permission by name", "User.Read"],
    ["AADSTS90010", "invalid_request", "openid alone", "openid profile"],
  ])("%s (%s) for %s", async (code, error, _what, scope) => {
    const answer = await open({ scope });
    expect([answer.status, aadsts(answer)]).toEqual([303, code]);
    const { to, parameters } = answerOf(answer);
    expect(to).toBe(REPLY_URL);
    expect(parameters).toMatchObject({ error, admin_consent: "True", state: "nonce-1" });
    expect(parameters).not.toHaveProperty("tenant");
  });

  it("names the app role that was asked for by name", async () => {
    const answer = await open({ scope: `${entra.graph}/Calls.AccessMedia.All` });
    expect(answerOf(answer).parameters["error_description"]).toContain(
      `AADSTS650053: The application 'Meeting Bot' asked for scope 'Calls.AccessMedia.All' that doesn't exist on the resource '${GRAPH_APP_ID}'. Contact the app vendor.`,
    );
  });

  it.each([".default", `${GRAPH_APP_ID}/.default`, "https://graph.microsoft.com/.default openid"])(
    "nothing for %s, which asks for everything that is registered",
    async (scope) => {
      expect((await open({ scope })).text).toContain("Choose who to sign in as");
    },
  );
});

describe("sent to the application after somebody signed in", () => {
  const access = (resourceAppId: string, id: string, type = "Role") => ({
    requiredResourceAccess: [{ resourceAppId, resourceAccess: [{ id, type }] }],
  });

  it.each([
    ["AADSTS650056", "nothing is asked for", { requiredResourceAccess: [] }],
    ["AADSTS650053", "the resource has no such app role", access(GRAPH_APP_ID, NOWHERE)],
    ["AADSTS650052", "the resource is not in the tenant", access(NOWHERE, NOWHERE)],
  ])("%s where %s", async (code, _what, more) => {
    const misconfigured = await entra.newBot({ more });
    const answer = await new Visitor().visit(entra.consentLink(misconfigured), GLOBAL_ADMIN);
    expect([answer.status, aadsts(answer)]).toEqual([303, code]);
    expect(answerOf(answer).parameters).toMatchObject({
      error: "invalid_client",
      admin_consent: "True",
    });
  });

  it("AADSTS7000112 where the person's own tenant has switched the application off", async () => {
    const multi = await entra.newBot({ signInAudience: "AzureADMultipleOrgs" });
    const url = entra.consentLink(multi, { tenant: "organizations" });
    await entra.call("PATCH", `/servicePrincipals(appId='${multi.appId}')`, {
      accountEnabled: false,
    });
    expect(aadsts(await new Visitor().visit(url, GLOBAL_ADMIN))).toBe("AADSTS7000112");
    expect((await new Visitor().visit(url, SECOND_TENANT_ADMIN)).status).toBe(200);
  });

  it("nothing of delegated permissions, which the page names and consent leaves out", async () => {
    const both = await entra.newBot({
      more: {
        requiredResourceAccess: [
          {
            resourceAppId: GRAPH_APP_ID,
            resourceAccess: [
              { id: ROLE_IDS["Calls.Initiate.All"], type: "Role" },
              { id: "e1fe6dd8-ba31-4d61-89e7-88639da4683d", type: "Scope" },
            ],
          },
        ],
      },
    });
    const visitor = new Visitor();
    const page = await visitor.visit(entra.consentLink(both), GLOBAL_ADMIN);
    expect(page.text).toContain("The local cloud does not grant those to a whole organization");
    expect(page.text).toContain("User.Read");
    const answer = await visitor.submit(page, { action: "accept" });
    expect(answerOf(answer).parameters["scope"]).toBe(`${entra.graph}/Calls.Initiate.All`);
    expect(await entra.rolesOf(both)).toEqual(["Calls.Initiate.All"]);
  });
});

describe("answers", () => {
  it("keep the query of a registered address and give a bare host its slash", async () => {
    const registered = "https://bot.contoso.example/r?flow=a%20b";
    const asked = await entra.newBot({ redirectUris: [registered, "https://bare.example"] });
    const first = await new Visitor().get(
      entra.consentLink(asked, { redirect_uri: registered, scope: undefined }),
    );
    expect(first.location).toMatch(/^https:\/\/bot\.contoso\.example\/r\?flow=a%20b&error=/);
    const second = await new Visitor().get(
      entra.consentLink(asked, { redirect_uri: "https://bare.example", scope: undefined }),
    );
    expect(second.location).toMatch(/^https:\/\/bare\.example\/\?error=/);
  });

  it.each([
    ["http://localhost:4711/r", true],
    ["http://localhost/r", true],
    ["http://localhost:4711/R", false],
    ["http://localhost:4711@evil.example/r", false],
    ["http://localhost.evil.example/r", false],
    ["https://localhost:4711/r", false],
    ["http://127.0.0.1:4711/r", false],
  ])("go to a loopback address whatever its port: %s %s", async (asked, taken) => {
    const local = await entra.newBot({ redirectUris: ["http://localhost:3000/r"] });
    const answer = await new Visitor().get(
      entra.consentLink(local, { redirect_uri: asked, scope: undefined }),
    );
    expect(answer.location?.startsWith(`${asked}?`) ?? false).toBe(taken);
    if (!taken) expect(aadsts(answer)).toBe("AADSTS50011");
  });

  it("do not exist for methods and versions that the endpoint has not", async () => {
    const [put, v1] = await Promise.all([
      fetch(entra.consentLink(bot), { method: "PUT" }),
      fetch(link(`${entra.login}/${TENANT_ID}/v1.0/adminconsent`, { client_id: bot.appId })),
    ]);
    expect([put.status, v1.status]).toEqual([404, 404]);
  });
});
