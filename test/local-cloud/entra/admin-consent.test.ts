// The whole way of a consent, as a browser walks it, and what it leaves behind.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  APPLICATION_ADMIN,
  GLOBAL_ADMIN,
  ORDINARY_USER,
  PRIVILEGED_ROLE_ADMIN,
  SECOND_TENANT_ADMIN,
} from "../../../local-cloud/directory/people.js";
import { SECOND_TENANT_ID, TENANT_ID } from "../../../local-cloud/index.js";
import {
  type EntraUnderTest,
  link,
  REPLY_URL,
  requiredAccess,
  startEntra,
} from "./entra-under-test.js";
import { aadsts, answerOf, Visitor } from "./visitor.js";

let entra: EntraUnderTest;
beforeAll(async () => {
  entra = await startEntra();
});
afterAll(() => entra.cloud.remove());

describe("consent by an administrator", () => {
  it.each([
    ["Global Administrator", GLOBAL_ADMIN],
    ["Privileged Role Administrator", PRIVILEGED_ROLE_ADMIN],
  ])("by a %s puts the app roles into the bot's next token", async (_role, person) => {
    const bot = await entra.newBot();
    const visitor = new Visitor();
    const page = await visitor.visit(entra.consentLink(bot), person);
    expect(page.status).toBe(200);
    expect(await entra.rolesOf(bot)).toEqual([]);

    const answer = await visitor.submit(page, { action: "accept" });

    expect(answer.status).toBe(303);
    expect(answerOf(answer)).toEqual({
      to: REPLY_URL,
      parameters: {
        admin_consent: "True",
        tenant: TENANT_ID,
        scope: `${entra.graph}/Calls.JoinGroupCall.All ${entra.graph}/Calls.AccessMedia.All`,
        state: "nonce-1",
      },
    });
    expect(answer.location).toMatch(/#$/);
    expect(await entra.rolesOf(bot)).toEqual(["Calls.JoinGroupCall.All", "Calls.AccessMedia.All"]);
  });

  it("shows what is asked for and by whom, in the resource's own words", async () => {
    const bot = await entra.newBot({ displayName: "Minutes & <Notes>" });
    const page = await new Visitor().visit(entra.consentLink(bot), GLOBAL_ADMIN);
    expect(page.text).toContain("Minutes &amp; &lt;Notes&gt;");
    expect(page.text).toContain("Join group calls and meetings as an app");
    expect(page.text).toContain("Calls.AccessMedia.All");
    expect(page.text).toContain("contoso.local");
    expect(page.text).toContain("Gloria Adams");
    expect(page.text).not.toContain("<Notes>");
  });

  it("done twice leaves one assignment of each app role", async () => {
    const bot = await entra.newBot();
    for (let time = 0; time < 2; time++) {
      const visitor = new Visitor();
      const page = await visitor.visit(entra.consentLink(bot), GLOBAL_ADMIN);
      await visitor.submit(page, { action: "accept" });
    }
    const { value } = await entra.call(
      "GET",
      `/servicePrincipals(appId='${bot.appId}')/appRoleAssignments`,
    );
    expect(value).toHaveLength(2);
  });

  it("repeated after a permission was added grants the new one, not before", async () => {
    const bot = await entra.newBot({ roles: ["Calls.JoinGroupCall.All"] });
    const visitor = new Visitor();
    await visitor.submit(await visitor.visit(entra.consentLink(bot), GLOBAL_ADMIN), {
      action: "accept",
    });
    await entra.call("PATCH", `/applications/${bot.objectId}`, {
      requiredResourceAccess: requiredAccess(["Calls.JoinGroupCall.All", "Calls.Initiate.All"]),
    });
    expect(await entra.rolesOf(bot)).toEqual(["Calls.JoinGroupCall.All"]);
    await visitor.submit(await visitor.get(entra.consentLink(bot)), { action: "accept" });
    expect(await entra.rolesOf(bot)).toEqual(["Calls.Initiate.All", "Calls.JoinGroupCall.All"]);
  });

  it("is not taken for a list that changed after it was read", async () => {
    const bot = await entra.newBot({ roles: ["Calls.JoinGroupCall.All"] });
    const visitor = new Visitor();
    const page = await visitor.visit(entra.consentLink(bot), GLOBAL_ADMIN);
    await entra.call("PATCH", `/applications/${bot.objectId}`, {
      requiredResourceAccess: requiredAccess(["Calls.JoinGroupCall.All", "Calls.Initiate.All"]),
    });
    const again = await visitor.submit(page, { action: "accept" });
    expect(again.status).toBe(200);
    expect(again.text).toContain("has changed since you opened this page");
    expect(await entra.rolesOf(bot)).toEqual([]);
    await visitor.submit(again, { action: "accept" });
    expect(await entra.rolesOf(bot)).toEqual(["Calls.Initiate.All", "Calls.JoinGroupCall.All"]);
  });

  it("is remembered for the session, and signing out ends that", async () => {
    const bot = await entra.newBot();
    const visitor = new Visitor();
    const page = await visitor.visit(entra.consentLink(bot), GLOBAL_ADMIN);
    expect((await visitor.get(entra.consentLink(bot))).text).toContain("Grant permissions for all");
    await visitor.submit(page, { action: "switch" });
    expect((await visitor.get(entra.consentLink(bot))).text).toContain("Choose who to sign in as");
  });

  it("takes the tenant's domain as well as its id", async () => {
    const bot = await entra.newBot();
    const page = await new Visitor().visit(
      entra.consentLink(bot, { tenant: "Contoso.local" }),
      GLOBAL_ADMIN,
    );
    expect(page.text).toContain("Grant permissions for all of Contoso (local cloud)?");
  });
});

describe("consent in another tenant", () => {
  it.each(["organizations", SECOND_TENANT_ID])(
    "through %s makes the service principal there and grants nothing at home",
    async (tenant) => {
      const bot = await entra.newBot({ signInAudience: "AzureADMultipleOrgs" });
      expect(await entra.rolesOf(bot, SECOND_TENANT_ID)).toBeUndefined();
      const visitor = new Visitor();
      const page = await visitor.visit(entra.consentLink(bot, { tenant }), SECOND_TENANT_ADMIN);
      expect(page.text).toContain("Grant permissions for all of Fabrikam (local cloud)?");
      const answer = await visitor.submit(page, { action: "accept" });
      expect(answerOf(answer).parameters["tenant"]).toBe(SECOND_TENANT_ID);
      expect(await entra.rolesOf(bot, SECOND_TENANT_ID)).toEqual([
        "Calls.JoinGroupCall.All",
        "Calls.AccessMedia.All",
      ]);
      expect(await entra.rolesOf(bot)).toEqual([]);
    },
  );

  it("by somebody of the wrong tenant is AADSTS50020, and nobody is signed in", async () => {
    const bot = await entra.newBot();
    const visitor = new Visitor();
    const answer = await visitor.visit(entra.consentLink(bot), SECOND_TENANT_ADMIN);
    expect(aadsts(answer)).toBe("AADSTS50020");
    expect(answerOf(answer).parameters).toMatchObject({
      error: "access_denied",
      admin_consent: "True",
      state: "nonce-1",
    });
    expect((await visitor.get(entra.consentLink(bot))).text).toContain("Choose who to sign in as");
  });

  it("is not given by a session of the other tenant", async () => {
    const [ours, multi] = [
      await entra.newBot(),
      await entra.newBot({ signInAudience: "AzureADMultipleOrgs" }),
    ];
    const visitor = new Visitor();
    const theirs = await visitor.visit(
      entra.consentLink(multi, { tenant: SECOND_TENANT_ID }),
      SECOND_TENANT_ADMIN,
    );
    const answer = await visitor.submit(
      { ...theirs, url: entra.consentLink(ours) },
      { action: "accept" },
    );
    expect(answer.text).toContain("Choose who to sign in as");
    expect(await entra.rolesOf(ours)).toEqual([]);
  });
});

describe("no consent", () => {
  it("by cancelling is AADSTS65004 with admin_consent=True and the state", async () => {
    const bot = await entra.newBot();
    const visitor = new Visitor();
    const page = await visitor.visit(entra.consentLink(bot), GLOBAL_ADMIN);
    const answer = await visitor.submit(page, { action: "cancel" });
    const { to, parameters } = answerOf(answer);
    expect(to).toBe(REPLY_URL);
    expect(parameters).toEqual({
      error: "access_denied",
      error_description: expect.stringMatching(
        /^AADSTS65004: User declined to consent to access the app\.\r\nTrace ID: [-\da-f]{36}\r\nCorrelation ID: [-\da-f]{36}\r\nTimestamp: [-\d]{10} [:\d]{8}Z$/,
      ),
      error_uri: "https://login.microsoftonline.com/error?code=65004",
      admin_consent: "True",
      state: "nonce-1",
    });
    expect(await entra.rolesOf(bot)).toEqual([]);
  });

  it.each([
    ["Application Administrator", APPLICATION_ADMIN],
    ["user without a role", ORDINARY_USER],
  ])("by a %s: the page says who can, and returning is AADSTS90094", async (_role, person) => {
    const bot = await entra.newBot();
    const visitor = new Visitor();
    const page = await visitor.visit(entra.consentLink(bot), person);
    expect([page.status, aadsts(page)]).toEqual([403, "AADSTS90094"]);
    expect(page.text).not.toContain("Accept</button>");
    expect(page.text).toContain("An Application Administrator may not.");
    const forced = await visitor.submit(page, { action: "accept", shown: "anything" });
    expect(forced.status).toBe(403);
    expect(await entra.rolesOf(bot)).toEqual([]);
    const answer = await visitor.submit(page, { action: "return" });
    expect(aadsts(answer)).toBe("AADSTS90094");
    expect(answerOf(answer).parameters).toMatchObject({
      error: "access_denied",
      admin_consent: "True",
      state: "nonce-1",
    });
  });

  it("of a user turns into one by an administrator who takes over", async () => {
    const bot = await entra.newBot();
    const visitor = new Visitor();
    const page = await visitor.visit(entra.consentLink(bot), ORDINARY_USER);
    const switched = await visitor.submit(page, { action: "switch" });
    expect(switched.location).toBe(page.url);
    const now = await visitor.visit(page.url, PRIVILEGED_ROLE_ADMIN);
    await visitor.submit(now, { action: "accept" });
    expect(await entra.rolesOf(bot)).toHaveLength(2);
  });

  it("is needed of Graph for an Application Administrator, who may consent to other resources", async () => {
    const roleId = "11111111-2222-4333-8444-555555555555";
    const api = await entra.newBot({
      displayName: "Our API",
      more: {
        appRoles: [
          {
            id: roleId,
            value: "Things.Read",
            displayName: "Read things",
            description: "Reads things.",
            isEnabled: true,
            allowedMemberTypes: ["Application"],
          },
        ],
      },
    });
    const client = await entra.newBot({
      more: {
        requiredResourceAccess: [
          { resourceAppId: api.appId, resourceAccess: [{ id: roleId, type: "Role" }] },
        ],
      },
    });
    const visitor = new Visitor();
    const page = await visitor.visit(entra.consentLink(client), APPLICATION_ADMIN);
    expect(page.text).toContain("Our API");
    expect(answerOf(await visitor.submit(page, { action: "accept" })).parameters).toMatchObject({
      admin_consent: "True",
      state: "nonce-1",
    });
  });
});

describe("the older endpoint", () => {
  const older = (parameters: Record<string, string | undefined>) =>
    link(`${entra.login}/${TENANT_ID}/adminconsent`, parameters);

  it("needs no scope and answers without one", async () => {
    const bot = await entra.newBot();
    const visitor = new Visitor();
    const url = older({ client_id: bot.appId, redirect_uri: REPLY_URL, state: "s" });
    const page = await visitor.visit(url, GLOBAL_ADMIN);
    const answer = await visitor.submit(page, { action: "accept" });
    expect(answerOf(answer)).toEqual({
      to: REPLY_URL,
      parameters: { admin_consent: "True", tenant: TENANT_ID, state: "s" },
    });
    expect(await entra.rolesOf(bot)).toHaveLength(2);
  });

  it("without a redirect URI answers to the first that is registered, without a state", async () => {
    const bot = await entra.newBot();
    const visitor = new Visitor();
    const page = await visitor.visit(older({ client_id: bot.appId }), GLOBAL_ADMIN);
    const answer = await visitor.submit(page, { action: "accept" });
    expect(answerOf(answer)).toEqual({
      to: REPLY_URL,
      parameters: { admin_consent: "True", tenant: TENANT_ID },
    });
  });

  it("grants where no redirect URI is registered, and ends on an error page", async () => {
    const bot = await entra.newBot({ redirectUris: [] });
    const visitor = new Visitor();
    const page = await visitor.visit(older({ client_id: bot.appId }), GLOBAL_ADMIN);
    const answer = await visitor.submit(page, { action: "accept" });
    expect([answer.status, aadsts(answer)]).toEqual([400, "AADSTS500113"]);
    expect(answer.text).toContain("The permissions were granted all the same.");
    expect(await entra.rolesOf(bot)).toHaveLength(2);
  });

  it("shows a refusal where there is nowhere to send it", async () => {
    const bot = await entra.newBot({ redirectUris: [] });
    const visitor = new Visitor();
    const page = await visitor.visit(older({ client_id: bot.appId }), GLOBAL_ADMIN);
    const answer = await visitor.submit(page, { action: "cancel" });
    expect([answer.status, aadsts(answer)]).toEqual([400, "AADSTS65004"]);
    expect(answer.text).toContain("Nothing was granted.");
  });

  it("says that the return without consent was a cancellation", async () => {
    const bot = await entra.newBot();
    const visitor = new Visitor();
    const url = older({ client_id: bot.appId, redirect_uri: REPLY_URL, state: "s" });
    const page = await visitor.visit(url, ORDINARY_USER);
    expect(answerOf(await visitor.submit(page, { action: "return" })).parameters).toEqual({
      error: "access_denied",
      error_subcode: "cancel",
      state: "s",
    });
  });
});
