// A call that goes on: what belongs to it while it lasts.
import type { Call, CallEnd } from "./call.js";
import type { Proof } from "./deliver-notification.js";
import type { IncomingCall } from "./incoming-call.js";
import { Timeline } from "./timeline.js";

export interface ActiveCall {
  readonly call: Call;
  readonly timeline: Timeline;
  readonly stop: AbortController;
  readonly timers: Set<NodeJS.Timeout>;
  readonly hangUpWhenRefused: boolean;
  readonly refuseRecordingStatus: boolean;
  readonly proof: Proof;
  /** The last notification under way: the next one waits for it. */
  queue: Promise<unknown>;
  readonly settle: (end: CallEnd) => void;
  readonly ended: Promise<CallEnd>;
}

export function activeCall(
  call: Call,
  {
    proof,
    hangUpWhenRefused = false,
    refuseRecordingStatus = false,
  }: Partial<IncomingCall> & { readonly proof: Proof },
): ActiveCall {
  let settle: (end: CallEnd) => void = () => {};
  const ended = new Promise<CallEnd>((resolve) => {
    settle = resolve;
  });
  return {
    call,
    timeline: new Timeline(),
    stop: new AbortController(),
    timers: new Set(),
    proof,
    hangUpWhenRefused,
    refuseRecordingStatus,
    queue: Promise.resolve(),
    settle,
    ended,
  };
}

/** Does something later, unless the call has ended or gone on by then. */
export function after(active: ActiveCall, milliseconds: number, work: () => void): void {
  const timer = setTimeout(() => {
    active.timers.delete(timer);
    work();
  }, milliseconds);
  active.timers.add(timer);
}

export function forgetTimers({ timers }: ActiveCall): void {
  for (const timer of timers) clearTimeout(timer);
  timers.clear();
}
