// What the calls API refuses, rule by rule, and what it tells the bot.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AccessPolicies } from "../../../local-cloud/directory/access-policies.js";
import { Directory } from "../../../local-cloud/directory/directory.js";
import { GLOBAL_ADMIN, ORDINARY_USER, seedPeople } from "../../../local-cloud/directory/people.js";
import { SECOND_TENANT_ID, TENANT_ID } from "../../../local-cloud/well-known.js";
import { OWN_MEDIA, SERVICE_MEDIA } from "../../commands/rehearse-bots.js";
import { type CallsUnderTest, startCalls, until } from "./calls-under-test.js";

const JOIN = "Calls.JoinGroupCall.All";
const MEDIA = "Calls.AccessMedia.All";
const INITIATE = "Calls.Initiate.All";
const GROUP = "Calls.InitiateGroupCall.All";

let test: CallsUnderTest;
beforeAll(async () => {
  test = await startCalls();
});
afterAll(() => test.stop());

type Bot = Awaited<ReturnType<CallsUnderTest["newBot"]>>;
type Refusal = readonly [status: number, code: string];

const refusalOf = ({ status, body }: Awaited<ReturnType<Bot["send"]>>): Refusal => [
  status,
  body.error?.code,
];

const NO_CONSENT: Refusal = [403, "7504"];
const GONE: Refusal = [404, "8522"];
const OTHER_TENANT: Refusal = [403, "7505"];
const BAD: Refusal = [400, "BadRequest"];
const NOT_NOW: Refusal = [409, "Conflict"];

const person = (id: string) => ({ identity: { user: { id, displayName: "Somebody" } } });
const prompts = [{ mediaInfo: { uri: "https://contoso.com/hello.wav" } }];

describe("answering", () => {
  it.each([
    ["without an app role", [INITIATE, MEDIA], SERVICE_MEDIA, NO_CONSENT],
    ["with its own media and no right to media", [JOIN], OWN_MEDIA, NO_CONSENT],
    ["without media", [JOIN], { acceptedModalities: ["audio"] }, BAD],
    ["with its own media and no session of it", [JOIN, MEDIA], withoutBlob(), BAD],
    ["without modalities", [JOIN], { mediaConfig: SERVICE_MEDIA.mediaConfig }, BAD],
    [
      "to an address without TLS",
      [JOIN],
      { ...SERVICE_MEDIA, callbackUri: "http://contoso.com/" },
      BAD,
    ],
  ])("%s is refused, and it goes on ringing", async (_what, roles, body, refusal) => {
    const bot = await test.newBot(roles);
    const { call } = bot.ring();
    const path = `/communications/calls/${call.id}/answer`;
    expect(refusalOf(await bot.send("POST", path, body))).toEqual(refusal);
    expect(call.state).toBe("incoming");
  });

  it.each([
    [[JOIN], SERVICE_MEDIA],
    [["Calls.JoinGroupCallAsGuest.All"], SERVICE_MEDIA],
    [[JOIN, MEDIA], { ...OWN_MEDIA, callbackUri: "http://localhost:1/" }],
  ])("with %s is accepted, once", async (roles, body) => {
    const bot = await test.newBot(roles);
    const { call } = bot.ring();
    const path = `/communications/calls/${call.id}/answer`;
    expect((await bot.send("POST", path, body)).status).toBe(202);
    expect(refusalOf(await bot.send("POST", path, body))).toEqual(NOT_NOW);
  });

  it("is refused once consent was taken away, whatever the token says", async () => {
    const bot = await test.newBot([JOIN]);
    const directory = new Directory(test.context.store);
    const [assignment] = directory.assignmentsOfPrincipal(TENANT_ID, bot.objectId);
    if (assignment === undefined) throw new Error("nothing was granted");
    test.context.store.transaction(() => directory.removeAssignment(assignment));
    const { call } = bot.ring();
    const path = `/communications/calls/${call.id}/answer`;
    expect(refusalOf(await bot.send("POST", path, SERVICE_MEDIA))).toEqual(NO_CONSENT);
  });

  it("is for the bot that is called, while it rings", async () => {
    const [bot, other] = [await test.newBot([JOIN]), await test.newBot([JOIN])];
    const { call, hangUp } = bot.ring();
    const path = `/communications/calls/${call.id}/answer`;
    expect(refusalOf(await other.send("POST", path, SERVICE_MEDIA))).toEqual(GONE);
    hangUp();
    expect(refusalOf(await bot.send("POST", path, SERVICE_MEDIA))).toEqual(GONE);
  });

  it("tells who calls only where there is consent to a call", async () => {
    for (const [roles, source] of [
      [[INITIATE], { user: { id: ORDINARY_USER.id, displayName: ORDINARY_USER.displayName } }],
      [[], { encrypted: {} }],
    ] as const) {
      const { call } = (await test.newBot(roles)).ring();
      const told = () => test.told.find(({ resourceUrl = "" }) => resourceUrl.endsWith(call.id));
      await until(() => told() !== undefined);
      expect(told()).toMatchObject({
        changeType: "created",
        resourceData: { state: "incoming", tenantId: TENANT_ID, source: { identity: source } },
      });
    }
  });
});

describe("a call that rings", () => {
  it("is rejected without any app role, for a known reason", async () => {
    const bot = await test.newBot([]);
    const { call, ended } = bot.ring();
    const path = `/communications/calls/${call.id}/reject`;
    expect(refusalOf(await bot.send("POST", path, { reason: "asleep" }))).toEqual(BAD);
    expect((await bot.send("POST", path, { reason: "busy" })).status).toBe(202);
    expect(await ended).toBe("rejected");
  });

  it("is redirected with the right to call, to at least one target", async () => {
    const targets = [person(GLOBAL_ADMIN.id)];
    const without = await test.newBot([JOIN]);
    const ringing = without.ring();
    const path = `/communications/calls/${ringing.call.id}/redirect`;
    expect(refusalOf(await without.send("POST", path, { targets }))).toEqual(NO_CONSENT);

    const bot = await test.newBot([INITIATE]);
    const { call, ended } = bot.ring();
    const own = `/communications/calls/${call.id}/redirect`;
    expect(refusalOf(await bot.send("POST", own, { targets: [] }))).toEqual(BAD);
    expect(refusalOf(await bot.send("POST", own, { targets, timeout: 5 }))).toEqual(BAD);
    expect((await bot.send("POST", own, { targets })).status).toBe(202);
    expect(await ended).toBe("redirected");
  });

  it("takes nothing that is for an established one", async () => {
    const bot = await test.newBot([JOIN]);
    const { call } = bot.ring();
    const path = `/communications/calls/${call.id}`;
    for (const action of [
      "playPrompt",
      "updateRecordingStatus",
      "keepAlive",
      "participants/invite",
    ]) {
      expect(refusalOf(await bot.send("POST", `${path}/${action}`, { prompts }))).toEqual(NOT_NOW);
    }
  });
});

describe("an established call", () => {
  it("plays prompts, is kept alive, looked at and hung up without a further right", async () => {
    const bot = await test.newBot([JOIN]);
    const { path, call, ended } = await bot.established();
    const played = await bot.send("POST", `${path}/playPrompt`, { prompts, clientContext: "7" });
    expect([played.status, played.body]).toMatchObject([
      200,
      {
        "@odata.type": "#microsoft.graph.playPromptOperation",
        status: "running",
        clientContext: "7",
      },
    ]);
    const completed = () =>
      test.told.find(({ resourceUrl }) => resourceUrl?.includes(played.body.id));
    await until(() => completed() !== undefined);
    expect(completed()).toMatchObject({
      changeType: "deleted",
      resourceData: { status: "completed", clientContext: "7", resultInfo: { code: 200 } },
    });
    expect((await bot.send("POST", `${path}/keepAlive`)).status).toBe(200);
    const looked = await bot.send("GET", path);
    expect([looked.status, looked.body]).toMatchObject([
      200,
      { id: call.id, state: "established" },
    ]);
    const { body } = await bot.send("GET", `${path}/participants`);
    expect(body.value).toHaveLength(2);
    expect((await bot.send("DELETE", path)).status).toBe(204);
    expect(await ended).toBe("hungUpByBot");
    for (const [method, below] of [
      ["GET", ""],
      ["DELETE", ""],
      ["POST", "/keepAlive"],
    ] as const) {
      expect(refusalOf(await bot.send(method, `${path}${below}`))).toEqual(GONE);
    }
  });

  it.each([
    ["without prompts", {}],
    ["with more than 20", { prompts: Array(21).fill(prompts[0]) }],
    ["without an address", { prompts: [{ mediaInfo: {} }] }],
    ["with a long context", { prompts, clientContext: "x".repeat(257) }],
  ])("refuses to play %s", async (_what, body) => {
    const bot = await test.newBot([JOIN]);
    const { path } = await bot.established();
    expect(refusalOf(await bot.send("POST", `${path}/playPrompt`, body))).toEqual(BAD);
  });

  it("plays nothing where the bot has the media", async () => {
    const bot = await test.newBot([JOIN, MEDIA]);
    const { path } = await bot.established("one-to-one", OWN_MEDIA);
    expect(refusalOf(await bot.send("POST", `${path}/playPrompt`, { prompts }))).toEqual(BAD);
  });

  it("is reported as recorded only by policy, and with media to record", async () => {
    const report = { status: "recording", clientContext: "r" };
    const bot = await test.newBot([JOIN, MEDIA]);
    const statusIn = async (kind: "group" | "policy-recording", answer: unknown, body: unknown) => {
      const { path } = await bot.established(kind, answer);
      return bot.send("POST", `${path}/updateRecordingStatus`, body);
    };
    expect(refusalOf(await statusIn("policy-recording", SERVICE_MEDIA, report))).toEqual(BAD);
    expect(refusalOf(await statusIn("group", OWN_MEDIA, report))).toEqual([403, "8506"]);
    expect(refusalOf(await statusIn("policy-recording", OWN_MEDIA, { status: "on" }))).toEqual(BAD);
    const { status, body, headers } = await statusIn("policy-recording", OWN_MEDIA, report);
    expect([status, body.status, body.clientContext]).toEqual([200, "completed", "r"]);
    expect(headers.get("location")).toContain(`/operations/${body.id}`);
  });

  it("is joined by people only as a group, with the right to invite, five at most", async () => {
    const participants = [person(GLOBAL_ADMIN.id)];
    const without = await test.newBot([JOIN]);
    const asked = await without.established("group");
    const invite = (bot: Bot, path: string, body: unknown) =>
      bot.send("POST", `${path}/participants/invite`, body);
    expect(refusalOf(await invite(without, asked.path, { participants }))).toEqual(NO_CONSENT);
    const bot = await test.newBot([JOIN, GROUP]);
    const alone = await bot.established();
    expect(refusalOf(await invite(bot, alone.path, { participants }))).toEqual(BAD);
    const { path, call } = await bot.established("group");
    const six = Array(6).fill(participants[0]);
    expect(refusalOf(await invite(bot, path, { participants: six }))).toEqual(BAD);
    expect((await invite(bot, path, { participants })).status).toBe(200);
    await until(() => call.participants.length === 3);
  });

  it("is the same in beta", async () => {
    const bot = await test.newBot([JOIN]);
    const { path, call } = await bot.established();
    const looked = await bot.send("GET", `/beta${path}`);
    expect([looked.status, looked.body.id]).toEqual([200, call.id]);
    expect(looked.body["@odata.context"]).toContain("/beta/$metadata#communications/calls/$entity");
  });

  it("names what the real service has and this one has not", async () => {
    const bot = await test.newBot([JOIN]);
    const { path } = await bot.established();
    for (const action of ["recordResponse", "transfer", "mute", "subscribeToTone"]) {
      const { status, body } = await bot.send("POST", `${path}/${action}`, {});
      expect([status, body.error.message]).toEqual([
        501,
        `The local cloud does not have '${action}' of calls and meetings.`,
      ]);
    }
  });
});

describe("a call of the bot's own", () => {
  const media = { mediaConfig: SERVICE_MEDIA.mediaConfig, callbackUri: "http://localhost:1/cb" };
  const one = { ...media, targets: [person(ORDINARY_USER.id)] };
  const several = { ...media, targets: [person(ORDINARY_USER.id), person(GLOBAL_ADMIN.id)] };
  const meeting = { ...media, meetingInfo: { token: "t" }, tenantId: TENANT_ID };

  it.each([
    ["to one person", one, INITIATE],
    ["to several", several, GROUP],
    ["into a meeting", meeting, JOIN],
  ])("%s takes its own app role", async (_what, body, role) => {
    const every = [INITIATE, GROUP, JOIN, MEDIA];
    const without = await test.newBot(every.filter((other) => other !== role));
    expect(refusalOf(await without.send("POST", "/communications/calls", body))).toEqual(
      NO_CONSENT,
    );
    const bot = await test.newBot([role]);
    const made = await bot.send("POST", "/communications/calls", body);
    expect([made.status, made.body.state, made.body.direction]).toEqual([
      201,
      "establishing",
      "outgoing",
    ]);
    const own = { ...body, mediaConfig: OWN_MEDIA.mediaConfig };
    expect(refusalOf(await bot.send("POST", "/communications/calls", own))).toEqual(NO_CONSENT);
  });

  it("is for applications that are bots with calling enabled", async () => {
    const none = await test.newBot([INITIATE], { calling: false });
    const refused = await none.send("POST", "/communications/calls", one);
    expect([...refusalOf(refused), refused.body.error.message]).toEqual([
      403,
      "7503",
      "Application is not registered in our store.",
    ]);
  });

  it.each([
    ["without an address for notifications", { ...one, callbackUri: undefined }, BAD],
    ["to nobody", media, BAD],
    ["into a meeting of no tenant", { ...meeting, tenantId: undefined }, OTHER_TENANT],
    ["into a meeting of another tenant", { ...meeting, tenantId: SECOND_TENANT_ID }, OTHER_TENANT],
  ])("%s is refused", async (_what, body, refusal) => {
    const bot = await test.newBot([INITIATE, JOIN]);
    expect(refusalOf(await bot.send("POST", "/communications/calls", body))).toEqual(refusal);
  });
});

describe("online meetings", () => {
  const path = `/users/${ORDINARY_USER.id}/onlineMeetings`;
  const WRITE = "OnlineMeetings.ReadWrite.All";

  it("take an app role and an application access policy for the person", async () => {
    seedPeople(test.context.store);
    const reader = await test.newBot(["OnlineMeetings.Read.All"]);
    expect(refusalOf(await reader.send("POST", path, {}))).toEqual([403, "Forbidden"]);
    const bot = await test.newBot([WRITE]);
    const refused = await bot.send("POST", path, {});
    expect([refused.status, refused.body.error.message]).toEqual([
      403,
      `App ${bot.appId} is not authorized to Create meeting on behalf of user ${ORDINARY_USER.id}`,
    ]);
    const policies = new AccessPolicies(test.context.store);
    policies.set({ appId: bot.appId, users: [GLOBAL_ADMIN.id] });
    expect((await bot.send("POST", path, {})).status).toBe(403);

    policies.set({ appId: bot.appId, users: [ORDINARY_USER.id] });
    const made = await bot.send("POST", path, { subject: "Standup" });
    expect([made.status, made.body.subject]).toEqual([201, "Standup"]);
    const { id, joinWebUrl } = made.body;
    expect((await bot.send("GET", `${path}/${id}`)).body.joinWebUrl).toBe(joinWebUrl);
    const filter = encodeURIComponent(`JoinWebUrl eq '${joinWebUrl}'`);
    const found = await bot.send("GET", `${path}?$filter=${filter}`);
    expect(found.body.value).toMatchObject([{ id }]);
    expect((await bot.send("GET", path)).status).toBe(400);
    const nobody = await bot.send(
      "GET",
      "/users/10ca1000-0000-4000-8000-000000000fff/onlineMeetings/1",
    );
    expect(nobody.status).toBe(404);
    const wrong = { startDateTime: "2026-11-24T10:00:00Z", endDateTime: "2026-11-24T09:00:00Z" };
    expect(refusalOf(await bot.send("POST", path, wrong))).toEqual(BAD);
  });
});

function withoutBlob() {
  return {
    acceptedModalities: ["audio"],
    mediaConfig: { "@odata.type": "#microsoft.graph.appHostedMediaConfig" },
  };
}
