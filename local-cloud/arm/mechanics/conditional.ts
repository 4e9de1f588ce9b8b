// If-Match and If-None-Match, for resources that have an etag.
import { ArmError } from "./arm-error.js";
import type { ResourceRecord } from "./resource-store.js";

/** Throws 412 when the request's conditions do not hold. */
export function checkConditions(headers: Headers, existing: ResourceRecord | undefined): void {
  const ifMatch = headers.get("if-match");
  const ifNoneMatch = headers.get("if-none-match");
  if (ifMatch !== null && !isMet(ifMatch, existing)) {
    throw failed(`The condition '${ifMatch}' of If-Match does not hold.`);
  }
  if (ifNoneMatch === "*" && existing !== undefined) {
    throw failed(`The resource '${existing.id}' exists, and If-None-Match is '*'.`);
  }
}

function isMet(ifMatch: string, existing: ResourceRecord | undefined): boolean {
  if (existing === undefined) return false;
  return ifMatch === "*" || existing.etag === undefined || existing.etag === ifMatch;
}

function failed(message: string): ArmError {
  return new ArmError(412, "PreconditionFailed", message);
}
