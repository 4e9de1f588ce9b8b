// Who may consent for a whole tenant ("Grant tenant-wide admin consent to an application").

import type { CloudContext } from "../cloud-context.js";
import {
  APPLICATION_ADMINISTRATOR,
  GLOBAL_ADMINISTRATOR,
  holdsOneOf,
  type PersonRecord,
  PRIVILEGED_ROLE_ADMINISTRATOR,
} from "../directory/people.js";
import { Policies } from "../directory/policies.js";
import { GRAPH_APP_ID } from "../well-known.js";
import type { RequestedPermissions } from "./requested-permissions.js";

/** To app roles of any resource. */
const TO_EVERYTHING = [GLOBAL_ADMINISTRATOR, PRIVILEGED_ROLE_ADMINISTRATOR];
/** To delegated permissions, and to app roles of any resource but Microsoft Graph. */
const TO_ALL_BUT_GRAPH_APP_ROLES = [...TO_EVERYTHING, APPLICATION_ADMINISTRATOR];

export function mayConsent(person: PersonRecord, { roles }: RequestedPermissions): boolean {
  const ofGraph = roles.some(({ resource }) => resource.appId === GRAPH_APP_ID);
  return holdsOneOf(person, ofGraph ? TO_EVERYTHING : TO_ALL_BUT_GRAPH_APP_ROLES);
}

/** A sentence for those who may not. */
export const WHO_MAY_CONSENT =
  "A Privileged Role Administrator or a Global Administrator may grant app roles of Microsoft Graph. An Application Administrator may not.";

/** A sentence for those who may not. */
export const WHO_MAY_CONSENT_TO_ADMIN_SCOPES =
  "An Application Administrator, a Privileged Role Administrator or a Global Administrator may grant these delegated permissions.";

/** Whether a person may consent to delegated permissions that only an administrator may consent to. */
export function mayConsentToAdminScopes(person: PersonRecord): boolean {
  return holdsOneOf(person, TO_ALL_BUT_GRAPH_APP_ROLES);
}

/**
 * Whether the tenant lets people consent for themselves at all ("Configure how users consent to applications"). Which
 * permissions each of Microsoft's own grant policies holds is not here: any one of them lets people consent.
 */
export function peopleConsentThemselves(
  { store }: Pick<CloudContext, "store">,
  { tenantId }: PersonRecord,
): boolean {
  const { permissionGrantPoliciesAssigned } = new Policies(store).of(tenantId).authorizationPolicy;
  return permissionGrantPoliciesAssigned.some((policy) =>
    policy.startsWith("ManagePermissionGrantsForSelf."),
  );
}
