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
  const succeeded = reports.filter(({ status }) => status < 300);
  const accepted = succeeded.find(({ recording }) => recording === "recording");
  const stayed = (call.events.at(-1)?.at ?? established.at) - established.at;
  const during = `for ${(stayed / 1000).toFixed(1)} s`;
  if (accepted === undefined && reports.length === 0) {
    return fail(
      `The bot was in a call that is recorded by policy ${during} and never called updateRecordingStatus.`,
      "Call updateRecordingStatus with `recording` as soon as the call is established, wait for its success, and keep nothing of the call, nor anything derived from it, before that.",
    );
  }
  const other = succeeded.at(-1)?.recording;
  if (accepted === undefined && other !== undefined) {
    return fail(
      `The bot was in a call that is recorded by policy ${during} and reported \`${other}\`, never \`recording\`.`,
      "Call updateRecordingStatus with `recording` before anything is kept; `notRecording` and `failed` say that nothing is. Where the recorder did not start, the bot's log says why.",
      { recording: other },
    );
  }
  if (accepted === undefined) {
    const { status, code = "", message = "" } = reports.at(-1) ?? { status: 0 };
    const evidence = { status, code };
    const refusal = `${status} ${code}: ${message}`;
    return call.end === "hungUpByBot"
      ? pass(`updateRecordingStatus had no success (${refusal}), and the bot hung up.`, evidence)
      : fail(
          `updateRecordingStatus had no success (${refusal}), and the bot stayed in the call ${during}.`,
          "Keep nothing while there is no success: try again, and hang up when it stays so. What is kept of a call without it breaks Microsoft's terms of use.",
          evidence,
        );
  }
  const after = accepted.at - established.at;
  return pass(
    `Recording was reported ${(after / 1000).toFixed(1)} s after the call was established. What the bot keeps before that cannot be seen from outside.`,
    { milliseconds: after },
  );
}
