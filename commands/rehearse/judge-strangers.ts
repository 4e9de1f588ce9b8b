// Anybody can reach a webhook. A bot that does not look at the token takes calls from all of them.
import { fail, type Outcome, pass, skip } from "../checks/check.js";
import { incomingEvents, isTaken, realCall } from "./judge-delivery.js";
import { CALLERS, type RehearsedCall } from "./rehearsed-call.js";

export function judgeStrangers(calls: readonly RehearsedCall[]): Outcome {
  const strangers = calls.filter(({ proof }) => proof !== "right");
  // Of the incoming call alone: what a bot says to the end of a call that it took does not undo that it took it.
  const statuses = strangers.map((call) => ({
    proof: call.proof,
    status: incomingEvents(call).at(-1)?.status,
    asked: call.events.some((event) => event.kind === "received"),
  }));
  const evidence = Object.fromEntries(statuses.map(({ proof, status }) => [proof, status ?? null]));
  const letIn = statuses.filter(({ status = 0 }) => status >= 200 && status < 300);
  if (letIn.length > 0) {
    const acted = letIn.some(({ asked }) => asked) ? " and acts on it" : "";
    return fail(
      `The bot takes a call of ${letIn.map(({ proof }) => CALLERS[proof]).join(", and of ")}${acted}.`,
      "Validate the bearer token of every notification before anything else (signature by the keys of the OpenID document, issuer https://api.botframework.com, audience the bot's app id, expiry, tenant), and answer 401.",
      evidence,
    );
  }
  const refused = statuses.filter(({ status }) => status === 401 || status === 403);
  const real = realCall(calls);
  if (real === undefined || !isTaken(real)) {
    return skip(
      refused.length > 0
        ? "The bot refuses everybody, so nobody can tell whether it looks at the token."
        : "No notification was taken, so nobody can tell whether the bot looks at the token.",
      "Repair what else is found first.",
      evidence,
    );
  }
  if (refused.length === statuses.length) {
    return pass(
      "Strangers are refused: without a token, with a forged one, with another bot's, with one of another issuer, with an expired one.",
      evidence,
    );
  }
  const others = statuses.map(({ status }) => status ?? "no answer").join(", ");
  return fail(
    `The bot does not refuse strangers with 401 or 403, but with ${others}.`,
    "Check the token before the body is read, and answer 401 when it is missing or wrong.",
    evidence,
  );
}
