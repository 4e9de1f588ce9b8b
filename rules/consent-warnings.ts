// What is said while a stack is previewed or updated, so that nobody can miss that consent is outstanding.
import { ConsentState, type TenantConsent } from "./consent-state.js";

/** How the surplus of a tenant comes to an end. */
export interface WarningOptions {
  /** Whether this deployment grants the app roles of this tenant itself, and so takes back what it granted. @default false */
  readonly takesBack?: boolean;
}

/** Sentences about one tenant: app roles that are not in force, and app roles that nobody asks for any more. */
export function consentWarnings(consent: TenantConsent, options: WarningOptions = {}): string[] {
  return [...notInForce(consent), ...noLongerAsked(consent, options)];
}

function notInForce({ tenant, missing = [], surplus = [], state }: TenantConsent): string[] {
  if (missing.length === 0) return [];
  const before = state === ConsentState.Partial || surplus.length > 0;
  const what = before ? "consent is repeated" : "consent is given";
  return [`In tenant ${tenant} not in force until ${what}: ${missing.join(", ")}.`];
}

function noLongerAsked({ tenant, surplus = [] }: TenantConsent, options: WarningOptions): string[] {
  if (surplus.length === 0) return [];
  const how = options.takesBack
    ? "this update takes back what the stack granted, and an administrator what anybody else did"
    : "an administrator takes it back under Enterprise applications, Permissions";
  return [`In tenant ${tenant} granted and no longer asked for: ${surplus.join(", ")}; ${how}.`];
}

/** Why the state of a tenant is not known, as a sentence; undefined when it is. */
export function unknownConsent({ tenant, reason }: TenantConsent): string | undefined {
  return reason === undefined ? undefined : `Consent of tenant ${tenant} is unknown: ${reason}`;
}

/** What becomes of the consent of a tenant that the stack no longer names. */
export function noLongerListed(tenant: string, appId: string): string {
  return `Tenant ${tenant} is no longer in consent.customerTenants. Nothing changes there: what its administrator granted stays until somebody there deletes the enterprise application (az ad sp delete --id ${appId}); teams-calling-bot verify tells as long as it is there.`;
}
