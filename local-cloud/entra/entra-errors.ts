// Entra's error answers: an AADSTS number that people search for, in the shape that MSAL reads.
import { randomUUID } from "node:crypto";
import type { AnswerParameters } from "./reply-urls.js";

export interface EntraError {
  readonly status: number;
  /** OAuth error, such as `invalid_client`. */
  readonly error: string;
  /** The number behind `AADSTS`. */
  readonly number: number;
  readonly text: string;
}

/** The request itself is not as it has to be. */
export function invalidRequest(number: number, text: string): EntraError {
  return { status: 400, error: "invalid_request", number, text };
}

/** The client has not proved that it is the application. */
export function invalidClient(number: number, text: string): EntraError {
  return { status: 401, error: "invalid_client", number, text };
}

/** What the token endpoint answers: the body, or why there is none. */
export type TokenAnswer =
  | { readonly body: Readonly<Record<string, unknown>> }
  | { readonly problem: EntraError };

/** An error as it happened once: what somebody who asks for help is asked for. */
export interface ErrorEvent {
  readonly traceId: string;
  readonly correlationId: string;
  readonly timestamp: string;
}

export function newErrorEvent(now: Date): ErrorEvent {
  return {
    traceId: randomUUID(),
    correlationId: randomUUID(),
    timestamp: `${now.toISOString().slice(0, 19).replace("T", " ")}Z`,
  };
}

export function entraErrorResponse(problem: EntraError, now: Date): Response {
  const { traceId, correlationId, timestamp } = newErrorEvent(now);
  const body = {
    error: problem.error,
    error_description: `AADSTS${problem.number}: ${problem.text} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [problem.number],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: errorUri(problem),
  };
  return Response.json(body, {
    status: problem.status,
    headers: { "Cache-Control": "no-store", Pragma: "no-cache" },
  });
}

/** The error as parameters of a redirect (their order and line breaks: MicrosoftDocs/azure-docs, issue 114009). */
export function errorParameters(problem: EntraError, now: Date): AnswerParameters {
  const { traceId, correlationId, timestamp } = newErrorEvent(now);
  return {
    error: problem.error,
    error_description: [
      `AADSTS${problem.number}: ${problem.text}`,
      `Trace ID: ${traceId}`,
      `Correlation ID: ${correlationId}`,
      `Timestamp: ${timestamp}`,
    ].join("\r\n"),
    error_uri: errorUri(problem),
  };
}

function errorUri({ number }: EntraError): string {
  return `https://login.microsoftonline.com/error?code=${number}`;
}
