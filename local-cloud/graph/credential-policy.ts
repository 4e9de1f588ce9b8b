// What the tenant's app management policy says to a new client secret or certificate ("Microsoft Entra application management policies API
// overview"). Of the two refusals the one of a lifetime stands in OfficeDev/microsoft-365-agents-toolkit#10998; code and first
// words of the other are what people report of `az ad app credential reset`. The status of both is UNVERIFIED.
import { Policies, type Restriction } from "../directory/policies.js";
import type { ApplicationRecord } from "../directory/records.js";
import type { Store } from "../state/store.js";
import { GraphError, notHere } from "./errors.js";

/** The application that a credential is of. */
export type CredentialOwner = Pick<ApplicationRecord, "id" | "tenantId" | "createdDateTime">;

/** Throws 400 for a secret that the policy of its application forbids. */
export function checkSecretAllowed(
  store: Store,
  application: CredentialOwner,
  secret: Lifetime,
): void {
  const { name, inForce } = policyFor(store, application, "passwordCredentials");
  if (inForce("passwordAddition") !== undefined) {
    throw new GraphError(
      400,
      "CredentialTypeNotAllowedAsPerAppPolicy",
      `Credential type not allowed as per assigned policy '${name}'.`,
    );
  }
  checkLifetime(name, inForce("passwordLifetime"), secret);
}

/** Throws 400 for a certificate that the policy of its application forbids. */
export function checkCertificateAllowed(
  store: Store,
  application: CredentialOwner,
  certificate: Lifetime,
): void {
  const { name, inForce } = policyFor(store, application, "keyCredentials");
  if (inForce("trustedCertificateAuthority") !== undefined) {
    throw notHere("the restriction of certificates to trusted authorities");
  }
  checkLifetime(name, inForce("asymmetricKeyLifetime"), certificate);
}

interface Lifetime {
  readonly startDateTime: string;
  readonly endDateTime: string;
}

function checkLifetime(
  name: string,
  restriction: Restriction | undefined,
  { startDateTime, endDateTime }: Lifetime,
): void {
  const longest = restriction?.maxLifetime ?? undefined;
  const end = longest === undefined ? Infinity : afterDuration(startDateTime, longest);
  if (Date.parse(endDateTime) <= end) return;
  const message = `Credential lifetime exceeds the max value allowed as per assigned policy '${name}'.`;
  throw new GraphError(400, "CredentialInvalidLifetimeAsPerAppPolicy", message, {
    details: [{ code: "InvalidKeyEndDate", message, target: "EndDate" }],
  });
}

/** A policy of its own takes the place of the tenant's. */
function policyFor(
  store: Store,
  application: CredentialOwner,
  kind: "passwordCredentials" | "keyCredentials",
) {
  const { id, tenantId } = application;
  const { appManagementPolicies, defaultAppManagementPolicy } = new Policies(store).of(tenantId);
  const own = appManagementPolicies.find((one) => one.isEnabled && one.appliesTo.includes(id));
  const { isEnabled, applicationRestrictions } = defaultAppManagementPolicy;
  const restrictions = own?.restrictions[kind] ?? (isEnabled ? applicationRestrictions[kind] : []);
  return {
    name: own?.displayName ?? "Default app management tenant policy",
    inForce: (type: string) =>
      restrictions.find((one) => one.restrictionType === type && holds(one, application)),
  };
}

function holds(one: Restriction, { createdDateTime }: CredentialOwner): boolean {
  const since = one.restrictForAppsCreatedAfterDateTime;
  return (
    one.state === "enabled" && (since === null || Date.parse(createdDateTime) >= Date.parse(since))
  );
}

/** Time of `start` and an ISO 8601 duration after it (milliseconds). */
function afterDuration(start: string, duration: string): number {
  const [, years, months, weeks, days, hours, minutes, seconds] =
    /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(
      duration,
    ) ?? [];
  const end = new Date(start);
  end.setUTCFullYear(end.getUTCFullYear() + Number(years ?? 0));
  end.setUTCMonth(end.getUTCMonth() + Number(months ?? 0));
  const restOfDays = Number(weeks ?? 0) * 7 + Number(days ?? 0);
  const restOfSeconds =
    Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return end.getTime() + restOfDays * 86_400_000 + restOfSeconds * 1000;
}
