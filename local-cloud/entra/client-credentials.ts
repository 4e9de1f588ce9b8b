// The client credentials grant: who asks, with which proof, for which service.
import type { CloudContext } from "../cloud-context.js";
import { findTenant, type Tenant } from "../well-known.js";
import { type Audience, audienceOfResource, audienceOfScope } from "./audience.js";
import type { ClientProof } from "./client-proof.js";
import { type EntraError, invalidRequest } from "./entra-errors.js";

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
    return { problem: managed ? identitiesNotHere() : unknownApplication(clientId, tenant) };
  }
  const credentialProblem = await proof(application, form);
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
