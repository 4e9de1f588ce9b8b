// Whether somebody lets an application act for them.
import { isDisabled } from "./application-in-tenant.js";
import { approvalPage } from "./consent-page.js";
import { delegatedConsentPage, shownPermissions } from "./delegated-consent-page.js";
import type { DelegatedRequest } from "./delegated-request.js";
import type { EntraError } from "./entra-errors.js";
import {
  mayConsentToAdminScopes,
  peopleConsentThemselves,
  WHO_MAY_CONSENT_TO_ADMIN_SCOPES,
} from "./may-consent.js";
import { type Browsing, tenantOf, type Visit } from "./sign-in.js";
import { administratorNeeded, applicationDisabled, consentDeclined } from "./sign-in-errors.js";

/**
 * A page to show, an error to answer with, or consent.
 * @param redirectsTo where the pages' forms may end besides this origin @default nowhere
 */
export async function decide(
  { context }: Browsing,
  request: DelegatedRequest,
  visit: Visit,
  redirectsTo?: string,
): Promise<Response | EntraError | "accepted"> {
  const { application, permissions } = request;
  if (isDisabled(context, tenantOf(visit.person), application)) {
    return applicationDisabled(application);
  }
  const action = visit.form?.get("action");
  const isForAdministrators =
    permissions.some(({ isAdmin }) => isAdmin) || !peopleConsentThemselves(context, visit.person);
  if (isForAdministrators && !mayConsentToAdminScopes(visit.person)) {
    if (action === "return") return administratorNeeded();
    return approvalPage({
      visit,
      application,
      redirectsTo,
      whoMay: WHO_MAY_CONSENT_TO_ADMIN_SCOPES,
    });
  }
  if (action === "cancel") return consentDeclined();
  const accepted = action === "accept" && visit.form?.get("shown") === shownPermissions(request);
  return accepted ? "accepted" : delegatedConsentPage(visit, request, redirectsTo);
}
