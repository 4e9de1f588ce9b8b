// `policy`: from a stack's outputs to the PowerShell that a Teams administrator runs.
import {
  type AccessPolicy,
  accessPolicyLines,
  accessPolicyRemoval,
  checkAccessPolicy,
  needingAccessPolicy,
} from "../../rules/access-policy.js";
import { type BotSource, registeredBot } from "../registration/registered-bot.js";
import type { Report } from "../report.js";
import type { Surroundings } from "../surroundings.js";

export interface PolicyOptions extends BotSource {
  readonly user?: readonly string[];
  readonly group?: readonly string[];
  readonly everyone?: boolean;
  /** @default the bot's name */
  readonly policy?: string;
  readonly remove?: boolean;
}

export async function policy(surroundings: Surroundings, options: PolicyOptions): Promise<Report> {
  const { bot, issues } = await registeredBot(surroundings, options);
  if (bot === undefined) return { lines: [], issues };
  const needing = needingAccessPolicy(bot.permissions.map(({ value }) => value));
  if (needing.length === 0 && options.remove !== true) {
    const none = "No app role of the bot needs an application access policy.";
    return { lines: [`# ${none}`], issues: [], data: { needing, script: [] } };
  }
  const wanted: AccessPolicy = {
    name: options.policy ?? bot.botName,
    appId: bot.appId,
    tenantId: bot.tenantId,
    cloud: bot.cloud,
    users: options.user ?? [],
    groups: options.group ?? [],
    everyone: options.everyone === true,
  };
  const wrong = checkAccessPolicy(wanted);
  if (wrong.length > 0) return { lines: [], issues: wrong };
  const script = options.remove === true ? accessPolicyRemoval(wanted) : accessPolicyLines(wanted);
  const why = needing.length === 0 ? [] : [`# Needed for ${needing.join(", ")}.`];
  return { lines: [...why, ...script], issues: [], data: { needing, script } };
}
