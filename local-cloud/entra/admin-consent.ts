// Admin consent ("Admin consent on the Microsoft identity platform"): an administrator grants an application, for the
// whole tenant, the app roles that it asks for.
import { Hono } from "hono";
import type { Tenant } from "../well-known.js";
import {
  type AdminConsentRequest,
  type AdminConsentVersion,
  readAdminConsent,
} from "./admin-consent-request.js";
import { isDisabled } from "./application-in-tenant.js";
import { approvalPage, consentPage, fingerprintOf } from "./consent-page.js";
import { type EntraError, errorParameters } from "./entra-errors.js";
import { errorPage } from "./error-page.js";
import { grantAppRoles } from "./grant-app-roles.js";
import { mayConsent, WHO_MAY_CONSENT } from "./may-consent.js";
import { type AnswerParameters, redirectToReplyUrl } from "./reply-urls.js";
import { type RequestedPermissions, requestedPermissions } from "./requested-permissions.js";
import { type Browsing, tenantOf, type Visit, visitOf } from "./sign-in.js";
import {
  administratorNeeded,
  applicationDisabled,
  consentDeclined,
  nameOf,
  noReplyUrlRegistered,
  personOfAnotherTenant,
} from "./sign-in-errors.js";

/** The consent endpoints: the one of v2.0, and the older one that needs no scope. */
export function adminConsentRoutes(browsing: Browsing): Hono {
  const app = new Hono();
  const serve = (path: string, version: AdminConsentVersion) =>
    app.on(["GET", "POST"], path, ({ req }) =>
      adminConsent(browsing, version, req.param("tenant") ?? "", req.raw),
    );
  serve("/:tenant/v2.0/adminconsent", "v2");
  serve("/:tenant/adminconsent", "v1");
  return app;
}

async function adminConsent(
  browsing: Browsing,
  version: AdminConsentVersion,
  tenantName: string,
  http: Request,
): Promise<Response> {
  const { context } = browsing;
  const query = new URL(http.url).searchParams;
  const read = readAdminConsent(context, version, tenantName, query);
  if ("shown" in read) return errorPage(read.shown, context.now());
  if ("sent" in read) {
    return redirectToReplyUrl(read.replyUrl, {
      ...errorParameters(read.sent, context.now()),
      admin_consent: "True",
      state: read.state,
    });
  }
  const { request } = read;
  const { application } = request;
  const refuse = (problem: EntraError) => refusal(browsing, request, problem);
  const visit = await visitOf(browsing, http, {
    tenant: request.tenant,
    applicationName: nameOf(application),
    redirectsTo: request.replyUrl,
    wrongTenant: (person) =>
      refuse(personOfAnotherTenant(person, request.tenant ?? tenantOf(person), application)),
  });
  if (visit instanceof Response) return visit;
  const tenant = request.tenant ?? tenantOf(visit.person);
  if (isDisabled(context, tenant, application)) return refuse(applicationDisabled(application));
  const requested = requestedPermissions(context, application, tenant);
  if ("problem" in requested) return refuse(requested.problem);
  return decide(browsing, request, { visit, tenant, requested });
}

interface Decision {
  readonly visit: Visit;
  readonly tenant: Tenant;
  readonly requested: RequestedPermissions;
}

async function decide(
  browsing: Browsing,
  request: AdminConsentRequest,
  { visit, tenant, requested }: Decision,
): Promise<Response> {
  const { application, replyUrl } = request;
  const action = visit.form?.get("action");
  const refuse = (problem: EntraError) => refusal(browsing, request, problem);
  if (!mayConsent(visit.person, requested)) {
    if (action === "return") return returned(browsing, request);
    return approvalPage({ visit, application, redirectsTo: replyUrl, whoMay: WHO_MAY_CONSENT });
  }
  if (action === "cancel") return refuse(consentDeclined());
  const accepted = action === "accept";
  if (!accepted || visit.form?.get("shown") !== fingerprintOf(requested)) {
    const page = { visit, application, tenant, requested, redirectsTo: replyUrl };
    return consentPage({ ...page, changed: accepted });
  }
  grantAppRoles(browsing.context, application, tenant, requested.roles);
  if (replyUrl === undefined) {
    return errorPage(noReplyUrlRegistered(), browsing.context.now(), "granted");
  }
  return redirectToReplyUrl(replyUrl, {
    admin_consent: "True",
    tenant: tenant.id,
    scope: request.version === "v2" ? grantedScope(request, requested) : undefined,
    state: request.state,
  });
}

/** UNVERIFIED for `.default`; the documentation says "the set of permissions that were granted access to". */
function grantedScope({ resource }: AdminConsentRequest, { roles }: RequestedPermissions): string {
  return roles.map(({ role }) => `${resource.replace(/\/+$/, "")}/${role.value}`).join(" ");
}

/**
 * Back to the application from the page that asks for an administrator. UNVERIFIED for v2.0; the older endpoint was
 * seen to send `error_subcode=cancel` (MicrosoftDocs/azure-docs, issue 41053).
 */
function returned(browsing: Browsing, request: AdminConsentRequest): Promise<Response> | Response {
  if (request.version === "v1" && request.replyUrl !== undefined) {
    return redirectToReplyUrl(request.replyUrl, {
      error: "access_denied",
      error_subcode: "cancel",
      state: request.state,
    });
  }
  return refusal(browsing, request, administratorNeeded());
}

function refusal(
  { context }: Browsing,
  { replyUrl, state }: AdminConsentRequest,
  problem: EntraError,
): Promise<Response> | Response {
  if (replyUrl === undefined) return errorPage(problem, context.now());
  const parameters: AnswerParameters = {
    ...errorParameters(problem, context.now()),
    admin_consent: "True",
    state,
  };
  return redirectToReplyUrl(replyUrl, parameters);
}
