// Whether notifications arrive at all, and what is wrong with the way there.

import { ELSEWHERE } from "../../local-cloud/calls/deliver-notification.js";
import type { CallEvent, SentEvent } from "../../local-cloud/calls/timeline.js";
import { fail, type Outcome, pass, warn } from "../checks/check.js";
import { unreached } from "./judge-silence.js";
import type { Stage } from "./judge-token.js";
import type { RehearsedCall } from "./rehearsed-call.js";

export function sentEvents(events: readonly CallEvent[]): SentEvent[] {
  return events.filter((event) => event.kind === "sent");
}

/** Notifications of the incoming call itself, in either format, with every redirect and repetition. */
export function incomingEvents({ events }: RehearsedCall): SentEvent[] {
  return sentEvents(events).filter(({ what }) => what.startsWith("incoming call"));
}

/** Whether the notification of the call was taken in the end; a redirect on the way there does not count. */
export function isTaken(call: RehearsedCall): boolean {
  const { status = 0 } = incomingEvents(call).at(-1) ?? {};
  return status >= 200 && status < 300;
}

/** The call of the calling service itself; undefined where nobody was reached before it. */
export function realCall(calls: readonly RehearsedCall[]): RehearsedCall | undefined {
  return calls.find(({ proof }) => proof === "right");
}

export function judgeDelivery(calls: readonly RehearsedCall[], { webhook }: Stage): Outcome {
  const sent = calls.flatMap(({ events }) => sentEvents(events));
  const failed = sent.find(({ failure }) => failure !== undefined && failure !== "STOPPED");
  const first = calls.flatMap(incomingEvents);
  const answered = first.some(({ status }) => status !== undefined);
  if (!answered) return unreached(webhook, failed?.failure ?? "STOPPED");
  const elsewhere = sent.find(({ failure }) => failure === ELSEWHERE);
  if (elsewhere !== undefined) {
    return fail(
      `The bot sends the call on to ${elsewhere.url.split(/[?#]/)[0]?.slice(0, 120)}, which is not on this machine.`,
      "If that is the bot in another region, let it answer here in a rehearsal. If it is a page on which people sign in, something in front of the bot asks for it: let this path through, Teams does not sign in.",
    );
  }
  const wrong = first.map((event) => judgeStatus(event)).find((outcome) => outcome !== undefined);
  if (wrong !== undefined) return wrong;
  const lost = judgeLast(calls, webhook);
  if (lost !== undefined) return lost;
  if (sent.some(({ tooLong }) => tooLong)) {
    return fail(
      "The webhook answers with more than 64 KB, which nobody reads.",
      "Answer notifications with a status and no body. If this is a page, something in front of the bot serves it.",
    );
  }
  const untrusted = sent.find((event) => event.untrusted !== undefined)?.untrusted;
  if (untrusted !== undefined) {
    return warn(
      `The webhook's certificate is none that Teams would trust (${untrusted}); on this machine it was let through.`,
      "Nothing to do here. In front of the bot that Teams calls stands a certificate of a public authority; verify checks it.",
    );
  }
  return pass("The webhook can be reached.");
}

/**
 * What became of the call of the calling service, or of the last one where it was never made because the bot had gone by then. Whatever
 * is no success is a failure here, but for 401 and 403, which are judged as refusals of the token.
 */
function judgeLast(calls: readonly RehearsedCall[], webhook: string): Outcome | undefined {
  const call = calls.at(-1);
  const last = call === undefined ? undefined : incomingEvents(call).at(-1);
  if (last?.status === undefined) return unreached(webhook, last?.failure ?? "TIMEOUT");
  const { status } = last;
  if (call === undefined || isTaken(call) || status === 401 || status === 403) return undefined;
  if (status >= 300 && status < 400) {
    return fail(
      `The webhook answers ${status}, and no address that it names takes the call.`,
      "Let the address in its Location take the call itself: one that leads back goes in a circle, and one that cannot be read leads nowhere.",
      { status },
    );
  }
  return fail(
    `The webhook answers ${status} to the notification of a call with a right token: no call is taken.`,
    status === 429
      ? "Something in the bot or in front of it limits requests: let this path through."
      : "Look into its log for what it could not read. The notification is JSON (Content-Type application/json); answer it with 202.",
    { status },
  );
}

/** A status with which a notification of an incoming call goes nowhere; 401 and 403 are judged by themselves. */
function judgeStatus({ status = 0, location, url }: SentEvent): Outcome | undefined {
  const { pathname } = new URL(url);
  if (status === 404 || status === 405) {
    return fail(
      `The webhook answers ${status}: nothing takes calls at ${pathname}.`,
      "Compare the path with the bot's route, letter for letter: a final slash may count.",
    );
  }
  if (status >= 500) {
    return fail(
      `The webhook answers ${status}: the bot failed at a notification.`,
      "Look into its log. Check the token first, take what cannot be read with 204 or 400, and do the rest after the answer.",
    );
  }
  if (status >= 300 && status < 400) {
    const to = location === undefined ? "nowhere" : location.split(/[?#]/)[0]?.slice(0, 120);
    return redirectFollowed(status, location)
      ? undefined
      : fail(
          `The webhook answers ${status} to ${to}, which is not followed.`,
          "Move a call to another instance with 302 and a Location. A redirect to a sign-in page or to https comes from something in front of the bot: let this path through.",
        );
  }
  return undefined;
}

function redirectFollowed(status: number, location: string | undefined): boolean {
  return (status === 302 || status === 307) && location !== undefined;
}
