// A reading of a service that failed, and whether to try it again: the same for Microsoft Graph and Azure Resource Manager.
import type { z } from "zod";
import { ReadProblem } from "./consent-unknown.js";

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

/** What an HTTP status says of the reading; -1 stands for no answer at all. */
export function problemOfStatus(status: number): ReadProblem {
  if (status === 401) return ReadProblem.SignIn;
  if (status === 403) return ReadProblem.Forbidden;
  if (status === 429) return ReadProblem.Throttled;
  if (status >= 500) return ReadProblem.Unavailable;
  return status === -1 ? ReadProblem.Offline : ReadProblem.Unexpected;
}

const TRIES = 3;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Milliseconds to wait before the next try; undefined when there should be none: somebody waits for the answer, so nobody
 * sits out a Retry-After of minutes. No answer at all (-1) is tried once more: a service closes a connection that was kept
 * just when it is used again.
 * @param attempt the number of the try that failed, from 1
 */
export function pauseBeforeRetry(
  status: number,
  retryAfter: string | null,
  attempt: number,
): number | undefined {
  if (status === -1) return attempt === 1 ? FIRST_PAUSE_MS : undefined;
  if (attempt >= TRIES || ![429, 500, 502, 503, 504].includes(status)) return undefined;
  const seconds = Number(retryAfter ?? Number.NaN);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : FIRST_PAUSE_MS * 2 ** (attempt - 1);
  return wait > LONGEST_PAUSE_MS ? undefined : wait;
}

/** What a service answered, when it has the shape that is expected of it. @throws ReadError */
export function parseAnswer<Schema extends z.ZodType>(
  schema: Schema,
  answer: unknown,
): z.output<Schema> {
  const result = schema.safeParse(answer);
  if (!result.success) throw new ReadError(ReadProblem.Unexpected, { cause: result.error });
  return result.data;
}
