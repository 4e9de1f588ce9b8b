// Reads that never outlast their time, and fail with a reason that a person can act on.

import { setTimeout as pause } from "node:timers/promises";
import { type Client, GraphError, RetryHandlerOptions } from "@microsoft/microsoft-graph-client";
import { ReadProblem } from "../rules/consent-unknown.js";
import { pauseBeforeRetry, problemOfStatus, ReadError } from "../rules/read-error.js";

/** Gives `read` until `milliseconds` have passed; then its signal ends it with a ReadError. */
export async function readWithin<T>(
  milliseconds: number,
  read: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const signal = AbortSignal.timeout(milliseconds);
  try {
    return await read(signal);
  } catch (error) {
    throw error instanceof ReadError ? error : readError(error, signal);
  }
}

/** Waits, and is ended by `signal`. */
export async function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal });
}

/**
 * One GET. Throttling and failures of the service are tried again, as often and as long as makes sense for somebody who
 * waits: the client's own retries would sit out any Retry-After, and keep the process alive for it.
 * `undefined` stands for 404.
 * @throws ReadError
 */
export async function getOrNothing(
  client: Client,
  path: string,
  signal: AbortSignal,
): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client
        .api(path)
        .middlewareOptions([new RetryHandlerOptions(0, 0)])
        .option("signal", signal)
        .get();
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      const wait = pauseBeforeRetry(statusOf(error), retryAfterOf(error), attempt);
      if (wait === undefined || signal.aborted) throw readError(error, signal);
      await pauseFor(wait, signal).catch((reason) => {
        throw readError(reason, signal);
      });
    }
  }
}

function statusOf(error: unknown): number {
  return error instanceof GraphError ? error.statusCode : -1;
}

function retryAfterOf(error: unknown): string | null {
  return error instanceof GraphError ? (error.headers?.get("Retry-After") ?? null) : null;
}

function readError(error: unknown, signal: AbortSignal): ReadError {
  return new ReadError(signal.aborted ? ReadProblem.TimedOut : problemOfStatus(statusOf(error)), {
    cause: error,
  });
}
