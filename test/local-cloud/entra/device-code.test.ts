// Signing in on a command line: the code, the browser in which it is answered, and every way in which that fails.
import { DeviceCodeCredential } from "@azure/identity";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  GLOBAL_ADMIN,
  ORDINARY_USER,
  SECOND_TENANT_ADMIN,
} from "../../../local-cloud/directory/people.js";
import { SECOND_TENANT_ID, TENANT_ID } from "../../../local-cloud/index.js";
import { type Bot, type EntraUnderTest, link, startEntra } from "./entra-under-test.js";
import { aadsts, Visitor } from "./visitor.js";

const now = { value: new Date() };
let entra: EntraUnderTest;
let app: Bot;
beforeAll(async () => {
  entra = await startEntra(() => now.value);
  app = await newClient();
});
beforeEach(() => {
  now.value = new Date();
});
afterAll(() => entra.cloud.remove());

function newClient(isFallbackPublicClient = true): Promise<Bot> {
  return entra.newBot({ displayName: "Publisher", more: { isFallbackPublicClient } });
}

type Fields = Record<string, string | undefined> & { tenant?: string };

// biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of any shape
async function post(endpoint: string, { tenant, ...fields }: Fields): Promise<any> {
  const response = await fetch(`${entra.login}/${tenant ?? TENANT_ID}/oauth2/v2.0/${endpoint}`, {
    method: "POST",
    body: link("x:", fields).slice(3),
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
  });
  return response.json();
}

const ask = (fields: Fields = {}) =>
  post("devicecode", {
    client_id: app.appId,
    scope: "openid profile AppCatalog.Submit",
    ...fields,
  });

const redeem = (device_code: string, fields: Fields = {}) =>
  post("token", {
    grant_type: "urn:ietf:params:oauth:grant-type:device_code",
    client_id: app.appId,
    device_code,
    ...fields,
  });

const outcome = async (device_code: string, fields: Fields = {}) => {
  const { error, error_codes } = await redeem(device_code, fields);
  return [error, error_codes?.[0]];
};

async function answer(
  { verification_uri, user_code }: { verification_uri: string; user_code: string },
  action = "accept",
  person = ORDINARY_USER,
) {
  const visitor = new Visitor();
  const page = await visitor.visit(`${verification_uri}?otc=${user_code}`, person);
  return visitor.submit(page, { action });
}

describe("a device code", () => {
  it("signs a person in to a stock client", async () => {
    const shown: string[] = [];
    const credential = new DeviceCodeCredential({
      clientId: app.appId,
      tenantId: TENANT_ID,
      authorityHost: entra.login,
      disableInstanceDiscovery: true,
      userPromptCallback: ({ message, userCode, verificationUri }) => {
        shown.push(message);
        void answer({ verification_uri: verificationUri, user_code: userCode });
      },
    });
    const { token } = await credential.getToken(`${entra.graph}/AppCatalog.Submit`);
    expect(shown).toEqual([
      expect.stringMatching(
        /^To sign in, use a web browser to open the page https:\/\/localhost:\d+\/common\/oauth2\/deviceauth and enter the code [A-Z0-9]{9} to authenticate\.$/,
      ),
    ]);
    expect(decodeJwt(token)).toMatchObject({
      aud: entra.graph,
      appid: app.appId,
      idtyp: "user",
      oid: ORDINARY_USER.id,
      scp: expect.stringContaining("AppCatalog.Submit"),
    });
    // The second time nobody is asked.
    expect((await credential.getToken(`${entra.graph}/AppCatalog.Submit`)).token).toBe(token);
    expect(shown).toHaveLength(1);
  });

  it("is typed on a page, in whatever case and spacing, and answered once", async () => {
    const code = await ask();
    const visitor = new Visitor();
    const empty = await visitor.get(code.verification_uri);
    expect(empty.text).toContain("Type the code that the program shows");
    const typed = code.user_code.toLowerCase().replace(/(...)(...)/, "$1 $2-");
    const page = await visitor.visit(
      `${code.verification_uri}?otc=${encodeURIComponent(typed)}`,
      ORDINARY_USER,
    );
    expect(page.text).toContain("Let Publisher act for you?");
    expect(await outcome(code.device_code)).toEqual(["authorization_pending", 70016]);
    const done = await visitor.submit(page, { action: "accept" });
    expect(done.text).toContain("goes on by itself");
    expect(aadsts(await visitor.get(`${code.verification_uri}?otc=${code.user_code}`))).toBe(
      "AADSTS70018",
    );
    expect((await redeem(code.device_code)).access_token).toBeDefined();
    expect(await outcome(code.device_code)).toEqual(["invalid_grant", 9002313]);
  });

  it("is declined by whoever cancels, may not consent, or is of another tenant", async () => {
    const cancelled = await ask();
    expect(aadsts(await answer(cancelled, "cancel"))).toBe("AADSTS65004");
    expect(await outcome(cancelled.device_code)).toEqual(["authorization_declined", 65004]);
    const forAdmins = await ask({ scope: "AppCatalog.ReadWrite.All" });
    expect(aadsts(await answer(forAdmins, "return"))).toBe("AADSTS90094");
    expect(await outcome(forAdmins.device_code)).toEqual(["authorization_declined", 65004]);
    const ours = await ask();
    const visitor = new Visitor();
    const address = `${ours.verification_uri}?otc=${ours.user_code}`;
    expect(aadsts(await visitor.visit(address, SECOND_TENANT_ADMIN))).toBe("AADSTS50020");
    const allowed = await ask({ scope: "AppCatalog.ReadWrite.All" });
    await answer(allowed, "accept", GLOBAL_ADMIN);
    expect((await redeem(allowed.device_code)).scope).toContain("AppCatalog.ReadWrite.All");
  });

  it("ends after a quarter of an hour, for the program and for the person", async () => {
    const code = await ask();
    expect([code.expires_in, code.interval]).toEqual([900, 1]);
    now.value = new Date(now.value.getTime() + 901_000);
    const late = await new Visitor().get(`${code.verification_uri}?otc=${code.user_code}`);
    expect([late.status, aadsts(late)]).toEqual([400, "AADSTS70018"]);
    expect(await outcome(code.device_code)).toEqual(["expired_token", 70019]);
  });

  it("is worth nothing to another client, in another tenant, or to a client with a secret", async () => {
    const code = await ask();
    await answer(code);
    const other = await newClient();
    const confidential = await newClient(false);
    expect(await outcome(code.device_code, { client_id: other.appId })).toEqual([
      "invalid_grant",
      9002313,
    ]);
    expect(await outcome(code.device_code, { tenant: SECOND_TENANT_ID })).toEqual([
      "invalid_grant",
      9002313,
    ]);
    expect(await outcome(code.device_code, { client_id: confidential.appId })).toEqual([
      "invalid_client",
      7000218,
    ]);
    expect(await outcome("guessed")).toEqual(["invalid_grant", 9002313]);
    expect((await redeem(code.device_code)).access_token).toBeDefined();
  });

  it.each<[string, Fields, number]>([
    ["an unknown tenant", { tenant: "nowhere" }, 90002],
    ["no client", { client_id: undefined }, 900144],
    ["an unknown client", { client_id: "nobody" }, 700016],
    ["no scope", { scope: undefined }, 900144],
    ["an app role", { scope: "Calls.Initiate.All" }, 650053],
    ["personal accounts", { tenant: "consumers" }, 90130],
  ])("is not given out for %s", async (_, fields, number) => {
    expect((await ask(fields)).error_codes).toEqual([number]);
  });
});
