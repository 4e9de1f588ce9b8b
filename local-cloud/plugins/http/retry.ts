// Sends a request again when that is safe and likely to help, as the SDKs below the real providers do.
import { pause } from "../wire/cancellable.js";
import {
  ConnectionLost,
  type HttpClient,
  type HttpRequest,
  type HttpResponse,
} from "./http-client.js";

export interface RetryPolicy {
  readonly statuses: ReadonlySet<number>;
  /** The first request included. */
  readonly maxAttempts: number;
  /** First wait where the service names none; it doubles each time. */
  readonly baseMs: number;
  readonly maxMs: number;
  /** Whether a POST that was lost is repeated, although what it did is not known. @default false */
  readonly repeatsPosts?: true;
  /** Other answers that are worth another try. @default none */
  readonly also?: (response: HttpResponse) => boolean;
}

const IDEMPOTENT = new Set(["GET", "HEAD", "PUT", "PATCH", "DELETE"]);

/** The last answer, also when it still says "later". Throws ConnectionLost or the signal's reason. */
export async function sendWithRetry(
  client: HttpClient,
  request: HttpRequest,
  policy: RetryPolicy,
): Promise<HttpResponse> {
  for (let attempt = 1; ; attempt++) {
    const last = attempt >= policy.maxAttempts;
    const backOff = Math.min(policy.baseMs * 2 ** (attempt - 1), policy.maxMs);
    try {
      const response = await client.send(request);
      if (last || !worthAnother(response, policy)) return response;
      await pause(retryAfterMs(response) ?? backOff, request.signal);
    } catch (error) {
      const repeats = policy.repeatsPosts === true || IDEMPOTENT.has(request.method);
      if (last || !(error instanceof ConnectionLost) || !repeats) throw error;
      await pause(backOff, request.signal);
    }
  }
}

function worthAnother(response: HttpResponse, { statuses, also }: RetryPolicy): boolean {
  return statuses.has(response.status) || also?.(response) === true;
}

/** `Retry-After` in milliseconds, from seconds or an HTTP date (RFC 9110, section 10.2.3). */
export function retryAfterMs(
  response: Pick<HttpResponse, "header">,
  now: () => number = Date.now,
): number | undefined {
  const text = response.header("retry-after")?.trim();
  if (text === undefined || text === "") return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now());
}
