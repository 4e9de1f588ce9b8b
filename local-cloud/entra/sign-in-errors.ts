// The errors that more than one way of signing in can end with, in Entra's words ("Microsoft Entra authentication and authorization
// error codes"; where that page gives only a name, the words are those that people have quoted).

import type { PersonRecord } from "../directory/people.js";
import type { ApplicationRecord } from "../directory/records.js";
import type { Tenant } from "../well-known.js";
import type { EntraError } from "./entra-errors.js";

function error(name: string, number: number, text: string): EntraError {
  return { status: 400, error: name, number, text };
}

export function nameOf(application: ApplicationRecord): string {
  return String(application.fields["displayName"] ?? application.appId);
}

function quoted(application: ApplicationRecord): string {
  return `'${application.appId}'(${nameOf(application)})`;
}

export function unknownTenant(name: string): EntraError {
  return error(
    "invalid_request",
    90002,
    `Tenant '${name}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
  );
}

export function missingParameter(name: string): EntraError {
  return error(
    "invalid_request",
    900144,
    `The request body must contain the following parameter: '${name}'.`,
  );
}

/** A parameter that is there twice says nothing. */
export function repeatedParameter(name: string): EntraError {
  return error(
    "invalid_request",
    9002313,
    `Invalid request. Request is malformed or invalid: the parameter '${name}' is there more than once.`,
  );
}

export function sharedEndpointRefused(clientId: string, name: string | undefined): EntraError {
  const application = name === undefined ? `'${clientId}'` : `'${clientId}'(${name})`;
  return error(
    "invalid_request",
    90130,
    `Application ${application} is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.`,
  );
}

export function notMultiTenant(application: ApplicationRecord): EntraError {
  return error(
    "invalid_request",
    50194,
    `Application ${quoted(application)} is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such applications created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant.`,
  );
}

export function applicationNotFound(clientId: string, where: string): EntraError {
  return error(
    "unauthorized_client",
    700016,
    `Application with identifier '${clientId}' was not found in the directory '${where}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  );
}

export function applicationDisabled(application: ApplicationRecord): EntraError {
  return error("unauthorized_client", 7000112, `Application ${quoted(application)} is disabled.`);
}

export function replyUrlMismatch(application: ApplicationRecord, asked: string): EntraError {
  return error(
    "invalid_request",
    50011,
    `The redirect URI '${asked}' specified in the request does not match the redirect URIs configured for the application '${application.appId}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal. Navigate to https://aka.ms/redirectUriMismatchError to learn more about how to fix this.`,
  );
}

export function noReplyUrlGiven(): EntraError {
  return error("invalid_request", 900971, "No reply address provided.");
}

export function noReplyUrlRegistered(): EntraError {
  return error("invalid_request", 500113, "No reply address is registered for the application.");
}

export function personOfAnotherTenant(
  person: PersonRecord,
  tenant: Tenant,
  application: ApplicationRecord,
): EntraError {
  return error(
    "access_denied",
    50020,
    `User account '{EmailHidden}' from identity provider 'https://sts.windows.net/${person.tenantId}/' does not exist in tenant '${tenant.displayName}' and cannot access the application ${quoted(application)} in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different Azure Active Directory user account.`,
  );
}

export function consentDeclined(): EntraError {
  return error("access_denied", 65004, "User declined to consent to access the app.");
}

export function administratorNeeded(): EntraError {
  return error("access_denied", 90094, "The grant requires admin permission.");
}

/** For `prompt=none`. */
export function signInNeeded(): EntraError {
  return error(
    "login_required",
    50058,
    "A silent sign-in request was sent but no user is signed in.",
  );
}

/** For `prompt=none`. */
export function consentNeeded(application: ApplicationRecord): EntraError {
  return error(
    "consent_required",
    65001,
    `The user or administrator has not consented to use the application with ID '${application.appId}' named '${nameOf(application)}'. Send an interactive authorization request for this user and resource.`,
  );
}

export function unknownPermission(
  application: ApplicationRecord,
  permission: string,
  resourceAppId: string,
): EntraError {
  return error(
    "invalid_client",
    650053,
    `The application '${nameOf(application)}' asked for scope '${permission}' that doesn't exist on the resource '${resourceAppId}'. Contact the app vendor.`,
  );
}

export function resourceNotInTenant(resourceAppId: string, tenant: Tenant): EntraError {
  return error(
    "invalid_client",
    650052,
    `The app needs access to a service ('${resourceAppId}') that your organization '${tenant.displayName}' has not subscribed to or enabled. Contact your IT Admin to review the configuration of your service subscriptions.`,
  );
}

export function nothingToConsentTo(application: ApplicationRecord): EntraError {
  return error(
    "invalid_client",
    650056,
    `Misconfigured application. This could be due to one of the following: the client has not listed any permissions for 'Microsoft Graph' in the requested permissions in the client's application registration. Or, the admin has not consented in the tenant. Or, check the application identifier in the request to ensure it matches the configured client application identifier. Please contact your admin to fix the configuration or consent on behalf of the tenant. Client app ID: ${application.appId}.`,
  );
}

export function unknownResourceOfScope(resource: string, where: string): EntraError {
  return error(
    "invalid_resource",
    500011,
    `The resource principal named ${resource} was not found in the tenant named ${where}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
  );
}

export function severalResources(scope: string): EntraError {
  return error(
    "invalid_scope",
    700022,
    `The provided value for the input parameter 'scope' is not valid because it contains more than one resource. Scope ${scope} is not valid.`,
  );
}

/** What the real service has and the local cloud has not: said by name, never done halfway. */
export function notInLocalCloud(what: string): EntraError {
  return {
    status: 501,
    error: "invalid_request",
    number: 90010,
    text: `The local cloud does not have ${what}.`,
  };
}
