// What a failed sign-in means. @azure/identity words each credential's failure in its own way; the AADSTS number in it is
// what stays ("Microsoft Entra authentication and authorization error codes").
import { ReadProblem } from "../rules/consent-unknown.js";

const BY_NUMBER: Readonly<Record<string, ReadProblem>> = {
  7000215: ReadProblem.WrongSecret,
  7000222: ReadProblem.ExpiredSecret,
  700016: ReadProblem.NoSuchApplication,
  // What other tenants answer for a multi-tenant application until somebody has consented there.
  7000229: ReadProblem.NoSuchApplication,
  7000112: ReadProblem.DisabledApplication,
  // A person who is no guest of the tenant that was asked for.
  50020: ReadProblem.OtherTenant,
  90072: ReadProblem.OtherTenant,
  90002: ReadProblem.NoSuchTenant,
  90009: ReadProblem.Unavailable,
  90033: ReadProblem.Unavailable,
  500011: ReadProblem.Unexpected,
};

const OFFLINE =
  /network_error|endpoints_resolution_error|ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|socket hang up|certificate|fetch failed/i;

/** The problem behind an error that a credential threw. */
export function signInProblem(error: unknown, signal: AbortSignal): ReadProblem {
  if (signal.aborted) return ReadProblem.TimedOut;
  const text = messagesOf(error);
  const [, number = ""] = /AADSTS(\d+)/.exec(text) ?? [];
  const known = Object.hasOwn(BY_NUMBER, number) ? BY_NUMBER[number] : undefined;
  if (known !== undefined) return known;
  if (/\b429\b|too many requests/i.test(text)) return ReadProblem.Throttled;
  // A chain of credentials tries addresses that are nowhere to be found on most machines: that is no network down.
  const chain = error instanceof Error && error.name === "AggregateAuthenticationError";
  if (!chain && OFFLINE.test(text)) return ReadProblem.Offline;
  return ReadProblem.SignIn;
}

/** Everything that an error and its causes say, with their codes. */
export function messagesOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = Reflect.get(error, "errorCode") ?? Reflect.get(error, "code") ?? "";
  const cause = error.cause === undefined ? "" : messagesOf(error.cause);
  return `${error.message} ${String(code)} ${cause}`;
}
