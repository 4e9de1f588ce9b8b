// Reads that never outlast their time, and fail with a reason that a person can act on.

import { setTimeout as pause } from "node:timers/promises";
import { type Client, GraphError, RetryHandlerOptions } from "@microsoft/microsoft-graph-client";
import { ReadProblem } from "../rules/consent-unknown.js";

/** Nothing could be read. */
export class ReadError extends Error {
  override readonly name = "ReadError";
  constructor(
    readonly problem: ReadProblem,
    options?: ErrorOptions,
  ) {
    super(`reading failed: ${problem}`, options);
  }
}

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

const TRIES = 3;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

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
      const wait = attempt < TRIES ? pauseAfter(error, attempt) : undefined;
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

/** How long to wait before the next try; undefined when there should be none. */
function pauseAfter(error: unknown, attempt: number): number | undefined {
  if (![429, 500, 502, 503, 504].includes(statusOf(error))) return undefined;
  const asked = error instanceof GraphError ? error.headers?.get("Retry-After") : undefined;
  const seconds = Number(asked ?? Number.NaN);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : FIRST_PAUSE_MS * 2 ** (attempt - 1);
  return wait > LONGEST_PAUSE_MS ? undefined : wait;
}

function readError(error: unknown, signal: AbortSignal): ReadError {
  return new ReadError(signal.aborted ? ReadProblem.TimedOut : problemOf(statusOf(error)), {
    cause: error,
  });
}

function problemOf(status: number): ReadProblem {
  if (status === 401) return ReadProblem.SignIn;
  if (status === 403) return ReadProblem.Forbidden;
  if (status === 429) return ReadProblem.Throttled;
  if (status >= 500) return ReadProblem.Unavailable;
  return status === -1 ? ReadProblem.Offline : ReadProblem.Unexpected;
}
