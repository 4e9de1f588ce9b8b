// Entra's error answers: an AADSTS number that people search for, in the shape that MSAL reads.
import { randomUUID } from "node:crypto";

export interface EntraError {
  readonly status: number;
  /** OAuth error, such as `invalid_client`. */
  readonly error: string;
  /** The number behind `AADSTS`. */
  readonly number: number;
  readonly text: string;
}

export function entraErrorResponse(problem: EntraError, now: Date): Response {
  const traceId = randomUUID();
  const correlationId = randomUUID();
  const timestamp = `${now.toISOString().slice(0, 19).replace("T", " ")}Z`;
  const body = {
    error: problem.error,
    error_description: `AADSTS${problem.number}: ${problem.text} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [problem.number],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${problem.number}`,
  };
  return Response.json(body, {
    status: problem.status,
    headers: { "Cache-Control": "no-store", Pragma: "no-cache" },
  });
}
