// What an `app` command knows of the registration: from its options, or from the outputs of a stack.
import type { Cloud } from "../../rules/clouds.js";
import { checkGuid } from "../../rules/guid.js";
import type { Issue } from "../../rules/issue.js";
import { type BotSource, registeredBot } from "../registration/registered-bot.js";
import type { Surroundings } from "../surroundings.js";

/** Without an app id and a source nothing is known. */
export interface RegistrationOptions extends BotSource {
  readonly appId?: string;
  readonly cloud?: Cloud;
}

export interface RegistrationFacts {
  readonly appId?: string;
  readonly cloud?: Cloud;
}

/** The facts that were given; an option beats the outputs. */
export async function registrationFacts(
  surroundings: Surroundings,
  { appId, cloud, ...source }: RegistrationOptions,
): Promise<{ facts: RegistrationFacts; issues: Issue[] }> {
  const stated = {
    ...(appId === undefined ? {} : { appId }),
    ...(cloud === undefined ? {} : { cloud }),
  };
  if (source.stack === undefined && source.outputs === undefined) {
    const issues = appId === undefined ? [] : checkGuid("--app-id", appId, "the bot's app id");
    return { facts: stated, issues };
  }
  const { bot, issues } = await registeredBot(surroundings, source);
  if (bot === undefined) return { facts: stated, issues };
  return { facts: { appId: bot.appId, cloud: bot.cloud, ...stated }, issues: [] };
}
