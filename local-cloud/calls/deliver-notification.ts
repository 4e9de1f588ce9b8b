// A notification on its way to a bot: signed, sent on where the bot answers with a redirect, and sent again where nobody answered.
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Call, CallTiming } from "./call.js";
import type { Notification } from "./notification-bodies.js";
import { type Posted, postNotification } from "./post-notification.js";
import type { Timeline } from "./timeline.js";

/** How a notification proves where it comes from: a token, or none where there is undefined. */
export type Proof = (call: Call) => Promise<string | undefined>;

/** Where an address of a bot leads, or why nothing can be sent there; `redirected` when a bot named it in a Location. */
export type RouteTo = (
  address: string,
  redirected: boolean,
) => { readonly url: URL } | { readonly problem: string };

export interface Delivery {
  readonly call: Call;
  readonly notification: Notification;
  readonly timeline: Timeline;
  readonly proof: Proof;
  readonly routeTo: RouteTo;
  readonly timing: CallTiming;
  /** Ends every attempt. */
  readonly signal: AbortSignal;
  /** Milliseconds for all attempts together. @default timing.notificationMs */
  readonly limitMs?: number;
}

/** An address that nothing is sent to from here. */
export const ELSEWHERE = "ELSEWHERE";

/** "Redirects for region affinity": 302; the samples of the SDK answer 307. */
const REDIRECTS = [302, 307];
const MOST_REDIRECTS = 3;
/** UNVERIFIED how often and how soon the real service tries again. */
const MOST_ATTEMPTS = 3;

/** Sends it until somebody answers, and returns the last answer. Every attempt is in the timeline. */
export async function deliverNotification(delivery: Delivery): Promise<Posted> {
  const { call, timing, timeline, signal } = delivery;
  const until = timeline.now() + (delivery.limitMs ?? timing.notificationMs);
  const body = JSON.stringify(delivery.notification.body);
  let address = call.callbackUri ?? call.webhook;
  let redirects = 0;
  for (let attempt = 1; ; ) {
    const posted = await attemptAt(delivery, { address, redirected: redirects > 0 }, body, until);
    const { status = 0, location } = posted;
    if (REDIRECTS.includes(status) && location !== undefined && redirects < MOST_REDIRECTS) {
      redirects += 1;
      const next = URL.canParse(location, address) ? new URL(location, address).href : undefined;
      if (next === undefined) return posted;
      address = next;
      continue;
    }
    const again = posted.failure !== undefined || status >= 500;
    if (posted.failure === ELSEWHERE) return posted;
    const wait = timing.retryMs * attempt;
    if (!again || attempt === MOST_ATTEMPTS || signal.aborted) return posted;
    if (timeline.now() + wait >= until) return posted;
    attempt += 1;
    await pause(wait, undefined, { signal }).catch(() => {});
  }
}

async function attemptAt(
  { call, notification: { what }, timeline, proof, routeTo, signal }: Delivery,
  { address, redirected }: { readonly address: string; readonly redirected: boolean },
  body: string,
  until: number,
): Promise<Posted> {
  const at = timeline.now();
  const route = routeTo(address, redirected);
  const token = await proof(call);
  const posted: Posted =
    "problem" in route
      ? { failure: route.problem, milliseconds: 0 }
      : await postNotification({
          url: route.url,
          headers: headersOf(call, token),
          body,
          limitMs: Math.max(1, until - at),
          signal,
        });
  const url = "problem" in route ? address : route.url.href;
  timeline.add({ kind: "sent", what, url, ...posted }, at);
  return posted;
}

/** As they come from the real service (repository MicrosoftDocs/msteams-docs, issue 9170). */
function headersOf(call: Call, token: string | undefined): Record<string, string> {
  return {
    "Content-Type": "application/json",
    Accept: "application/json",
    "User-Agent": "Microsoft-Skype/3.0,(Calling/1.0)",
    "Scenario-Id": call.callChainId,
    "X-Microsoft-Skype-Chain-ID": call.callChainId,
    "X-Microsoft-Skype-Message-ID": randomUUID(),
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
  };
}
