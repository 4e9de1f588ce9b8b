// `consent status`: what is asked for and what is granted, tenant by tenant.
import { countedTenants, permissionFingerprint } from "../../rules/consent-state.js";
import type { Issue } from "../../rules/issue.js";
import type { StackOutputs } from "../../rules/outputs.js";
import { type BotSource, registeredBot } from "../registration/registered-bot.js";
import type { Report } from "../report.js";
import type { Surroundings } from "../surroundings.js";
import { consentIssues, surplusWarnings } from "./consent-issues.js";
import { type ConsentTarget, checkReturn, consentTargets } from "./consent-targets.js";
import { type JudgedBot, type Judgement, judgeTenant } from "./judge-tenant.js";
import { statusTable } from "./status-table.js";

export interface StatusOptions extends BotSource {
  /** Only this tenant. @default every tenant of the outputs */
  readonly tenant?: string;
}

/** What a command needs to ask about a bot. */
export interface ConsentQuestion {
  readonly outputs: StackOutputs;
  readonly bot: JudgedBot;
  readonly targets: readonly ConsentTarget[];
}

export async function consentStatus(
  surroundings: Surroundings,
  options: StatusOptions,
): Promise<Report> {
  const { question, issues } = await consentQuestion(surroundings, options);
  if (question === undefined) return { lines: [], issues };
  surroundings.progress(`Asking ${question.bot.endpoints.login} what is granted ...`);
  return statusReport(question, await judgeAll(question));
}

/** Reads the outputs and the environment. */
export async function consentQuestion(
  surroundings: Surroundings,
  options: StatusOptions,
): Promise<{ question?: ConsentQuestion; issues: readonly Issue[] }> {
  const { bot: outputs, issues } = await registeredBot(surroundings, options);
  if (outputs === undefined) return { issues };
  const {
    targets,
    endpoints,
    issues: wrong,
  } = consentTargets(outputs, surroundings.env, options.tenant);
  const { BOT_CLIENT_ID: clientId, BOT_CLIENT_SECRET: clientSecret } = surroundings.env;
  const all = [...wrong, ...checkClientId(clientId, outputs.appId)];
  if (all.length > 0) return { issues: all };
  const bot = {
    endpoints,
    appId: outputs.appId,
    asked: outputs.permissions.map(({ value }) => value),
    ...(clientSecret ? { clientSecret } : {}),
  };
  return { question: { outputs, bot, targets }, issues: [] };
}

function checkClientId(clientId: string | undefined, appId: string): Issue[] {
  if (!clientId || clientId.toLowerCase() === appId.toLowerCase()) return [];
  return [
    {
      path: "BOT_CLIENT_ID",
      rule: `must be the app id of the stack's bot, ${appId}`,
      whose: "this package",
      got: JSON.stringify(clientId),
      fix: "Take it out of the environment, or read the outputs of the stack it belongs to.",
    },
  ];
}

/** Every tenant at once. */
export function judgeAll({ bot, targets }: ConsentQuestion): Promise<Judgement[]> {
  return Promise.all(targets.map((target) => judgeTenant(bot, target)));
}

/** Those whose tenant counts. */
export function countedJudgements(judgements: readonly Judgement[]): Judgement[] {
  const named = judgements.map((judgement) => ({ judgement, tenant: judgement.consent.tenant }));
  return countedTenants(named).map(({ judgement }) => judgement);
}

/** The table for people, the same for programs, and whatever keeps it from being granted. */
export function statusReport(question: ConsentQuestion, judgements: readonly Judgement[]): Report {
  const { asked } = question.bot;
  return {
    always: statusTable(asked, judgements),
    lines: ["Everything that is asked for is granted."],
    issues: [
      ...countedJudgements(judgements).flatMap(consentIssues),
      ...returnIssues(question, judgements),
    ],
    warnings: judgements.flatMap(surplusWarnings),
    data: {
      appId: question.bot.appId,
      mode: question.outputs.consent.mode,
      asked,
      fingerprint: permissionFingerprint(asked),
      tenants: judgements.map(({ consent, by }) => ({ ...consent, readFrom: by ?? null })),
    },
  };
}

/** Held against the directory where it could be read, and else against the outputs. */
function returnIssues({ outputs }: ConsentQuestion, judgements: readonly Judgement[]): Issue[] {
  const live = judgements.find(({ replyUrls }) => replyUrls !== undefined)?.replyUrls;
  return checkReturn(outputs, live ?? outputs.replyUrls);
}
