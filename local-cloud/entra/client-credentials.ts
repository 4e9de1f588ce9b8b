// The client credentials grant: who asks, with which secret, for which service.
import type { CloudContext } from "../cloud-context.js";
import type { ApplicationRecord } from "../directory/records.js";
import { findTenant, type Tenant } from "../well-known.js";
import { type Audience, audienceOfResource, audienceOfScope } from "./audience.js";
import type { EntraError } from "./entra-errors.js";
import { secretMatches } from "./secrets.js";

/** Form fields of a token request. */
export type TokenRequest = Readonly<Record<string, string>>;

/** What a grant is issued for, or why it is not. */
export type Grant =
  | {
      readonly tenant: Tenant;
      readonly appId: string;
      readonly objectId: string;
      readonly audience: Audience;
    }
  | { readonly problem: EntraError };

/** Judges a request in Entra's order: tenant, grant type, application, credential, scope, service principal. */
export function clientCredentialsGrant(
  context: CloudContext,
  tenantName: string,
  form: TokenRequest,
): Grant {
  const tenant = findTenant(tenantName);
  if (tenant === undefined) return { problem: unknownTenant(tenantName) };
  const grantProblem = checkGrantType(form);
  if (grantProblem !== undefined) return { problem: grantProblem };
  const clientId = form["client_id"] ?? "";
  const application = context.directory.applicationByAppId(clientId);
  const principal = context.directory.servicePrincipalByAppId(tenant.id, clientId);
  if (application === undefined) return { problem: unknownApplication(clientId, tenant) };
  const credentialProblem = checkCredential(application, form, context.now());
  if (credentialProblem !== undefined) return { problem: credentialProblem };
  const audience = requestedAudience(context, form);
  if (audience === undefined) return { problem: unknownResource(form, tenant) };
  if (principal === undefined) return { problem: unknownApplication(clientId, tenant) };
  if (principal.fields["accountEnabled"] === false) return { problem: disabled(clientId) };
  return { tenant, appId: application.appId, objectId: principal.id, audience };
}

/** Grant types that the token endpoint has. */
const GRANT_TYPES = ["client_credentials", "authorization_code"];

function checkGrantType(form: TokenRequest): EntraError | undefined {
  const grantType = form["grant_type"];
  if (grantType === undefined || grantType === "") {
    return invalidRequest(
      900144,
      "The request body must contain the following parameter: 'grant_type'.",
    );
  }
  if (!GRANT_TYPES.includes(grantType)) {
    return {
      status: 501,
      error: "unsupported_grant_type",
      number: 70003,
      text: `The local cloud does not have the grant type '${grantType}'; it has ${GRANT_TYPES.join(" and ")}.`,
    };
  }
  if ((form["client_id"] ?? "") === "") {
    return invalidRequest(
      900144,
      "The request body must contain the following parameter: 'client_id'.",
    );
  }
  return undefined;
}

/** Whether the secret that a request brings is one of the application's, and not an expired one. */
export function checkCredential(
  application: ApplicationRecord,
  form: TokenRequest,
  now: Date,
): EntraError | undefined {
  if (form["client_assertion"] !== undefined) {
    return {
      status: 501,
      error: "invalid_client",
      number: 700021,
      text: "The local cloud does not have client assertions (certificates and federated credentials); it has client secrets.",
    };
  }
  const secret = form["client_secret"];
  if (secret === undefined || secret === "") {
    return invalidClient(
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    );
  }
  const matching = application.passwordCredentials.find(({ secretHash }) =>
    secretMatches(secret, secretHash),
  );
  if (matching === undefined) {
    return invalidClient(
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${application.appId}'.`,
    );
  }
  if (Date.parse(matching.endDateTime) <= now.getTime()) {
    return invalidClient(
      7000222,
      `The provided client secret keys for app '${application.appId}' are expired.`,
    );
  }
  return undefined;
}

function requestedAudience(context: CloudContext, form: TokenRequest): Audience | undefined {
  const origins = context.origins();
  const { scope, resource } = form;
  return scope === undefined
    ? audienceOfResource(resource ?? "", origins)
    : audienceOfScope(scope, origins);
}

/** AADSTS90002, as every endpoint below a tenant says it. */
export function unknownTenant(name: string): EntraError {
  return invalidRequest(
    90002,
    `Tenant '${name}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
  );
}

function unknownApplication(clientId: string, tenant: Tenant): EntraError {
  return {
    status: 400,
    error: "unauthorized_client",
    number: 700016,
    text: `Application with identifier '${clientId}' was not found in the directory '${tenant.displayName}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.`,
  };
}

function unknownResource(form: TokenRequest, tenant: Tenant): EntraError {
  const asked = form["scope"] ?? form["resource"] ?? "";
  if (form["scope"] !== undefined && !asked.endsWith("/.default")) {
    return {
      status: 400,
      error: "invalid_scope",
      number: 1002012,
      text: `The provided value for scope ${asked} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    };
  }
  return {
    status: 400,
    error: "invalid_resource",
    number: 500011,
    text: `The resource principal named ${asked.replace(/\/\.default$/, "")} was not found in the tenant named ${tenant.displayName}.`,
  };
}

function disabled(clientId: string): EntraError {
  return {
    status: 401,
    error: "unauthorized_client",
    number: 7000112,
    text: `Application '${clientId}' is disabled.`,
  };
}

function invalidRequest(number: number, text: string): EntraError {
  return { status: 400, error: "invalid_request", number, text };
}

function invalidClient(number: number, text: string): EntraError {
  return { status: 401, error: "invalid_client", number, text };
}
