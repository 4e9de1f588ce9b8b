// Client secrets are kept as hashes; the comparison takes the same time whether or not it succeeds.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** A new secret of 40 characters, of the shape that Entra gives out. */
export function newClientSecret(): string {
  return `${randomBytes(2).toString("hex").slice(0, 3)}8Q~${randomBytes(25).toString("base64url").slice(0, 34)}`;
}

export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

export function secretMatches(secret: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(secret), "hex"), Buffer.from(hash, "hex"));
}
