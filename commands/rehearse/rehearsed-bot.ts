// Which bot is called, and with which app roles: a stack's, or one that is registered nowhere.
import { isGuid } from "../../rules/guid.js";
import { type Issue, shown } from "../../rules/issue.js";
import { registeredBot } from "../registration/registered-bot.js";
import type { Surroundings } from "../surroundings.js";
import type { RehearseOptions } from "./rehearse.js";

/** For bots that were given no app id yet. Nothing in Entra has it. */
const REHEARSAL_APP_ID = "10ca1000-0000-4000-8000-0000000000b0";

export interface RehearsedBot {
  readonly appId: string;
  /** @default every Calls.* role */
  readonly appRoles?: readonly string[];
  readonly issues: readonly Issue[];
}

export async function rehearsedBot(
  surroundings: Surroundings,
  { appId, stack, outputs, bot }: RehearseOptions,
): Promise<RehearsedBot> {
  const own = appIdIssues(appId);
  if (stack === undefined && outputs === undefined) {
    return { appId: appId ?? REHEARSAL_APP_ID, issues: own };
  }
  const source = {
    ...(stack === undefined ? {} : { stack }),
    ...(outputs === undefined ? {} : { outputs }),
    ...(bot === undefined ? {} : { bot }),
  };
  const registered = await registeredBot(surroundings, source);
  return {
    appId: appId ?? registered.bot?.appId ?? REHEARSAL_APP_ID,
    appRoles: registered.bot?.permissions.map(({ value }) => value) ?? [],
    issues: [...own, ...registered.issues],
  };
}

function appIdIssues(appId: string | undefined): Issue[] {
  if (appId === undefined || isGuid(appId)) return [];
  const rule = "must be a GUID";
  const fix = "Copy the application (client) id from Entra or from the stack's output appId.";
  return [{ path: "--app-id", rule, whose: "Microsoft Entra ID", got: shown(appId), fix }];
}

/** http or https with a path; anything else would be no webhook. */
export function webhookIssues(webhook: string): Issue[] {
  const url = URL.canParse(webhook) ? new URL(webhook) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === "") return [];
  return [
    {
      path: "--webhook",
      rule: "must be an http or https address",
      whose: "this package",
      got: shown(webhook),
      fix: "Give the address at which the bot takes calls on this machine, such as http://localhost:9441/api/calling.",
    },
  ];
}
