// How many copies of a bot's process may run: it depends on where the bot keeps what it knows of its calls.
import { CallState } from "../bot-choices.js";
import type { Issue } from "../issue.js";

/** Copies that run when nothing is said: one where calls live in memory, two where one may fail. */
export function defaultInstances(callState: CallState): number {
  return callState === CallState.Memory ? 1 : 2;
}

/**
 * Issues of a number of copies. With calls in memory a notification must reach the copy that holds the call, and nothing
 * routes it there ("StateManagement", Graph Communications SDK); with a shared store one copy alone could not be replaced
 * while it is ill ("Monitor App Service instances by using Health check").
 */
export function checkInstances(
  path: string,
  instances: number | undefined,
  rules: { readonly callState: CallState; readonly most: number; readonly whose: string },
): Issue[] {
  if (instances === undefined) return [];
  const { callState, most, whose } = rules;
  const got = String(instances);
  if (callState === CallState.Memory && instances !== 1) {
    return [
      {
        path,
        rule: "must be 1 while the bot keeps its calls in memory, because a notification would reach an instance that does not know the call",
        whose: "Graph Communications SDK",
        got,
        fix: `Set it to 1, or keep calls in a store that all instances share and set callState to "${CallState.Shared}".`,
      },
    ];
  }
  if (callState === CallState.Shared && instances < 2) {
    return [
      {
        path,
        rule: "must be at least 2 when instances share what they know of calls, because a single one cannot be replaced while it is ill",
        whose,
        got,
        fix: "Raise it, or leave it out for 2.",
      },
    ];
  }
  if (Number.isInteger(instances) && instances <= most) return [];
  return [
    {
      path,
      rule: `must be a whole number of at most ${most}`,
      whose,
      got,
      fix: "Lower it, or choose a larger plan.",
    },
  ];
}
