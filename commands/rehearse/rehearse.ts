// `rehearse`: callers who are none first, then a call; every event in time, and a verdict on what the bot did.
import { connect } from "node:net";
import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { CallKind, CallTiming } from "../../local-cloud/calls/call.js";
import type { Rehearsal } from "../../local-cloud/calls/rehearsal.js";
import { startRehearsal } from "../../local-cloud/calls/rehearsal.js";
import type { CallerProof } from "../../local-cloud/calls/rehearsal-proofs.js";
import type { Timeline } from "../../local-cloud/calls/timeline.js";
import { LocalCloudError } from "../../local-cloud/local-cloud-error.js";
import type { Issue } from "../../rules/issue.js";
import { couldNotRun } from "../checks/checks-report.js";
import { resultLines } from "../checks/result-lines.js";
import type { CheckResult } from "../checks/run-checks.js";
import { exitCodeOf } from "../checks/verdict.js";
import { readDuration } from "../duration.js";
import type { BotSource } from "../registration/registered-bot.js";
import type { Report } from "../report.js";
import type { Surroundings } from "../surroundings.js";
import type { Expectation } from "./judge-answer.js";
import { judgeRehearsal } from "./judge-rehearsal.js";
import { rehearsedBot, webhookIssues } from "./rehearsed-bot.js";
import type { RehearsedCall } from "./rehearsed-call.js";
import { settingsLines } from "./settings-lines.js";
import { timelineLines } from "./timeline-lines.js";

export interface RehearseOptions extends BotSource {
  readonly webhook: string;
  /** @default one-to-one */
  readonly scenario?: CallKind;
  /** What the bot should do with the call. @default answer */
  readonly expect?: Expectation;
  readonly legacyFirst?: boolean;
  /** Every `updateRecordingStatus` fails. @default false */
  readonly refuseRecordingStatus?: boolean;
  readonly appId?: string;
  /** How long to wait for something to listen at the webhook, such as `30s`. @default not at all */
  readonly wait?: string;
  /** @default .local/rehearsal */
  readonly folder?: string;
}

export interface RehearseParts {
  /** @default as long as in the real service */
  readonly timing?: Partial<CallTiming>;
  /** How long an answer is waited for that comes too late. @default 5000 */
  readonly lateMs?: number;
  /** The person asks to stop. */
  readonly signal?: AbortSignal;
}

/** Callers who must be refused, in this order before the call. */
const STRANGERS: readonly CallerProof[] = ["none", "forged", "otherBot", "otherIssuer", "expired"];

const STRANGERS_WAIT_MS = 500;
/** A refusal is still on its way to the bot when it is known here. */
const ANSWERED_MS = 200;

/** Never rejects for what a bot or a person can do wrong. */
export async function rehearse(
  surroundings: Surroundings,
  options: RehearseOptions,
  { timing, lateMs = 5_000, signal = new AbortController().signal }: RehearseParts = {},
): Promise<Report> {
  const wait = options.wait === undefined ? undefined : readDuration("--wait", options.wait);
  const bot = await rehearsedBot(surroundings, options);
  const issues = [...webhookIssues(options.webhook), ...(wait?.issues ?? []), ...bot.issues];
  if (issues.length > 0) return couldNotRun(issues);
  const started = await start(surroundings, options, { ...bot, ...(timing ? { timing } : {}) });
  if ("issue" in started) return couldNotRun([started.issue]);
  const { rehearsal } = started;
  const stop = () => void rehearsal.close();
  signal.addEventListener("abort", stop);
  try {
    for (const line of settingsLines(rehearsal, bot.appId)) surroundings.progress(line);
    await untilListening(options.webhook, wait?.milliseconds ?? 0, signal);
    const calls = await callAll(surroundings, rehearsal, options, { lateMs, signal });
    return signal.aborted ? couldNotRun([interrupted()]) : reportOf(calls, rehearsal, options);
  } finally {
    signal.removeEventListener("abort", stop);
    await rehearsal.close();
  }
}

async function start(
  { cwd }: Surroundings,
  { folder, webhook }: RehearseOptions,
  bot: {
    readonly appId: string;
    readonly appRoles?: readonly string[];
    readonly timing?: Partial<CallTiming>;
  },
): Promise<{ rehearsal: Rehearsal } | { issue: Issue }> {
  const { appId, appRoles, timing } = bot;
  try {
    const rehearsal = await startRehearsal({
      folder: resolve(cwd, folder ?? ".local/rehearsal"),
      webhook,
      appId,
      ...(appRoles === undefined ? {} : { appRoles }),
      ...(timing === undefined ? {} : { timing }),
    });
    return { rehearsal };
  } catch (error) {
    if (!(error instanceof LocalCloudError)) throw error;
    return { issue: asIssue(error) };
  }
}

async function callAll(
  { progress }: Surroundings,
  rehearsal: Rehearsal,
  options: RehearseOptions,
  { lateMs, signal }: { readonly lateMs: number; readonly signal: AbortSignal },
): Promise<RehearsedCall[]> {
  const { scenario = "one-to-one", legacyFirst = false, refuseRecordingStatus = false } = options;
  const calls: RehearsedCall[] = [];
  for (const proof of STRANGERS) {
    if (signal.aborted) return calls;
    const { call, ended, timeline, hangUp } = rehearsal.call("one-to-one", { proof });
    // Whoever took the notification may still answer, which would say more; a stranger does not wait long for it.
    const taken = new Promise<void>((resolve) =>
      timeline.watch((event) => {
        if (event.kind === "sent" && event.status !== undefined) resolve();
      }),
    );
    await Promise.race([ended, taken.then(() => pause(STRANGERS_WAIT_MS))]);
    hangUp();
    await withinLimit(ended, rehearsal);
    calls.push({ proof, kind: call.kind, end: call.end, events: timeline.events() });
    // Nobody there: the others would find the same.
    if (timeline.events().every((event) => event.kind !== "sent" || event.failure !== undefined)) {
      return calls;
    }
  }
  progress(`Calling the bot: ${scenario}.`);
  const { call, ended, timeline } = rehearsal.call(scenario, {
    legacyFirst,
    refuseRecordingStatus,
  });
  await withinLimit(ended, rehearsal);
  // An answer that comes too late is told from none at all.
  if (call.end === "unanswered") await lateAnswer(timeline, lateMs, signal);
  calls.push({ proof: "right", kind: scenario, end: call.end, events: timeline.events() });
  return calls;
}

async function lateAnswer(timeline: Timeline, lateMs: number, signal: AbortSignal): Promise<void> {
  const answered = new Promise<void>((resolve) =>
    timeline.watch((event) => {
      if (event.kind === "received") resolve();
    }),
  );
  const late = answered.then(() => pause(ANSWERED_MS));
  await Promise.race([late, pause(lateMs, undefined, { signal }).catch(() => {})]);
}

/** Longest talk after the answer, with a bot that takes its time over every notification. */
async function withinLimit(ended: Promise<unknown>, rehearsal: Rehearsal): Promise<void> {
  const { answerMs, talkMs, notificationMs } = rehearsal.timing;
  const limit = new AbortController();
  const late = pause(answerMs + talkMs + 3 * notificationMs, undefined, limit).catch(() => {});
  await Promise.race([ended, late]);
  limit.abort();
}

/** Waits for something that takes connections; what it is, the calls will show. */
async function untilListening(address: string, waitMs: number, signal: AbortSignal): Promise<void> {
  const { hostname, port, protocol } = new URL(address);
  const target = {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port) || (protocol === "https:" ? 443 : 80),
  };
  const until = Date.now() + waitMs;
  while (Date.now() < until && !signal.aborted && !(await listens(target))) {
    await pause(200, undefined, { signal }).catch(() => {});
  }
}

function listens(target: { readonly host: string; readonly port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(target);
    const end = (found: boolean) => {
      socket.destroy();
      resolve(found);
    };
    socket.setTimeout(1_000, () => end(false));
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
  });
}

function reportOf(
  calls: readonly RehearsedCall[],
  rehearsal: Rehearsal,
  { webhook, expect = "answer" }: RehearseOptions,
): Report {
  const results: CheckResult[] = judgeRehearsal(calls, { rehearsal, webhook, expect });
  return {
    always: (palette) => [...timelineLines(calls, palette), "", ...resultLines(results, palette)],
    lines: [],
    issues: [],
    exitCode: exitCodeOf(results),
    data: { results, calls },
  };
}

function asIssue(error: LocalCloudError): Issue {
  const [rule = "", ...fix] = error.message.split(/(?<=\.)\s/);
  return {
    path: "The rehearsal",
    rule: `cannot start: ${rule.replace(/\.$/, "")}`,
    whose: "this package",
    fix: fix.join(" "),
  };
}

function interrupted(): Issue {
  return {
    path: "The rehearsal",
    rule: "was stopped before the call was over",
    whose: "this package",
    fix: "Run it again to see the rest.",
  };
}
