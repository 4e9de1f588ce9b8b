// What a bot is told of a call: one notification after the other, in the order in which things happened.
import type { ActiveCall } from "./active-call.js";
import type { CallTiming } from "./call.js";
import { deliverNotification, type RouteTo } from "./deliver-notification.js";
import type { Notification } from "./notification-bodies.js";
import type { Posted } from "./post-notification.js";

/** How notifications reach bots. */
export interface Delivery {
  readonly routeTo: RouteTo;
  readonly timing: CallTiming;
}

/** Tells at once, and what the bot answered. @param limitMs for all attempts together. @default that of the timing */
export function tellNow(
  { call, timeline, proof, stop }: ActiveCall,
  notification: Notification,
  { routeTo, timing }: Delivery,
  limitMs?: number,
): Promise<Posted> {
  const limit = limitMs === undefined ? {} : { limitMs };
  const { signal } = stop;
  return deliverNotification({
    call,
    notification,
    timeline,
    proof,
    routeTo,
    timing,
    signal,
    ...limit,
  });
}

/** Tells when everything before has been told. */
export function tellNext(active: ActiveCall, notification: Notification, delivery: Delivery): void {
  active.queue = active.queue.then(() => tellNow(active, notification, delivery));
}
