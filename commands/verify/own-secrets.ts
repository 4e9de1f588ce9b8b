// Which client secrets of an application are those that the stack made.
import type { RegisteredApplication } from "../../graph/registered-application.js";
import type { StackOutputs } from "../../rules/outputs.js";

/** While a secret is being replaced there are the old and the new one. */
export const MOST_SECRETS = 2;

type Secrets = RegisteredApplication["passwordCredentials"];

/**
 * Secrets that the stack may have made, of its current generation and the one before (one of each), and the others. Generation 0
 * bears a name of the stack's choice, so a secret without a number counts as one of it.
 */
export function secretsOf(bot: StackOutputs, secrets: Secrets): { own: Secrets; foreign: Secrets } {
  const { credentialGeneration: current } = bot;
  if (current === undefined) {
    return { own: secrets, foreign: secrets.slice(MOST_SECRETS) };
  }
  const own: Secrets = [];
  const foreign: Secrets = [];
  const seen = new Set<number>();
  for (const secret of secrets) {
    const [, number] = /\(generation (\d+)\)$/.exec(secret.displayName ?? "") ?? [];
    const generation = Number(number ?? 0);
    const isOwn = generation === current || generation === current - 1;
    // Which of two of one generation is the stack's cannot be told: neither is left out of who may sign in.
    if (isOwn) own.push(secret);
    if (!isOwn || seen.has(generation)) foreign.push(secret);
    seen.add(generation);
  }
  return { own, foreign };
}
