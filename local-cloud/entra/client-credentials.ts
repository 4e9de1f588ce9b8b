// The client credentials grant: who asks, with which proof, for which service.
import type { CloudContext } from "../cloud-context.js";
import type { ApplicationRecord } from "../directory/records.js";
import { findTenant, type Tenant } from "../well-known.js";
import { isMultiTenant } from "./application-in-tenant.js";
import { type Audience, audienceOfResource, audienceOfScope, withoutOpenid } from "./audience.js";
import type { ClientProof } from "./client-proof.js";
import { type EntraError, invalidClient } from "./entra-errors.js";
import { applicationNotFound, missingParameter, unknownTenant } from "./sign-in-errors.js";

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
export async function clientCredentialsGrant(
  context: CloudContext,
  proof: ClientProof,
  tenantName: string,
  form: TokenRequest,
): Promise<Grant> {
  const tenant = findTenant(tenantName);
  if (tenant === undefined) return { problem: unknownTenant(tenantName) };
  const grantProblem = checkGrantType(form);
  if (grantProblem !== undefined) return { problem: grantProblem };
  const clientId = form["client_id"] ?? "";
  const application = context.directory.applicationByAppId(clientId);
  const principal = context.directory.servicePrincipalByAppId(tenant.id, clientId);
  if (application === undefined) {
    const managed = principal?.servicePrincipalType === "ManagedIdentity";
    return {
      problem: managed ? identitiesNotHere() : applicationNotFound(clientId, tenant.displayName),
    };
  }
  const credentialProblem = await proof(application, form);
  if (credentialProblem !== undefined) return { problem: credentialProblem };
  const audience = requestedAudience(context, form);
  if (audience === undefined) return { problem: unknownResource(form, tenant) };
  if (principal === undefined) return { problem: notInTenant(application, tenant) };
  if (principal.fields["accountEnabled"] === false) return { problem: disabled(clientId) };
  return { tenant, appId: application.appId, objectId: principal.id, audience };
}

/** The other grant types of the token endpoint never come here. */
function checkGrantType(form: TokenRequest): EntraError | undefined {
  const grantType = form["grant_type"];
  if (grantType === undefined || grantType === "") {
    return missingParameter("grant_type");
  }
  if (grantType !== "client_credentials") {
    return {
      status: 501,
      error: "unsupported_grant_type",
      number: 70003,
      text: `The local cloud does not have the grant type '${grantType}'; it has client_credentials, authorization_code and device_code.`,
    };
  }
  return (form["client_id"] ?? "") === "" ? missingParameter("client_id") : undefined;
}

function requestedAudience(context: CloudContext, form: TokenRequest): Audience | undefined {
  const origins = context.origins();
  const { scope, resource } = form;
  return scope === undefined
    ? audienceOfResource(resource ?? "", origins)
    : audienceOfScope(scope, origins);
}

/**
 * Whose tenants could have it and do not yet, as before the first consent: AADSTS7000229 (repositories
 * Azure/Commercial-Marketplace-SaaS-Accelerator, issue 830, and Azure/azure-sdk-for-net, issue 46762).
 */
function notInTenant(application: ApplicationRecord, tenant: Tenant): EntraError {
  const { appId } = application;
  if (tenant.id !== application.tenantId && !isMultiTenant(application)) {
    return applicationNotFound(appId, tenant.displayName);
  }
  return invalidClient(
    7000229,
    `The client application ${appId} is missing service principal in the tenant ${tenant.id}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119`,
  );
}

/** In Entra a managed identity can trust other issuers as well (AKS does so). */
function identitiesNotHere(): EntraError {
  return {
    status: 501,
    error: "unauthorized_client",
    number: 700016,
    text: "The local cloud does not sign managed identities in at the token endpoint: their host hands them their tokens.",
  };
}

function unknownResource(form: TokenRequest, tenant: Tenant): EntraError {
  const { scope, resource = "" } = form;
  const asked = scope === undefined ? resource : withoutOpenid(scope);
  if (scope !== undefined && !asked.endsWith("/.default")) {
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
