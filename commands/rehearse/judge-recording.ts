// A call that is recorded by policy: the bot has to say so before it keeps anything ("call: updateRecordingStatus"). What it keeps
// cannot be seen from outside; whether it said so can.
import { fail, type Outcome, pass } from "../checks/check.js";
import { receivedEvents } from "./judge-answer.js";
import { realCall, sentEvents } from "./judge-delivery.js";
import type { RehearsedCall } from "./rehearsed-call.js";

export function judgeRecording(calls: readonly RehearsedCall[]): Outcome | undefined {
  const call = realCall(calls);
  if (call === undefined || call.kind !== "policy-recording") return undefined;
  const established = sentEvents(call.events).find(({ what }) => what === "established");
  if (established === undefined) return undefined;
  const reports = receivedEvents(call, "updateRecordingStatus");
  const accepted = reports.find(({ status }) => status < 300);
  const stayed = (call.events.at(-1)?.at ?? established.at) - established.at;
  if (accepted === undefined) {
    const tried =
      reports.length > 0
        ? "had no success with updateRecordingStatus"
        : "never called updateRecordingStatus";
    return fail(
      `The bot was in a call that is recorded by policy for ${(stayed / 1000).toFixed(1)} s and ${tried}.`,
      "Call updateRecordingStatus with `recording` as soon as the call is established, wait for its success, and keep nothing of the call, nor anything derived from it, before that. If it fails, keep nothing and hang up.",
    );
  }
  const after = accepted.at - established.at;
  return pass(
    `Recording was reported ${(after / 1000).toFixed(1)} s after the call was established. What the bot keeps before that cannot be seen from outside.`,
    { milliseconds: after },
  );
}
