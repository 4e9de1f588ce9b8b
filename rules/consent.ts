// How the tenant's administrator agrees to what the bot may do.
import type { CloudEndpoints } from "./clouds.js";
import { type Issue, shown, throwIfAny } from "./issue.js";

/** @default ConsentMode.Url */
export enum ConsentMode {
  /** The deployment assigns the app roles itself. It needs AppRoleAssignment.ReadWrite.All, or an administrator runs it. */
  Grant = "grant",
  /** Nothing is granted; the output is a link that a Privileged Role Administrator opens. */
  Url = "url",
  /** Nothing is granted; the output is the address of the sign-up page, on which customers' administrators consent. */
  SignUp = "signUp",
  /** Nothing is granted and no link is put out: somebody else's process sees to it, and only its result is checked. */
  External = "external",
}

/** Stands in a link for the organisation of whoever signs in. */
export const ANY_ORGANISATION = "organizations";

/** What {@link adminConsentUrl} needs. */
export interface AdminConsentRequest {
  readonly endpoints: CloudEndpoints;
  /** Tenant id, a verified domain of the tenant, or `organizations` (the administrator's own tenant). */
  readonly tenant: string;
  readonly appId: string;
  /**
   * A reply URL of the application, letter for letter.
   * @default none: the older form of the link is used, and the browser ends on an error page although consent is recorded
   */
  readonly redirectUri?: string;
  /** Comes back unchanged with the answer. */
  readonly state?: string;
}

/**
 * The link on which an administrator consents to all app roles the application asks for.
 * App roles can only be consented through `{graph}/.default`; single names in `scope` do not work
 * ("Admin consent on the Microsoft identity platform"). Consent has to be repeated whenever a permission is added.
 * In the answer read `error` first: `admin_consent=True` comes with failures as well.
 * @throws RulesError for the tenant `common`, which that page rules out.
 */
export function adminConsentUrl(request: AdminConsentRequest): string {
  throwIfAny(checkConsentTenant("tenant", request.tenant));
  const { endpoints, tenant, appId, redirectUri, state } = request;
  const query = new URLSearchParams({ client_id: appId });
  if (redirectUri !== undefined) {
    query.set("scope", `${endpoints.graph}/.default`);
    query.set("redirect_uri", redirectUri);
  }
  if (state !== undefined) query.set("state", state);
  const version = redirectUri === undefined ? "" : "/v2.0";
  return `${endpoints.login}/${encodeURIComponent(tenant)}${version}/adminconsent?${query}`;
}

/** Issues of a list of customer tenants: names that a link cannot carry, and tenants that are named twice. */
export function checkCustomerTenants(path: string, tenants: readonly string[]): Issue[] {
  const first = new Map<string, number>();
  return tenants.flatMap((tenant, i) => {
    const at = `${path}[${i}]`;
    const before = first.get(tenant.toLowerCase());
    if (before === undefined) {
      first.set(tenant.toLowerCase(), i);
      return checkConsentTenant(at, tenant);
    }
    const rule = `must not name the same tenant as ${path}[${before}]`;
    return [{ path: at, rule, whose: "this package", got: shown(tenant), fix: "Remove it." }];
  });
}

/** An issue for a tenant that an admin consent link cannot name. */
export function checkConsentTenant(path: string, tenant: string): Issue[] {
  const known = /^[a-z0-9][a-z0-9.-]*$/i.test(tenant);
  if (known && !["common", "consumers"].includes(tenant.toLowerCase())) return [];
  return [
    {
      path,
      rule: "must be a tenant id, a verified domain or organizations",
      whose: "Microsoft Entra ID",
      got: shown(tenant),
      fix: "Give the tenant id of the organisation that consents.",
    },
  ];
}
