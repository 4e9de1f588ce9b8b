// What an administrator has agreed to, held against what the application asks for: per tenant, by name.
import { createHash } from "node:crypto";
import { ANY_ORGANISATION } from "./consent.js";

/** How consent of one tenant stands. */
export enum ConsentState {
  /** Every app role that is asked for is granted. */
  Granted = "granted",
  /** None of them is. */
  Outstanding = "outstanding",
  /** Some are. What was added since the last consent is not in force. */
  Partial = "partial",
  /** Nobody could tell; the reason says why. */
  Unknown = "unknown",
}

/** Consent of one tenant, as outputs and commands show it. */
export interface TenantConsent {
  /** As it was named: a tenant id, a verified domain, or `organizations`. */
  readonly tenant: string;
  readonly state: ConsentState;
  /** App roles that are asked for and not granted, by name, sorted. Left out when the state is unknown. */
  readonly missing?: readonly string[];
  /** App roles that are granted and no longer asked for, by name, sorted. Left out when that cannot be told. */
  readonly surplus?: readonly string[];
  /** What an administrator of that tenant opens. Left out where nobody has to open anything of ours. */
  readonly link?: string;
  /** Why the state is unknown. */
  readonly reason?: string;
}

/** What is granted in a tenant, or why that is not known. */
export type GrantedRoles =
  | { readonly roles: readonly string[] }
  /** A sentence that says what to do. */
  | { readonly unknown: string };

/** What {@link consentState} judges. */
export interface ConsentFacts {
  readonly tenant: string;
  /** App roles that the application asks for, by name. */
  readonly asked: readonly string[];
  readonly granted: GrantedRoles;
  /** @default none */
  readonly link?: string;
}

/** Consent of one tenant. Order and repetition in the lists do not matter. */
export function consentState({ tenant, asked, granted, link }: ConsentFacts): TenantConsent {
  const shownLink = link === undefined ? {} : { link };
  if ("unknown" in granted) {
    return { tenant, state: ConsentState.Unknown, ...shownLink, reason: granted.unknown };
  }
  const missing = sorted(asked.filter((role) => !granted.roles.includes(role)));
  const surplus = sorted(granted.roles.filter((role) => !asked.includes(role)));
  return { tenant, state: stateOf(sorted(asked), missing), missing, surplus, ...shownLink };
}

function stateOf(asked: readonly string[], missing: readonly string[]): ConsentState {
  if (missing.length === 0) return ConsentState.Granted;
  return missing.length === asked.length ? ConsentState.Outstanding : ConsentState.Partial;
}

/**
 * The tenants whose state counts: all but `organizations`, which is a link for everybody and never granted. By itself it
 * counts, so that nothing at all is never taken for everything.
 */
export function countedTenants<T extends { readonly tenant: string }>(tenants: readonly T[]): T[] {
  const named = tenants.filter(({ tenant }) => tenant.toLowerCase() !== ANY_ORGANISATION);
  return named.length === 0 ? [...tenants] : named;
}

/**
 * One state for several tenants: `outstanding` as soon as one app role is missing in one of them, else `unknown` as soon as
 * one cannot be told, else `granted`. Never `partial`. Of tenants that count: see {@link countedTenants}.
 */
export function overallState(tenants: readonly TenantConsent[]): ConsentState {
  const states = countedTenants(tenants).map(({ state }) => state);
  if (states.some((state) => state === ConsentState.Outstanding || state === ConsentState.Partial))
    return ConsentState.Outstanding;
  return states.includes(ConsentState.Unknown) ? ConsentState.Unknown : ConsentState.Granted;
}

/**
 * 12 hexadecimal digits that stand for a set of app roles, whatever their order: another set has another fingerprint, and
 * consent that was given to one is no consent to the other.
 */
export function permissionFingerprint(asked: readonly string[]): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(asked)))
    .digest("hex")
    .slice(0, 12);
}

function sorted(roles: readonly string[]): string[] {
  return [...new Set(roles)].sort();
}
