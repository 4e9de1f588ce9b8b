// Whether the call was answered before the deadline, and if not, why.
import type { CallKind, CallTiming } from "../../local-cloud/calls/call.js";
import type { ReceivedEvent } from "../../local-cloud/calls/timeline.js";
import { fail, type Outcome, pass, warn } from "../checks/check.js";
import { incomingEvents, isTaken, realCall } from "./judge-delivery.js";
import type { Stage } from "./judge-token.js";
import { adviceFor } from "./refusal-advice.js";
import type { RehearsedCall } from "./rehearsed-call.js";

/** What a bot may do with a call that rings; the names are those of Graph's operations. */
export type Expectation = "answer" | "reject" | "redirect";

/** As the timeline names a notification in the format from before Graph. */
const LEGACY_WHAT = "incoming call, legacy format";

export function receivedEvents({ events }: RehearsedCall, action?: string): ReceivedEvent[] {
  return events
    .filter((event) => event.kind === "received")
    .filter((event) => action === undefined || event.action === action);
}

export function judgeAnswer(
  calls: readonly RehearsedCall[],
  { rehearsal: { timing, graph }, expect }: Stage,
): Outcome {
  const call = realCall(calls);
  if (call === undefined) return nothingTaken();
  const limit = limitOf(call.kind, timing);
  const [decided] = DECISIONS.flatMap((done) =>
    receivedEvents(call, done).flatMap(({ status, at }) => (status < 300 ? [{ done, at }] : [])),
  );
  if (decided !== undefined) {
    const { done, at } = decided;
    return done === expect ? judgeTime(done, at, limit) : decidedOtherwise(done, expect);
  }
  const answers = receivedEvents(call, expect);
  const late = answers.find(({ at }) => at > limit);
  if (late !== undefined) {
    return fail(
      `The bot answered after ${seconds(late.at)}, when the call was over: it has ${seconds(limit)}.`,
      "Answer first and do everything else afterwards. What takes long before the answer is often the first sign-in, a cold start, or a look-up of who calls.",
      { milliseconds: late.at },
    );
  }
  const [refused] = answers;
  if (refused !== undefined) {
    const { status, code = "", message = "" } = refused;
    return fail(
      `Microsoft Graph refused the answer: ${status} ${code}: ${message}`,
      adviceFor(refused),
      { status, code },
    );
  }
  if (!isTaken(call)) return nothingTaken();
  const last = incomingEvents(call).at(-1);
  if (last?.what === LEGACY_WHAT) {
    return fail(
      `The bot answers ${last.status} to the legacy format, which asks for no other: it never saw a call that it can answer.`,
      "Answer the legacy format with 204 and no body: 204 asks for Graph's format, in which the call comes again at once.",
      { status: last.status ?? null },
    );
  }
  return fail(
    "The bot took the notification and asked Microsoft Graph for nothing: the call rang until the deadline.",
    `Answer with POST /communications/calls/{id}/answer. If it did, it went elsewhere: set its address of Microsoft Graph to ${graph}/v1.0, and look into its log for a sign-in that failed.`,
  );
}

/** Other results say why; this one keeps a rehearsal without a call from passing. */
function nothingTaken(): Outcome {
  return fail(
    "No call was taken, so none was answered.",
    "Repair what else is found first: the results above say where the notification was lost.",
  );
}

function limitOf(kind: CallKind, { answerMs, policyAnswerMs }: CallTiming): number {
  return kind === "policy-recording" ? policyAnswerMs : answerMs;
}

const DECISIONS: readonly Expectation[] = ["answer", "reject", "redirect"];

const DONE: Readonly<Record<Expectation, string>> = {
  answer: "answered",
  reject: "rejected",
  redirect: "sent on to somebody else",
};

/** Whoever waits for an answer hears none, whatever the bot meant by it. */
function decidedOtherwise(done: Expectation, expected: Expectation): Outcome {
  return fail(
    `The call was ${DONE[done]}, and should have been ${DONE[expected]}.`,
    `Look in the bot's log why. If it is what the bot should do with this caller, rehearse it with --expect ${done}.`,
    { done, expected },
  );
}

function judgeTime(done: Expectation, at: number, limit: number): Outcome {
  const finding = `The call was ${DONE[done]} after ${seconds(at)} of ${seconds(limit)}.`;
  return at <= limit / 2
    ? pass(finding, { milliseconds: at })
    : warn(
        finding,
        "That is close, and Teams is further away than this machine. Sign in before there is a call, and answer before anything else.",
        { milliseconds: at },
      );
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
