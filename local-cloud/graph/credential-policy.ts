// What the tenant's app management policy says to a new client secret ("Microsoft Entra application management policies API
// overview"). Of the two refusals the one of a lifetime stands in OfficeDev/microsoft-365-agents-toolkit#10998; code and first
// words of the other are what people report of `az ad app credential reset`. The status of both is UNVERIFIED.
import { Policies, type Restriction } from "../directory/policies.js";
import type { ApplicationRecord } from "../directory/records.js";
import type { Store } from "../state/store.js";
import { GraphError } from "./errors.js";

type Owner = Pick<ApplicationRecord, "id" | "tenantId" | "createdDateTime">;

/** Throws 400 for a secret that the policy of its application forbids. */
export function checkSecretAllowed(
  store: Store,
  application: Owner,
  secret: { readonly startDateTime: string; readonly endDateTime: string },
): void {
  const { name, restrictions } = policyFor(store, application);
  const inForce = (type: string) =>
    restrictions.find((one) => one.restrictionType === type && holds(one, application));
  if (inForce("passwordAddition") !== undefined) {
    throw new GraphError(
      400,
      "CredentialTypeNotAllowedAsPerAppPolicy",
      `Credential type not allowed as per assigned policy '${name}'.`,
    );
  }
  const longest = inForce("passwordLifetime")?.maxLifetime ?? undefined;
  const end = longest === undefined ? Infinity : afterDuration(secret.startDateTime, longest);
  if (Date.parse(secret.endDateTime) <= end) return;
  const message = `Credential lifetime exceeds the max value allowed as per assigned policy '${name}'.`;
  throw new GraphError(400, "CredentialInvalidLifetimeAsPerAppPolicy", message, {
    details: [{ code: "InvalidKeyEndDate", message, target: "EndDate" }],
  });
}

/** A policy of its own takes the place of the tenant's. */
function policyFor(store: Store, { id, tenantId }: Owner) {
  const { appManagementPolicies, defaultAppManagementPolicy } = new Policies(store).of(tenantId);
  const own = appManagementPolicies.find((one) => one.isEnabled && one.appliesTo.includes(id));
  if (own !== undefined) {
    return { name: own.displayName, restrictions: own.restrictions.passwordCredentials };
  }
  const { isEnabled, applicationRestrictions } = defaultAppManagementPolicy;
  return {
    name: "Default app management tenant policy",
    restrictions: isEnabled ? applicationRestrictions.passwordCredentials : [],
  };
}

function holds(one: Restriction, { createdDateTime }: Owner): boolean {
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
