// Whether the webhook answers soon enough: a call is lost to a bot that wakes up too slowly.
import { type Check, fail, type Outcome, pass, skip, warn } from "../../checks/check.js";
import { type PostAnswer, PostFailure } from "../../probe/unsigned-post.js";
import { unlessExample } from "../example-webhook.js";
import type { VerifyContext } from "../verify-context.js";

/** How long a call waits for an answer ("call: answer" of Microsoft Graph). */
const CALL_MS = 15_000;
/** How long policy-based recording waits (the same page). */
const RECORDING_MS = 5_000;

export function judgeTime({ milliseconds }: PostAnswer): Outcome {
  const took = `${(milliseconds / 1000).toFixed(1)} s`;
  const evidence = { milliseconds };
  const advice =
    "Keep the process warm (Always On, at least one instance), answer the notification at once and do the work afterwards.";
  if (milliseconds > CALL_MS) {
    return fail(
      `The webhook took ${took}, and a call is answered within 15 s or not at all.`,
      advice,
      evidence,
    );
  }
  if (milliseconds > RECORDING_MS) {
    return warn(
      `The webhook took ${took}: too long for policy-based recording, which waits 5 s.`,
      advice,
      evidence,
    );
  }
  return pass(`The webhook answered after ${took}.`, evidence);
}

export const webhookTime: Check<VerifyContext> = {
  id: "webhook-time",
  title: "the webhook answers within 5 s, as policy-based recording demands; a call waits 15 s",
  measures: true,
  run: unlessExample(async ({ webhookAnswer }) => {
    try {
      return judgeTime(await webhookAnswer());
    } catch (error) {
      if (error instanceof PostFailure)
        return skip("There was no answer to measure.", "See webhook-answer.");
      throw error;
    }
  }),
};
