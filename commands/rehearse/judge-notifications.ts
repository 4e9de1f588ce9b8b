// What happens once a call is there: notifications that the bot leaves lying, and requests that it should not have made.
import { fail, type Outcome, pass, warn } from "../checks/check.js";
import { receivedEvents } from "./judge-answer.js";
import { realCall, sentEvents } from "./judge-delivery.js";
import { adviceFor } from "./refusal-advice.js";
import type { RehearsedCall } from "./rehearsed-call.js";

/** Everything after the incoming call. */
export function judgeNotifications(calls: readonly RehearsedCall[]): Outcome | undefined {
  const call = realCall(calls);
  const later = sentEvents(call?.events ?? []).filter(({ what }) => !what.startsWith("incoming"));
  if (call === undefined || later.length === 0) return undefined;
  if (call.end === undefined) {
    return fail(
      "The call was not over within the limit: the bot holds up its notifications.",
      "Answer every notification at once with 200 or 202 and no body.",
    );
  }
  const bad = later.find(({ status = 500, failure }) => status >= 300 && failure !== "STOPPED");
  if (bad === undefined) return pass(`All ${later.length} notifications of the call were taken.`);
  const how = bad.status === undefined ? `not answered (${bad.failure})` : `answered ${bad.status}`;
  return fail(
    `The notification "${bad.what}" was ${how}.`,
    bad.status === 401 || bad.status === 403
      ? "Every notification carries a token of its own; check each in the same way."
      : "Answer every notification at once with 200 or 202, also those that mean nothing to the bot.",
    { what: bad.what, status: bad.status ?? null },
  );
}

/** Requests other than those that are judged by themselves: the answer, and the status of a recording that a policy asks for. */
export function judgeRequests(calls: readonly RehearsedCall[]): Outcome | undefined {
  const call = realCall(calls);
  const requests = call === undefined ? [] : receivedEvents(call);
  const judged =
    call?.kind === "policy-recording" ? ["answer", "updateRecordingStatus"] : ["answer"];
  const others = requests.filter(({ action }) => !judged.includes(action));
  if (call === undefined || requests.length === 0) return undefined;
  const refused = others.find(({ status }) => status >= 400);
  if (refused === undefined) {
    return others.length === 0 ? undefined : pass(`Microsoft Graph accepted ${textOf(others)}.`);
  }
  const { status, action, code = "", message = "" } = refused;
  const judge = status === 501 ? warn : fail;
  return judge(
    `Microsoft Graph refused ${action}: ${status} ${code}: ${message}`,
    adviceFor(refused),
    { action, status, code },
  );
}

function textOf(requests: readonly { readonly action: string }[]): string {
  return [...new Set(requests.map(({ action }) => action))].join(", ");
}
