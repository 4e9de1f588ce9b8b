// `teams-calling-bot rehearse` against the example bot, and against bots that do one thing wrong. Everything over real HTTP.
import { randomInt } from "node:crypto";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pc from "picocolors";
import { generate } from "selfsigned";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { CheckResult } from "../../commands/checks/run-checks.js";
import {
  type RehearseOptions,
  type RehearseParts,
  rehearse,
} from "../../commands/rehearse/rehearse.js";
import type { RehearsedCall } from "../../commands/rehearse/rehearsed-call.js";
import { printed } from "../../commands/report.js";
import type { Surroundings } from "../../commands/surroundings.js";
import { startRehearsal } from "../../local-cloud/calls/rehearsal.js";
import { newStateFolder } from "../support/test-cloud.js";
import { outputsOf } from "./bot-outputs.js";
import {
  asBot,
  type BotAnswer,
  botEnvironment,
  changeIn,
  inBackground,
  OWN_MEDIA,
  type Received,
  SERVICE_MEDIA,
  startBot,
  startExampleBot,
} from "./rehearse-bots.js";

let folder: string;
const cleanUps: (() => unknown)[] = [];
beforeAll(() => {
  folder = newStateFolder();
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Everything sooner than in the real service, and still long enough for a machine under load. */
const SOON = {
  answerMs: 2_500,
  policyAnswerMs: 2_000,
  establishMs: 10,
  promptMs: 20,
  talkMs: 600,
  notificationMs: 2_000,
  retryMs: 20,
};

const palette = pc.createColors(false);

/** Rehearses and reads the report as a person and as a program would. */
async function rehearsed(options: Partial<RehearseOptions>, parts: RehearseParts = {}) {
  const progress: string[] = [];
  const surroundings: Surroundings = {
    cwd: folder,
    env: {},
    progress: (line) => progress.push(line),
    finish: () => {},
  };
  const whole = { webhook: "http://localhost:1/", folder, ...options };
  const report = await rehearse(surroundings, whole, { timing: SOON, ...parts });
  const { out, err, exitCode } = printed(report, { palette, outPalette: palette });
  const data = report.data as { results: CheckResult[]; calls?: RehearsedCall[] };
  const verdicts = Object.fromEntries(data.results.map(({ id, status }) => [id, status]));
  const found = (id: string) => {
    const result = data.results.find((one) => one.id === id);
    return `${result?.finding} ${result?.advice}`;
  };
  return { out, err, exitCode, progress, verdicts, found, calls: data.calls ?? [] };
}

/** A bot of this process that is stopped after the test. */
async function bot(
  answer: (received: Received) => BotAnswer | undefined | Promise<BotAnswer | undefined>,
  options: Parameters<typeof startBot>[1] = {},
) {
  const started = await startBot(answer, options);
  cleanUps.push(started.stop);
  return started;
}

/** What a token says, without a look at its signature. */
const claimsOf = (authorization: string | undefined) => {
  const [, payload = ""] = (authorization ?? "").split(".");
  return JSON.parse(Buffer.from(payload, "base64url").toString("utf8") || "{}");
};
/** Whom it is for. */
const audienceOf = (authorization: string | undefined): string => claimsOf(authorization).aud ?? "";

/**
 * A bot that refuses strangers as far as it can tell without keys: enough where something else is tried. Strangers come first, so
 * the sixth notification is the calling service's.
 */
function afterStrangers(
  act: (received: Received) => BotAnswer | undefined | Promise<BotAnswer | undefined>,
) {
  let count = 0;
  return (received: Received) => {
    count += 1;
    return count <= 5 ? { status: 401 } : act(received);
  };
}

const TAKEN: BotAnswer = { status: 202 };

/** Answers a call with what `body` says, and hangs up once it is established, unless `established` does something else. */
function answering(
  body: unknown,
  established: (call: string) => Promise<unknown> = (call) => asBot(folder, "DELETE", call),
) {
  return (received: Received): BotAnswer => {
    const { call, state } = changeIn(received);
    if (state === "incoming") inBackground(asBot(folder, "POST", `${call}/answer`, body));
    if (state === "established") inBackground(established(call));
    return TAKEN;
  };
}

describe("the example bot", () => {
  it("answers, plays a prompt and hangs up; takes the older format, a group and no stranger; and is refused without consent", async () => {
    const first = await startRehearsal({ folder, appId: APP_ID, webhook: "http://localhost:1/" });
    await first.close();
    const example = await startExampleBot(folder);
    cleanUps.push(example.stop);
    const { webhook } = example;
    // What the bot needs for its first sign-in is its own; the deadline is the real one.
    const timing = { promptMs: 50 };

    const call = await rehearsed({ webhook, legacyFirst: true }, { timing });
    expect([call.err, call.exitCode]).toEqual(["", 0]);
    expect(call.verdicts).toEqual({
      webhook: "pass",
      strangers: "pass",
      token: "pass",
      answer: "pass",
      requests: "pass",
      notifications: "pass",
    });
    expect(call.calls.map(({ proof, end }) => [proof, end])).toEqual([
      ["none", "undelivered"],
      ["forged", "undelivered"],
      ["otherBot", "undelivered"],
      ["otherIssuer", "undelivered"],
      ["expired", "undelivered"],
      ["right", "hungUpByBot"],
    ]);
    const told = call.calls[5]?.events.map((event) =>
      event.kind === "sent" ? event.what : event.kind === "received" ? event.action : event.text,
    );
    expect(told).toEqual([
      "incoming call, legacy format",
      "incoming call",
      "answer",
      "establishing",
      "established",
      "playPrompt",
      "playPromptOperation completed",
      "hang up",
      "terminating",
      "terminated",
    ]);
    expect(call.out).toMatch(
      / s {2}-> bot {4}incoming call, legacy format to http.*: 204 after \d+ ms\n/,
    );
    expect(call.out).toMatch(/ s {2}<- bot {4}POST \/communications\/calls\/\{id\}\/answer: 202\n/);
    expect(call.progress.join("\n")).toContain("/v1/.well-known/OpenIdConfiguration");
    expect(call.progress.join("\n")).not.toContain(botEnvironment(folder)["AZURE_CLIENT_SECRET"]);

    const group = await rehearsed({ webhook, scenario: "group" }, { timing });
    expect([group.verdicts["answer"], group.exitCode]).toEqual(["pass", 0]);

    // The stack asks for less than answering takes: the bot's token from before does not help it.
    const outputs = join(folder, "outputs.json");
    const permissions = [{ value: "Calls.Initiate.All", id: APP_ID, because: [] }];
    writeFileSync(outputs, JSON.stringify(outputsOf({ permissions })));
    const refused = await rehearsed(
      { webhook, outputs, appId: APP_ID },
      { timing: { answerMs: 3_000 } },
    );
    expect(refused.exitCode).toBe(1);
    expect(refused.found("answer")).toMatch(
      /^Microsoft Graph refused the answer: 403 7504: Insufficient enterprise tenant permissions.*consent/,
    );
  });
});

describe("a bot that", () => {
  it("looks at no token is found out, and what it did for strangers", async () => {
    const { webhook } = await bot(answering(SERVICE_MEDIA));
    const { verdicts, found, exitCode } = await rehearsed({ webhook });
    expect([verdicts["strangers"], verdicts["answer"], exitCode]).toEqual(["fail", "pass", 1]);
    expect(found("strangers")).toMatch(
      /takes a call of a stranger without a token, and of a stranger whose token somebody else signed, and of .* and acts on it/,
    );
  });

  it("takes a stranger's call and refuses only to hear of its end is found out", async () => {
    const good = answering(SERVICE_MEDIA);
    const { webhook } = await bot((received) =>
      audienceOf(received.authorization) === APP_ID || changeIn(received).state === "incoming"
        ? good(received)
        : { status: 401 },
    );
    const { found, exitCode } = await rehearsed({ webhook });
    expect(exitCode).toBe(1);
    expect(found("strangers")).toContain("takes a call of a stranger without a token");
  });

  it("looks only at what the token says, not at who signed it, is found out", async () => {
    const good = answering(SERVICE_MEDIA);
    const { webhook } = await bot((received) =>
      audienceOf(received.authorization) === APP_ID ? good(received) : { status: 401 },
    );
    const { found } = await rehearsed({ webhook });
    expect(found("strangers")).toContain(
      "takes a call of a stranger whose token somebody else signed, and",
    );
    expect(found("strangers")).not.toContain("for another bot");
  });

  it.each([
    ["issuer", "a stranger with a token of another issuer"],
    ["expiry", "a stranger with a token that has expired"],
  ])("looks at everything in a token but its %s is found out", async (unread, who) => {
    let forged = true;
    const { webhook } = await bot(({ authorization }) => {
      const { aud, iss, exp } = claimsOf(authorization);
      if (aud !== APP_ID) return { status: 401 };
      // The first for this bot is the one that somebody else signed.
      if (forged) {
        forged = false;
        return { status: 401 };
      }
      const issued = unread === "issuer" || iss === "https://api.botframework.com";
      const current = unread === "expiry" || exp * 1000 > Date.now();
      return { status: issued && current ? 202 : 401 };
    });
    const { found } = await rehearsed(
      { webhook },
      { timing: { ...SOON, answerMs: 300 }, lateMs: 50 },
    );
    expect(found("strangers")).toContain(`takes a call of ${who}.`);
  });

  it("answers too late is told by how much", async () => {
    const answered = new Set<string>();
    const { webhook } = await bot(
      afterStrangers(async (received) => {
        const { call, state } = changeIn(received);
        if (state === "terminated" && !answered.has(call)) {
          answered.add(call);
          inBackground(asBot(folder, "POST", `${call}/answer`, SERVICE_MEDIA));
        }
        return TAKEN;
      }),
    );
    const { found, exitCode, out } = await rehearsed(
      { webhook },
      { timing: { ...SOON, answerMs: 1_000 }, lateMs: 20_000 },
    );
    expect(exitCode).toBe(1);
    expect(found("answer")).toMatch(
      /^The bot answered after [1-9]\d*\.\d s, when the call was over: it has 1\.0 s\. Answer first/,
    );
    expect(out).toContain("nobody answered before the deadline");
    expect(out).toContain(": 404 8522: Call not found.");
  });

  it("asks Microsoft Graph for nothing lets it ring", async () => {
    const { webhook } = await bot(afterStrangers(() => TAKEN));
    const { found, exitCode } = await rehearsed(
      { webhook },
      { timing: { ...SOON, answerMs: 300 }, lateMs: 50 },
    );
    expect(exitCode).toBe(1);
    expect(found("answer")).toMatch(/rang until the deadline.*https:\/\/localhost:\d+\/v1\.0/);
  });

  it("is in a recorded call without a word is found out; one that says so is not", async () => {
    const scenario = "policy-recording";
    const silent = await bot(afterStrangers(answering(OWN_MEDIA, async () => {})));
    const wrong = await rehearsed({ webhook: silent.webhook, scenario });
    expect([wrong.verdicts["answer"], wrong.exitCode]).toEqual(["pass", 1]);
    expect(wrong.found("recording-status")).toContain("never called updateRecordingStatus");

    const honest = await bot(
      afterStrangers(
        answering(OWN_MEDIA, (call) =>
          asBot(folder, "POST", `${call}/updateRecordingStatus`, { status: "recording" }),
        ),
      ),
    );
    const right = await rehearsed({ webhook: honest.webhook, scenario });
    expect([right.verdicts["recording-status"], right.exitCode]).toEqual(["pass", 0]);
  });

  it.each(["notRecording", "failed"])(
    "reports %s alone has not reported a recording",
    async (status) => {
      const { webhook } = await bot(
        afterStrangers(
          answering(OWN_MEDIA, async (call) => {
            await asBot(folder, "POST", `${call}/updateRecordingStatus`, { status });
            await asBot(folder, "DELETE", call);
          }),
        ),
      );
      const { found, exitCode } = await rehearsed({ webhook, scenario: "policy-recording" });
      expect(exitCode).toBe(1);
      expect(found("recording-status")).toContain(`reported \`${status}\`, never \`recording\``);
    },
  );

  it("stays in a recorded call although its status was refused is found out; one that hangs up is not", async () => {
    const options = { scenario: "policy-recording", refuseRecordingStatus: true } as const;
    const report = (call: string) =>
      asBot(folder, "POST", `${call}/updateRecordingStatus`, { status: "recording" });
    const careless = await bot(afterStrangers(answering(OWN_MEDIA, report)));
    const wrong = await rehearsed({ webhook: careless.webhook, ...options });
    expect(wrong.found("recording-status")).toMatch(
      /had no success \(500 .*\), and the bot stayed in the call for/,
    );

    const careful = await bot(
      afterStrangers(
        answering(OWN_MEDIA, async (call) => {
          const { status } = await report(call);
          if (status >= 300) await asBot(folder, "DELETE", call);
        }),
      ),
    );
    const right = await rehearsed({ webhook: careful.webhook, ...options });
    expect([right.verdicts["recording-status"], right.exitCode]).toEqual(["pass", 0]);
  });

  it("leaves its notifications lying is told which", async () => {
    const good = answering(SERVICE_MEDIA, async () => {});
    const { webhook } = await bot(
      afterStrangers((received) =>
        changeIn(received).state === "established" ? undefined : good(received),
      ),
    );
    const timing = { ...SOON, notificationMs: 200 };
    const { found, exitCode } = await rehearsed({ webhook }, { timing });
    expect(exitCode).toBe(1);
    expect(found("notifications")).toMatch(/"established" was not answered \(TIMEOUT\).*at once/);
  });

  it("refuses everybody is told which addresses it needs", async () => {
    const { webhook } = await bot(() => ({ status: 401 }));
    const { verdicts, found, exitCode } = await rehearsed({ webhook });
    expect([verdicts, exitCode]).toEqual([
      { webhook: "pass", strangers: "skip", token: "fail", answer: "fail" },
      1,
    ]);
    expect(found("token")).toMatch(/401 to a token that is right.*OpenIdConfiguration.*tenant/);
  });

  it("takes the legacy format and never asks for Graph's is told to answer 204", async () => {
    const { webhook } = await bot(afterStrangers(() => TAKEN));
    const parts = { timing: { ...SOON, answerMs: 300 }, lateMs: 50 };
    const { verdicts, found, exitCode } = await rehearsed({ webhook, legacyFirst: true }, parts);
    expect([verdicts["answer"], exitCode]).toEqual(["fail", 1]);
    expect(found("answer")).toMatch(/202 to the legacy format.*204 asks for Graph's format/);
  });

  it("moves the call by a redirect is called where it says", async () => {
    const paths: string[] = [];
    const good = answering(SERVICE_MEDIA);
    const { webhook } = await bot(
      afterStrangers((received) => {
        paths.push(received.path);
        const first = received.path === "/api/calling" && changeIn(received).state === "incoming";
        return first ? { status: 302, headers: { Location: "/region/2" } } : good(received);
      }),
    );
    const { exitCode } = await rehearsed({ webhook });
    expect([paths.slice(0, 2), exitCode]).toEqual([["/api/calling", "/region/2"], 0]);
  });

  it("fails once is called again", async () => {
    let failed = 0;
    const good = answering(SERVICE_MEDIA);
    const { webhook } = await bot(
      afterStrangers((received) => {
        failed += 1;
        return failed === 1 ? { status: 503 } : good(received);
      }),
    );
    const { verdicts } = await rehearsed({ webhook });
    expect(verdicts["answer"]).toBe("pass");
  });

  it("asks for what it may not have is told what was refused", async () => {
    const { webhook } = await bot(
      afterStrangers(
        answering(OWN_MEDIA, (call) =>
          asBot(folder, "POST", `${call}/playPrompt`, { prompts: [] }),
        ),
      ),
    );
    const { found, exitCode } = await rehearsed({ webhook });
    expect(exitCode).toBe(1);
    expect(found("requests")).toContain("playPrompt: 400");
  });

  it("rejects a call has not answered it, unless that is what it should do", async () => {
    const rejecting = () =>
      bot(
        afterStrangers((received) => {
          const { call, state } = changeIn(received);
          if (state === "incoming")
            inBackground(asBot(folder, "POST", `${call}/reject`, { reason: "busy" }));
          return TAKEN;
        }),
      );
    const { found, exitCode } = await rehearsed({ webhook: (await rejecting()).webhook });
    expect(exitCode).toBe(1);
    expect(found("answer")).toMatch(/was rejected, and should have been answered.*--expect reject/);
    const wanted = await rehearsed({ webhook: (await rejecting()).webhook, expect: "reject" });
    expect([wanted.verdicts["answer"], wanted.exitCode]).toEqual(["pass", 0]);
    const other = await rehearsed({ webhook: (await rejecting()).webhook, expect: "redirect" });
    expect(other.found("answer")).toContain("should have been sent on to somebody else");
  });

  it("reports a recording that no policy asks for is refused with 8506, and joins a meeting of no tenant with 7505", async () => {
    const joined = { mediaConfig: SERVICE_MEDIA.mediaConfig, callbackUri: "http://localhost:1/cb" };
    const { webhook } = await bot(
      afterStrangers(
        answering(OWN_MEDIA, (call) =>
          asBot(folder, "POST", `${call}/updateRecordingStatus`, { status: "recording" }),
        ),
      ),
    );
    const { found, exitCode } = await rehearsed({ webhook });
    expect(exitCode).toBe(1);
    expect(found("requests")).toMatch(/403 8506: .*--scenario policy-recording/);
    const misplaced = await bot(
      afterStrangers(
        answering(SERVICE_MEDIA, async (call) => {
          await asBot(folder, "POST", "/communications/calls", {
            ...joined,
            meetingInfo: { token: "t", tenantId: "misplaced" },
          });
          await asBot(folder, "DELETE", call);
        }),
      ),
    );
    const elsewhere = await rehearsed({ webhook: misplaced.webhook });
    expect(elsewhere.found("requests")).toMatch(/403 7505: .*at the top of the body/);
  });
});

describe("a webhook that", () => {
  it("hangs is given up, within the limit", async () => {
    const { webhook } = await bot(() => undefined);
    const began = performance.now();
    const timing = { ...SOON, answerMs: 400 };
    const { found, exitCode } = await rehearsed({ webhook }, { timing });
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(exitCode).toBe(1);
    expect(found("webhook")).toMatch(/does not answer it.*202 at once/);
  });

  it.each([400, 415, 422, 429])("answers %i to everything takes no call", async (status) => {
    const { webhook } = await bot(() => ({ status }));
    const { verdicts, found, exitCode } = await rehearsed({ webhook });
    expect([verdicts["webhook"], verdicts["answer"], exitCode]).toEqual(["fail", "fail", 1]);
    expect(found("webhook")).toContain(`answers ${status} to the notification of a call`);
  });

  it("sends the call in a circle takes none", async () => {
    const headers = { Location: "/api/calling" };
    const { webhook } = await bot(() => ({ status: 302, headers }));
    const { found, exitCode, calls } = await rehearsed({ webhook });
    expect([exitCode, calls.at(-1)?.proof]).toEqual([1, "right"]);
    expect(found("webhook")).toMatch(/answers 302, and no address.*in a circle/);
  });

  it("refuses strangers and then hangs takes no call", async () => {
    const { webhook } = await bot(afterStrangers(() => undefined));
    const timing = { ...SOON, answerMs: 400 };
    const { verdicts, found, exitCode } = await rehearsed({ webhook }, { timing, lateMs: 50 });
    expect([verdicts["webhook"], verdicts["answer"], exitCode]).toEqual(["fail", "fail", 1]);
    expect(found("webhook")).toContain("takes the notification and does not answer it");
  });

  it("sends 10 MB is not read to the end", async () => {
    const body = "x".repeat(10_000_000);
    const { webhook } = await bot(() => ({ status: 401, body }));
    const { found, exitCode } = await rehearsed({ webhook });
    expect([found("webhook").includes("more than 64 KB"), exitCode]).toEqual([true, 1]);
  });

  it("sends people to sign in is not followed out of this machine", async () => {
    const Location = "https://login.contoso.com/oauth2/authorize?state=secret";
    const { webhook } = await bot(() => ({ status: 302, headers: { Location } }));
    const { found, exitCode } = await rehearsed({ webhook });
    expect(exitCode).toBe(1);
    expect(found("webhook")).toMatch(
      /https:\/\/login\.contoso\.com\/oauth2\/authorize, which is not on/,
    );
    expect(found("webhook")).not.toContain("secret");
  });

  it("has a self-signed certificate on this machine is called, with a warning", async () => {
    const made = await generate([{ name: "commonName", value: "localhost" }]);
    const tls = { key: made.private, cert: made.cert };
    const { webhook } = await bot(afterStrangers(answering(SERVICE_MEDIA)), { tls });
    const { found, verdicts, exitCode } = await rehearsed({ webhook });
    expect([verdicts["webhook"], verdicts["answer"], exitCode]).toEqual(["warn", "pass", 0]);
    expect(found("webhook")).toContain("DEPTH_ZERO_SELF_SIGNED_CERT");
  });

  it.each([
    ["nobody listens at", "http://localhost:1/api/calling", "Nothing listens at localhost:1."],
    ["has no address", "http://no-such-bot.invalid/api/calling", "cannot be resolved"],
  ])("%s is one finding with advice", async (_what, webhook, finding) => {
    const { found, exitCode, calls } = await rehearsed({ webhook });
    expect([exitCode, calls.length]).toEqual([1, 1]);
    expect(found("webhook")).toContain(finding);
  });

  it("is none is refused before anything starts, with what else is wrong", async () => {
    const { err, exitCode } = await rehearsed({ webhook: "bot", wait: "soon", appId: "7" });
    expect(exitCode).toBe(2);
    for (const path of ["--webhook", "--wait", "--app-id"])
      expect(err).toContain(`error: ${path} must`);
  });
});

describe("a rehearsal", () => {
  it("ends when it is asked to, and leaves the folder to the next", async () => {
    const { webhook } = await bot(afterStrangers(() => TAKEN));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 400);
    const began = performance.now();
    const timing = { ...SOON, answerMs: 60_000 };
    const { err, exitCode } = await rehearsed({ webhook }, { timing, signal: stop.signal });
    expect(performance.now() - began).toBeLessThan(5_000);
    expect([exitCode, err]).toEqual([2, expect.stringContaining("was stopped before the call")]);
  });

  it("waits for a bot that is being started", async () => {
    const port = await freePort();
    const started = pause(500).then(() => bot(() => ({ status: 401 }), { port }));
    const webhook = `http://localhost:${port}/api/calling`;
    expect((await rehearsed({ webhook, wait: "30s" })).verdicts["webhook"]).toBe("pass");
    await started;
  });

  it("keeps its addresses and the bot's secret, to its owner and out of repositories", async () => {
    const start = () => startRehearsal({ folder, appId: APP_ID, webhook: "http://localhost:1/" });
    const first = await start();
    await first.close();
    const second = await start();
    await second.close();
    expect(second.openIdConfiguration).toBe(first.openIdConfiguration);
    expect(second.graph).toBe(first.graph);
    expect(statSync(second.envPath).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, ".gitignore"), "utf8")).toBe("*\n");
  });

  it("refuses a second one on the same folder", async () => {
    const first = await startRehearsal({ folder, appId: APP_ID, webhook: "http://localhost:1/" });
    cleanUps.push(first.close);
    const { err, exitCode } = await rehearsed({ webhook: "http://localhost:1/" });
    expect([exitCode, err]).toEqual([2, expect.stringContaining("is already running")]);
  });
});

const APP_ID = "10ca1000-0000-4000-8000-0000000000b0";

/** Of those that no connection is lent in between. */
async function freePort(): Promise<number> {
  const probe = await startBot(() => TAKEN, { port: randomInt(20_000, 32_768) });
  await probe.stop();
  return probe.port;
}
