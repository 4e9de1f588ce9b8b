// Headers that every answer of Resource Manager carries. Strict-Transport-Security, which the real one sends, is left
// out: a browser would from then on refuse every http://localhost.
import { randomUUID } from "node:crypto";

/** What is left of a subscription's hourly allowance: never less, as nothing is throttled unless told to. */
const REMAINING: Readonly<Record<string, [header: string, left: string]>> = {
  GET: ["x-ms-ratelimit-remaining-subscription-reads", "11999"],
  HEAD: ["x-ms-ratelimit-remaining-subscription-reads", "11999"],
  DELETE: ["x-ms-ratelimit-remaining-subscription-deletes", "14999"],
};
const REMAINING_WRITES = ["x-ms-ratelimit-remaining-subscription-writes", "1199"] as const;

export function withArmHeaders(answer: Response, request: Request, now: Date): Response {
  const { headers } = answer;
  const id = randomUUID();
  const correlationId = request.headers.get("x-ms-correlation-request-id") ?? id;
  const time = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const [allowance, left] = REMAINING[request.method] ?? REMAINING_WRITES;
  headers.set("Cache-Control", "no-cache");
  headers.set("Pragma", "no-cache");
  headers.set("Expires", "-1");
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("x-ms-request-id", id);
  headers.set("x-ms-correlation-request-id", correlationId);
  headers.set("x-ms-routing-request-id", `LOCAL:${time}:${correlationId}`);
  headers.set(allowance, left);
  const clientId = request.headers.get("x-ms-client-request-id");
  if (clientId !== null && request.headers.get("x-ms-return-client-request-id") === "true") {
    headers.set("x-ms-client-request-id", clientId);
  }
  return answer;
}
