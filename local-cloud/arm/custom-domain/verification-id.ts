// What shows that a domain belongs to whoever deploys: the TXT record `asuid.<host>` holds it.
import { createHash } from "node:crypto";

/** The same for all sites and container apps of a subscription. */
export function domainVerificationId(subscriptionId: string): string {
  const text = `domain-verification/${subscriptionId.toLowerCase()}`;
  return createHash("sha256").update(text).digest("hex").toUpperCase();
}
