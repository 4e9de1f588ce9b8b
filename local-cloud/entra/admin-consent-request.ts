// An admin consent request: read and judged before anybody signs in. What is wrong up to the redirect URI is shown
// here; only then is there an address that may be told.
import type { CloudContext } from "../cloud-context.js";
import type { ApplicationRecord } from "../directory/records.js";
import type { Tenant } from "../well-known.js";
import { applicationInTenant, repeatedIn } from "./application-in-tenant.js";
import { isOnlyAppRole } from "./delegated-permissions.js";
import type { EntraError } from "./entra-errors.js";
import { isWebAddress, registeredReplyUrl, replyUrlsOf } from "./reply-urls.js";
import { readScopes } from "./scopes.js";
import {
  noReplyUrlGiven,
  noReplyUrlRegistered,
  notInLocalCloud,
  repeatedParameter,
  replyUrlMismatch,
  unknownPermission,
} from "./sign-in-errors.js";

/** `v2` is `/{tenant}/v2.0/adminconsent`, `v1` the older `/{tenant}/adminconsent`. */
export type AdminConsentVersion = "v1" | "v2";

export interface AdminConsentRequest {
  readonly version: AdminConsentVersion;
  readonly application: ApplicationRecord;
  readonly tenant: Tenant | undefined;
  /** undefined: none was given and none is registered, which only the older endpoint lets pass. */
  readonly replyUrl: string | undefined;
  readonly state: string | undefined;
  /** What granted app roles are prefixed with in the answer. */
  readonly resource: string;
}

export type ReadAdminConsent =
  | { readonly request: AdminConsentRequest }
  /** Shown as a page: there is no address that may be trusted with it. */
  | { readonly shown: EntraError }
  /** Sent to the application. */
  | { readonly sent: EntraError; readonly replyUrl: string; readonly state: string | undefined };

const PARAMETERS = ["client_id", "scope", "redirect_uri", "state"];

export function readAdminConsent(
  context: CloudContext,
  version: AdminConsentVersion,
  tenantName: string,
  query: URLSearchParams,
): ReadAdminConsent {
  const repeated = repeatedIn(query, PARAMETERS);
  if (repeated !== undefined) return { shown: repeatedParameter(repeated) };
  const found = applicationInTenant(context, tenantName, query.get("client_id"), ["organizations"]);
  if ("problem" in found) return { shown: found.problem };
  const { application, tenant } = found;
  const state = query.get("state") ?? undefined;
  const checked = checkedReplyUrl(version, application, query.get("redirect_uri") ?? "");
  if ("problem" in checked) return { shown: checked.problem };
  const { replyUrl } = checked;
  if (version === "v1") {
    return { request: { version, application, tenant, replyUrl, state, resource: "" } };
  }
  if (replyUrl === undefined) return { shown: noReplyUrlRegistered() };
  const scope = checkedScope(context, application, tenantName, query.get("scope") ?? "");
  if ("problem" in scope) return { sent: scope.problem, replyUrl, state };
  return {
    request: { version, application, tenant, replyUrl, state, resource: scope.resource },
  };
}

/**
 * UNVERIFIED what the older endpoint does without a redirect URI: here it takes the first registered one, and where
 * there is none consent is recorded and the browser ends on an error page, as people have reported
 * (Azure/Azure-Lighthouse-samples, pull request 134).
 */
function checkedReplyUrl(
  version: AdminConsentVersion,
  application: ApplicationRecord,
  asked: string,
): { replyUrl: string | undefined } | { problem: EntraError } {
  const registered = replyUrlsOf(application);
  if (asked === "" && version === "v2") return { problem: noReplyUrlGiven() };
  if (asked !== "" && registered.length === 0) return { problem: noReplyUrlRegistered() };
  const replyUrl = asked === "" ? registered[0]?.url : registeredReplyUrl(application, asked)?.url;
  if (asked !== "" && replyUrl === undefined) {
    return { problem: replyUrlMismatch(application, asked) };
  }
  if (replyUrl !== undefined && !isWebAddress(replyUrl)) {
    return { problem: notInLocalCloud("redirects to addresses other than http and https") };
  }
  return { replyUrl };
}

/** App roles are asked for through `{resource}/.default` alone ("Admin consent on the Microsoft identity platform"). */
function checkedScope(
  context: CloudContext,
  application: ApplicationRecord,
  tenantName: string,
  scope: string,
): { resource: string } | { problem: EntraError } {
  const asked = readScopes(context.origins(), scope, tenantName);
  if ("problem" in asked) return asked;
  const { resource, permissions } = asked;
  if (resource === undefined) {
    return { problem: notInLocalCloud("admin consent for openid scopes alone") };
  }
  if (permissions.includes(".default")) return { resource: resource.prefix };
  const appRole = permissions.find(isOnlyAppRole);
  if (appRole !== undefined) {
    return { problem: unknownPermission(application, appRole, resource.resourceAppId) };
  }
  return {
    problem: notInLocalCloud(`admin consent for single delegated permissions (${permissions[0]})`),
  };
}
