// `consent link`: what each administrator opens.
import type { Issue } from "../../rules/issue.js";
import { type BotSource, registeredBot } from "../registration/registered-bot.js";
import type { Report } from "../report.js";
import type { Surroundings } from "../surroundings.js";
import { type ConsentTarget, checkReturn, consentTargets } from "./consent-targets.js";
import { openInBrowser } from "./open-in-browser.js";

export interface LinkOptions extends BotSource {
  /** Only this tenant, which need not be one of the outputs. @default every tenant of the outputs */
  readonly tenant?: string;
  /** Open it in the browser. @default false */
  readonly open?: boolean;
}

/** Prints one link alone, so that it can be piped; several each behind their tenant. */
export async function consentLink(
  surroundings: Surroundings,
  options: LinkOptions,
): Promise<Report> {
  const { bot, issues } = await registeredBot(surroundings, options);
  if (bot === undefined) return { lines: [], issues };
  const { targets, issues: wrong } = consentTargets(bot, surroundings.env, options.tenant);
  if (wrong.length > 0) return { lines: [], issues: wrong };
  const missing = targets.filter(({ link }) => link === undefined);
  if (missing.length > 0) return { lines: [], issues: [noLink()] };
  const returns = checkReturn(bot, bot.replyUrls);
  const warnings = options.open === true ? await open(surroundings, targets) : [];
  return {
    lines: targets.length === 1 ? [targets[0]?.link ?? ""] : targets.map(lineOf),
    issues: returns,
    warnings,
    data: { appId: bot.appId, links: targets.map(({ tenant, link }) => ({ tenant, link })) },
  };
}

function lineOf({ tenant, link = "" }: ConsentTarget): string {
  return `${tenant}  ${link}`;
}

/** Opens the first: one window is what was asked for. */
async function open(
  surroundings: Surroundings,
  [first]: readonly ConsentTarget[],
): Promise<Issue[]> {
  const opened = first?.link !== undefined && (await openInBrowser(first.link, surroundings.env));
  if (opened) return [];
  return [
    {
      path: "--open",
      rule: "needs a browser that this machine can open",
      whose: "this package",
      fix: "Open the link by yourself.",
    },
  ];
}

function noLink(): Issue {
  return {
    path: "The bot",
    rule: "must have an Entra application that a person can consent to, and a managed identity has none",
    whose: "Microsoft Entra ID",
    fix: "Let an identity that may grant app roles assign them: consent.mode grant does.",
  };
}
