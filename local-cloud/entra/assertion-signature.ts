// Whether an assertion was signed by a key and is in time, whoever signed it, and what Entra says when it was not.
import { errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import { type EntraError, invalidClient } from "./entra-errors.js";

/** Clocks may differ by this much (seconds); how much Entra allows is not documented for these tokens. */
const CLOCK_TOLERANCE = 300;

/** What is wrong with it; undefined when it is good. */
export async function checkSignature(
  assertion: string,
  keyOf: JWTVerifyGetKey,
  { algorithms, now }: { readonly algorithms: string[]; readonly now: Date },
): Promise<EntraError | undefined> {
  try {
    await jwtVerify(assertion, keyOf, {
      algorithms,
      requiredClaims: ["exp"],
      clockTolerance: CLOCK_TOLERANCE,
      currentDate: now,
    });
    return undefined;
  } catch (error) {
    return refused(error, now);
  }
}

function refused(error: unknown, now: Date): EntraError {
  if (error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed) {
    return invalidClient(
      700024,
      `Client assertion is not within its valid time range. Current time: ${now.toISOString()}.`,
    );
  }
  return invalidClient(700027, "Client assertion contains an invalid signature.");
}
