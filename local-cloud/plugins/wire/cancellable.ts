// Waiting and timing out, so that Ctrl-C is answered at once.
import { setMaxListeners } from "node:events";

/** A controller whose signal any number of operations may listen to at the same time. */
export function sharedController(): AbortController {
  const controller = new AbortController();
  // Node warns on stderr from the eleventh listener on.
  setMaxListeners(0, controller.signal);
  return controller;
}

/** Waits. Rejects as soon as the signal aborts. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", stop, { once: true });
  });
}

/** The promise, unless the signal aborts first; the promise itself goes on, for whoever else awaits it. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return await new Promise<T>((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

/** The operation took longer than its timeout (resource option `customTimeouts`). */
class TimedOut extends Error {
  constructor() {
    super("operation timed out");
  }
}

/** The engine gave the operation up, e.g. after Ctrl-C. */
export class Cancelled extends Error {
  constructor() {
    super("operation cancelled");
  }
}

/** A signal that aborts with any of the given ones or after the timeout; `release` must be called at the end. */
export function limitedSignal(
  seconds: number,
  signals: readonly AbortSignal[],
): { signal: AbortSignal; release: () => void } {
  const controller = sharedController();
  const stops = signals.map((signal) => {
    const stop = () => controller.abort(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    return () => signal.removeEventListener("abort", stop);
  });
  // Node's timers hold at most 2^31 - 1 milliseconds, which is 24 days.
  const milliseconds = Math.min(seconds * 1000, 2 ** 31 - 1);
  const timer = setTimeout(() => controller.abort(new TimedOut()), milliseconds);
  return {
    signal: controller.signal,
    release: () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    },
  };
}
