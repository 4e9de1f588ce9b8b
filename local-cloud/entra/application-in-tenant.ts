// Tenant and application of a request that a browser brings, judged in Entra's order: the tenant first.
import type { CloudContext } from "../cloud-context.js";
import type { ApplicationRecord } from "../directory/records.js";
import { findTenant, type Tenant } from "../well-known.js";
import type { EntraError } from "./entra-errors.js";
import {
  applicationDisabled,
  applicationNotFound,
  missingParameter,
  nameOf,
  notMultiTenant,
  sharedEndpointRefused,
  unknownTenant,
} from "./sign-in-errors.js";

export interface ApplicationInTenant {
  readonly application: ApplicationRecord;
  /** undefined for `organizations`: whichever tenant the person is of. */
  readonly tenant: Tenant | undefined;
}

/** What the first segment of a path may be besides a tenant. */
const SHARED_NAMES = new Set(["organizations", "common", "consumers"]);

/**
 * `tenantName` is the first segment of the path: id, verified domain, or one of `sharedNames`, which stand for any
 * tenant's people. The other shared names are refused: personal accounts are for nobody here.
 */
export function applicationInTenant(
  context: CloudContext,
  tenantName: string,
  clientId: string | null,
  sharedNames: readonly string[],
): ApplicationInTenant | { readonly problem: EntraError } {
  const name = tenantName.toLowerCase();
  const shared = SHARED_NAMES.has(name);
  const tenant = shared ? undefined : findTenant(name);
  if (!shared && tenant === undefined) return { problem: unknownTenant(tenantName) };
  if (clientId === null || clientId === "") return { problem: missingParameter("client_id") };
  const application = context.directory.applicationByAppId(clientId);
  // UNVERIFIED for admin consent, whose page only says not to use `common` ("Admin consent on the Microsoft identity
  // platform"); these are the words that Entra has for an application that is not for personal accounts.
  if (shared && !sharedNames.includes(name)) {
    const applicationName = application === undefined ? undefined : nameOf(application);
    return { problem: sharedEndpointRefused(clientId, applicationName) };
  }
  if (application === undefined) {
    return { problem: applicationNotFound(clientId, tenant?.displayName ?? tenantName) };
  }
  if (!isMultiTenant(application)) {
    if (tenant === undefined) return { problem: notMultiTenant(application) };
    if (tenant.id !== application.tenantId) {
      return { problem: applicationNotFound(clientId, tenant.displayName) };
    }
  }
  if (tenant !== undefined && isDisabled(context, tenant, application)) {
    return { problem: applicationDisabled(application) };
  }
  return { application, tenant };
}

/** Whether the people and administrators of other tenants can use it. */
export function isMultiTenant(application: ApplicationRecord): boolean {
  return ["AzureADMultipleOrgs", "AzureADandPersonalMicrosoftAccount"].includes(
    String(application.fields["signInAudience"]),
  );
}

/** Whether an administrator of the tenant has switched the application off there. */
export function isDisabled(
  { directory }: CloudContext,
  tenant: Tenant,
  { appId }: ApplicationRecord,
): boolean {
  return directory.servicePrincipalByAppId(tenant.id, appId)?.fields["accountEnabled"] === false;
}

/** The first parameter of `names` that is there more than once. */
export function repeatedIn(query: URLSearchParams, names: readonly string[]): string | undefined {
  return names.find((name) => query.getAll(name).length > 1);
}
