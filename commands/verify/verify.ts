// `verify`: every check on every bot of a stack, side by side; with --watch again and again.
import { setTimeout as pause } from "node:timers/promises";
import { endpointsFromEnvironment } from "../../rules/clouds.js";
import type { Issue } from "../../rules/issue.js";
import type { StackOutputs } from "../../rules/outputs.js";
import { readApp } from "../app/read-app.js";
import { changesReport, checksReport, couldNotRun } from "../checks/checks-report.js";
import { chosenChecks } from "../checks/chosen-checks.js";
import { type CheckResult, runChecks, type Task } from "../checks/run-checks.js";
import { readDuration } from "../duration.js";
import { NETWORK, type Network } from "../probe/network.js";
import { type BotSource, type NamedBot, registeredBots } from "../registration/registered-bot.js";
import type { Report } from "../report.js";
import { operatorServices, type Services } from "../sign-in/services.js";
import type { Surroundings } from "../surroundings.js";
import { directoryLists } from "./directory-lists.js";
import { checkMediaAddress } from "./media-address.js";
import { subscriptionLists } from "./subscription-lists.js";
import { VERIFY_CHECKS } from "./verify-checks.js";
import { type VerifyContext, verifyContext } from "./verify-context.js";

export interface VerifyOptions extends BotSource {
  /** The Teams app's package or manifest. @default the one that the stack packs */
  readonly app?: string;
  /** `host:port` at which the bot takes media. @default the first ports of the machines that the stack made */
  readonly media?: string;
  /** Ids of checks to leave out. @default [] */
  readonly skip?: readonly string[];
  readonly junit?: string;
  /** How long between two rounds of `watch`, such as `30s`. */
  readonly every?: string;
}

/** How long one check may take at most. */
const LIMIT_MS = 45_000;

/** Checks under way at once: those of fifty bots, so that a stack of thousands opens no thousands of connections. */
const AT_ONCE = 50 * VERIFY_CHECKS.length;

/** What is looked at, round after round. */
interface Question {
  readonly bots: readonly NamedBot[];
  readonly services: ReadonlyMap<string, Services>;
  readonly checks: typeof VERIFY_CHECKS;
}

export async function verify(
  surroundings: Surroundings,
  options: VerifyOptions,
  network: Network = NETWORK,
): Promise<Report> {
  const { question, issues } = await questionOf(surroundings, options);
  if (question === undefined) return couldNotRun(issues);
  const results = await oneRound(surroundings, options, question, network);
  return checksReport(surroundings, results, { name: "verify", ...junitOf(options) });
}

/**
 * Everything once, then what changes, until the signal comes. Reports go to `surroundings.finish`. The outputs are read anew each
 * time, because an update between two rounds may have changed them; standard input can be read only once.
 */
export async function watch(
  surroundings: Surroundings,
  options: VerifyOptions & { readonly json?: boolean },
  {
    network = NETWORK,
    signal = new AbortController().signal,
  }: { readonly network?: Network; readonly signal?: AbortSignal } = {},
): Promise<void> {
  const every = readDuration("--every", options.every ?? "30s");
  const { question, issues } = await questionOf(surroundings, options);
  if (question === undefined || every.milliseconds === undefined) {
    surroundings.finish(couldNotRun([...every.issues, ...issues]), options);
    return;
  }
  let asked = question;
  let unread = "";
  let before = await oneRound(surroundings, options, asked, network);
  surroundings.finish(
    checksReport(surroundings, before, { name: "verify", ...junitOf(options) }),
    options,
  );
  for (;;) {
    await pause(every.milliseconds, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    const next =
      options.outputs === "-"
        ? { question: asked, issues: [] }
        : await questionOf(surroundings, options, asked.services);
    const problem = JSON.stringify(next.issues);
    if (next.question === undefined) {
      if (problem !== unread) surroundings.finish(couldNotRun(next.issues), options);
      unread = problem;
      continue;
    }
    unread = "";
    asked = next.question;
    const now = await oneRound(surroundings, options, asked, network);
    const changes = changesReport(before, now, new Date(), MEASURING);
    if (changes !== undefined) surroundings.finish(changes, options);
    before = now;
  }
}

const MEASURING = VERIFY_CHECKS.filter(({ measures }) => measures).map(({ id }) => id);

function junitOf({ junit }: VerifyOptions) {
  return junit === undefined ? {} : { junit };
}

async function questionOf(
  surroundings: Surroundings,
  options: VerifyOptions,
  signedIn: Question["services"] = new Map(),
): Promise<{ question?: Question; issues: readonly Issue[] }> {
  const { checks, issues: unknown } = chosenChecks(VERIFY_CHECKS, options.skip ?? []);
  const named = options.app === undefined ? undefined : readApp(surroundings, options.app);
  const early = [
    ...unknown,
    ...checkMediaAddress("--media", options.media),
    // What somebody names is to be looked at; the package of a stack may lie on another machine.
    ...(named?.app === undefined ? (named?.issues ?? []) : []),
  ];
  if (early.length > 0) return { issues: early };
  const { bots, issues } = await registeredBots(surroundings, options);
  if (issues.length > 0) return { issues };
  // Bots of one tenant and cloud share a sign-in.
  const services = new Map<string, Services>(signedIn);
  for (const { outputs } of bots) {
    const endpoints = endpointsFromEnvironment(surroundings.env, outputs.cloud);
    const place = { endpoints, tenantId: outputs.tenantId };
    const key = placeOf(outputs);
    if (!services.has(key)) services.set(key, operatorServices(place, bots.length > 1));
  }
  return { question: { bots, services, checks }, issues: [] };
}

function placeOf({ tenantId, cloud }: StackOutputs): string {
  return `${tenantId} ${cloud}`;
}

async function oneRound(
  surroundings: Surroundings,
  options: VerifyOptions,
  { bots, services, checks }: Question,
  network: Network,
): Promise<CheckResult[]> {
  const shared = new Map(
    [...services].map(([place, own]) => [
      place,
      { services: own, lists: directoryLists(own), subscription: subscriptionLists(own) },
    ]),
  );
  const siblings = bots.map(({ outputs }) => outputs);
  const tasks = bots.flatMap(({ name, outputs }): Task<VerifyContext>[] => {
    const own = shared.get(placeOf(outputs));
    if (own === undefined) return [];
    const context = verifyContext({
      bot: outputs,
      siblings,
      env: surroundings.env,
      endpoints: endpointsFromEnvironment(surroundings.env, outputs.cloud),
      now: new Date(),
      network,
      app: appOf(surroundings, options, outputs),
      media: options.media,
      ...own,
    });
    return checks.map((check) => ({ check, context, ...(bots.length > 1 ? { bot: name } : {}) }));
  });
  return runChecks(tasks, {
    limitMs: LIMIT_MS,
    atOnce: AT_ONCE,
    waiting: (ids) => surroundings.progress(`Waiting for ${ids.join(", ")} ...`),
  });
}

function appOf(
  surroundings: Surroundings,
  options: VerifyOptions,
  bot: StackOutputs,
): VerifyContext["app"] {
  const file = options.app ?? bot.app?.packagePath;
  if (file === undefined) return {};
  const { app, issues } = readApp(surroundings, file);
  if (app !== undefined) return { opened: app };
  return {
    problem: `${file} could not be read: ${issues[0]?.path ?? file} ${issues[0]?.rule ?? ""}.`,
  };
}
