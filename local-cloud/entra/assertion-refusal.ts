// What Entra says of an assertion that does not verify, whoever signed it.
import { errors } from "jose";
import { type EntraError, invalidClient } from "./entra-errors.js";

/** Clocks may differ by this much (seconds); how much Entra allows is not documented for these tokens. */
export const CLOCK_TOLERANCE = 300;

export function refusedAssertion(error: unknown, now: Date): EntraError {
  if (error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed) {
    return invalidClient(
      700024,
      `Client assertion is not within its valid time range. Current time: ${now.toISOString()}.`,
    );
  }
  return invalidClient(700027, "Client assertion contains an invalid signature.");
}
