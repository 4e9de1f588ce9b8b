// Where the apps of an environment are reached. Addresses are those kept for documentation (RFC 5737): nothing answers there.
import { createHash, randomBytes } from "node:crypto";

const FIRST = ["agreeable", "calm", "gentle", "happy", "kind", "lively", "proud", "quiet"];
const SECOND = ["bay", "beach", "cliff", "field", "forest", "hill", "river", "stone"];

/** `happyhill-70162bb9.westeurope.azurecontainerapps.io`; every environment gets another. */
export function newDefaultDomain(location: string): string {
  const bytes = randomBytes(6);
  const words = `${FIRST[(bytes[4] ?? 0) % 8]}${SECOND[(bytes[5] ?? 0) % 8]}`;
  return `${words}-${bytes.subarray(0, 4).toString("hex")}.${location}.azurecontainerapps.io`;
}

/** @param internal whether it can be reached from its own network only */
export function staticIpFor(defaultDomain: string, internal: boolean): string {
  const [first = 0, second = 0] = createHash("sha256").update(defaultDomain).digest();
  return internal ? `10.${first}.${second}.10` : `203.0.113.${1 + (first % 254)}`;
}

/** Addresses from which apps call others. */
export function outboundIpsFor(defaultDomain: string): readonly string[] {
  const [first = 0, second = 0] = createHash("sha256").update(`out/${defaultDomain}`).digest();
  return [`198.51.100.${1 + (first % 254)}`, `192.0.2.${1 + (second % 254)}`];
}
