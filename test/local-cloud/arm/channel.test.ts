import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type ArmUnderTest,
  BOTS,
  botBody,
  startArm,
  teamsBody,
  withGroup,
} from "./arm-under-test.js";

let arm: ArmUnderTest;
beforeEach(async () => {
  arm = await startArm();
  await withGroup(arm);
  await arm.put(BOT, botBody());
});
afterEach(() => arm.stop());

const BOT = `${BOTS}/contoso-bot`;
const TEAMS = `${BOT}/channels/MsTeamsChannel`;
const WEBHOOK = "https://contoso.com/teamsapp/api/calling";

const settingsOf = (answer: { body: { properties: { properties: unknown } } }) =>
  answer.body.properties.properties;

describe("the Teams channel", () => {
  it("is created with 201 and read back", async () => {
    const made = await arm.put(TEAMS, teamsBody());
    expect(made.status).toBe(201);
    const { etag } = made.body;
    expect(etag).toMatch(/^W\/"[0-9a-f]{32}11\/23\/2026 10:00:00 AM"$/);
    expect(made.body).toEqual({
      id: TEAMS,
      name: "contoso-bot/MsTeamsChannel",
      type: "Microsoft.BotService/botServices/channels",
      etag,
      location: "global",
      properties: {
        properties: {
          enableCalling: true,
          incomingCallRoute: null,
          callingWebhook: WEBHOOK,
          isEnabled: true,
          deploymentEnvironment: "CommercialDeployment",
          acceptedTerms: null,
        },
        etag,
        channelName: "MsTeamsChannel",
        location: "global",
        provisioningState: "Succeeded",
      },
    });
    expect((await arm.get(TEAMS)).body).toEqual(made.body);
    expect((await arm.get(TEAMS.toLowerCase())).body).toEqual(made.body);
  });

  it("is off for calling unless told, and takes what it is told", async () => {
    const body = {
      properties: { channelName: "MsTeamsChannel", properties: { isEnabled: true } },
    };
    expect(settingsOf(await arm.put(TEAMS, body))).toMatchObject({
      enableCalling: false,
      callingWebhook: null,
    });
    const told = {
      incomingCallRoute: "graphPma",
      deploymentEnvironment: "GCCModerateDeployment",
      acceptedTerms: true,
    };
    expect(settingsOf(await arm.put(TEAMS, teamsBody(told)))).toMatchObject(told);
  });

  it("reads property names in any case, as the command line sends them", async () => {
    const body = {
      location: "global",
      properties: {
        channelName: "MsTeamsChannel",
        properties: { isEnabled: true, enableCalling: true, callingWebHook: WEBHOOK },
      },
    };
    expect(settingsOf(await arm.put(TEAMS, body))).toMatchObject({ callingWebhook: WEBHOOK });
    const patch = { properties: { properties: { CallingWebhook: `${WEBHOOK}/2` } } };
    expect(settingsOf(await arm.patch(TEAMS, patch))).toMatchObject({
      callingWebhook: `${WEBHOOK}/2`,
    });
  });

  it("shows on the bot, and goes from there", async () => {
    const channels = async () => {
      const { configuredChannels, enabledChannels } = (await arm.get(BOT)).body.properties;
      return [configuredChannels, enabledChannels];
    };
    await arm.put(TEAMS, teamsBody());
    expect(await channels()).toEqual([
      ["webchat", "msteams"],
      ["webchat", "directline", "msteams"],
    ]);
    await arm.put(TEAMS, teamsBody({ isEnabled: false }));
    expect(await channels()).toEqual([
      ["webchat", "msteams"],
      ["webchat", "directline"],
    ]);
    expect((await arm.delete(TEAMS)).status).toBe(200);
    expect((await arm.delete(TEAMS)).status).toBe(204);
    expect(await channels()).toEqual([["webchat"], ["webchat", "directline"]]);
    expect((await arm.get(TEAMS)).status).toBe(404);
  });

  it("stays when its bot is put again", async () => {
    await arm.put(TEAMS, teamsBody());
    const again = await arm.put(BOT, botBody());
    expect(again.body.properties.configuredChannels).toEqual(["webchat", "msteams"]);
    expect((await arm.get(TEAMS)).status).toBe(200);
  });

  it("goes with its bot", async () => {
    await arm.put(TEAMS, teamsBody());
    await arm.delete(BOT);
    await arm.put(BOT, botBody());
    const answer = await arm.get(TEAMS);
    expect(answer.status).toBe(404);
    expect(answer.body.error.code).toBe("ResourceNotFound");
  });

  it("needs its bot", async () => {
    for (const method of ["PUT", "GET"]) {
      const path = `${BOTS}/nobody/channels/MsTeamsChannel`;
      const answer = await arm.call(method, path, method === "PUT" ? { body: teamsBody() } : {});
      expect(answer.status).toBe(404);
      expect(answer.body.error).toEqual({
        code: "ParentResourceNotFound",
        message:
          "Can not perform requested operation on nested resource. Parent resource 'nobody' not found.",
      });
    }
  });

  it.each([
    ["no isEnabled", teamsBody({ isEnabled: undefined })],
    ["isEnabled as text", teamsBody({ isEnabled: "true" })],
    ["another channelName", { properties: { channelName: "EmailChannel", properties: {} } }],
    ["no channelName", { properties: { properties: { isEnabled: true } } }],
    ["an http webhook", teamsBody({ callingWebhook: "http://contoso.com/calling" })],
    ["a webhook without host", teamsBody({ callingWebhook: "https://" })],
    ["a location that is none", { ...teamsBody(), location: "atlantis" }],
  ])("is refused with %s", async (_what, body) => {
    const answer = await arm.put(TEAMS, body);
    expect(answer.status).toBe(400);
    expect((await arm.get(TEAMS)).status).toBe(404);
  });

  it("is refused with the deployment environment that an old description gives as default", async () => {
    const body = teamsBody({ deploymentEnvironment: "FallbackDeploymentEnvironment" });
    const answer = await arm.put(TEAMS, body);
    expect(answer.status).toBe(500);
    expect(answer.body.error.code).toBe("UnknownError");
    expect(answer.body.error.message).toContain(
      "Requested value 'FallbackDeploymentEnvironment' was not found.",
    );
  });
});

describe("the calling webhook", () => {
  it.each([
    ["https://example.com", "https://example.com/"],
    ["https://example.com/", "https://example.com/"],
    ["HTTPS://Example.COM:443", "https://example.com/"],
    ["https://example.com:8544/callback/call", "https://example.com:8544/callback/call"],
    [WEBHOOK, WEBHOOK],
    [`${WEBHOOK}/`, `${WEBHOOK}/`],
  ])("%s is given back as %s", async (given, normalised) => {
    const answer = await arm.put(TEAMS, teamsBody({ callingWebhook: given }));
    expect(settingsOf(answer)).toMatchObject({ callingWebhook: normalised });
  });

  it("is normalised once: what was given back is given back again", async () => {
    await fc.assert(
      fc.asyncProperty(fc.webUrl({ validSchemes: ["https"] }), async (callingWebhook) => {
        const first = await arm.put(TEAMS, teamsBody({ callingWebhook }));
        const second = await arm.put(TEAMS, { properties: first.body.properties });
        expect(settingsOf(second)).toEqual(settingsOf(first));
      }),
      { numRuns: 30 },
    );
  });

  it.each([[""], [null], [undefined]])("is not emptied by %j", async (callingWebhook) => {
    await arm.put(TEAMS, teamsBody());
    const put = await arm.put(TEAMS, teamsBody({ callingWebhook }));
    expect(put.status).toBe(200);
    expect(settingsOf(put)).toMatchObject({ callingWebhook: WEBHOOK });
    const patch = { properties: { channelName: "MsTeamsChannel", properties: { callingWebhook } } };
    expect(settingsOf(await arm.patch(TEAMS, patch))).toMatchObject({ callingWebhook: WEBHOOK });
  });

  it("is empty after the channel was deleted and made again", async () => {
    await arm.put(TEAMS, teamsBody());
    await arm.delete(TEAMS);
    const made = await arm.put(TEAMS, teamsBody({ callingWebhook: "" }));
    expect(settingsOf(made)).toMatchObject({ callingWebhook: null });
  });

  it("changes alone by PATCH", async () => {
    await arm.put(TEAMS, teamsBody({ acceptedTerms: true }));
    const patch = { properties: { properties: { callingWebhook: "https://other.com" } } };
    expect(settingsOf(await arm.patch(TEAMS, patch))).toMatchObject({
      callingWebhook: "https://other.com/",
      enableCalling: true,
      acceptedTerms: true,
    });
  });
});

describe("other channels", () => {
  const names = (answer: { body: { value: { name: string }[] } }) =>
    answer.body.value.map(({ name }) => name);

  it("Web Chat and Direct Line come with a bot and can be taken away", async () => {
    expect(names(await arm.get(`${BOT}/channels`))).toEqual([
      "contoso-bot/DirectLineChannel",
      "contoso-bot/WebChatChannel",
    ]);
    expect((await arm.delete(`${BOT}/channels/WebChatChannel`)).status).toBe(200);
    expect(names(await arm.get(`${BOT}/channels`))).toEqual(["contoso-bot/DirectLineChannel"]);
    expect((await arm.get(BOT)).body.properties.enabledChannels).toEqual(["directline"]);
  });

  it("show their keys only in listChannelWithKeys", async () => {
    const path = `${BOT}/channels/DirectLineChannel`;
    const [site] = (await arm.get(path)).body.properties.properties.sites;
    expect(site).toMatchObject({ siteName: "Default Site", key: "", key2: "" });
    const answer = await arm.post(`${path}/listChannelWithKeys`, {});
    expect(answer.status).toBe(200);
    const [withKeys] = answer.body.resource.properties.sites;
    expect(withKeys.key).toMatch(/^[\w-]{43}$/);
    expect(withKeys.key2).not.toBe(withKeys.key);
    expect(answer.body).toMatchObject({
      name: "contoso-bot/DirectLineChannel",
      setting: { channelId: "directline", botId: "contoso-bot", sites: [withKeys] },
      provisioningState: "Succeeded",
      changedTime: "2026-11-23T10:00:00.000Z",
    });
  });

  it("answer 501 by name when they are written", async () => {
    const answer = await arm.put(`${BOT}/channels/EmailChannel`, {
      location: "global",
      properties: { channelName: "EmailChannel" },
    });
    expect(answer.status).toBe(501);
    expect(answer.body.error.message).toBe(
      "The local cloud does not have settings of the channel 'EmailChannel' of Microsoft.BotService.",
    );
  });

  it("are refused when the service has no such channel", async () => {
    const answer = await arm.put(`${BOT}/channels/PigeonChannel`, { properties: {} });
    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe("InvalidChannelData");
  });

  it("answer 501 to new keys", async () => {
    const answer = await arm.post(`${BOT}/channels/DirectLineChannel/regeneratekeys`, {});
    expect(answer.status).toBe(501);
  });
});
