// What an application may call itself ("Restrictions on identifier URIs of Microsoft Entra applications").
import type { Directory } from "../directory/directory.js";
import type { ApplicationRecord } from "../directory/records.js";
import { TENANTS } from "../well-known.js";
import { badRequest, GraphError, invalidValue } from "./errors.js";
import { isJsonObject } from "./json-body.js";

/** Throws 400 for an identifier URI that is malformed, not ours to use, or in use. Only `added` ones are judged. */
export function checkIdentifierUris(
  directory: Directory,
  application: ApplicationRecord,
  added: readonly string[],
): void {
  for (const [index, uri] of added.entries()) {
    checkForm(uri, `identifierUris[${index}]`);
    checkDomain(uri, application.tenantId);
    checkPolicy(uri, application);
  }
  if (added.length > 0) checkUnused(directory, application, new Set(added.map(lower)));
}

function checkForm(uri: string, path: string): void {
  if (!/^(https|api):\/\/[^/\s]+/i.test(uri) || !URL.canParse(uri)) {
    throw invalidValue("Application", path, "must be a URI that starts with api:// or https://");
  }
  if (uri.endsWith("/")) throw invalidValue("Application", path, "must not end with a slash");
  if (new URL(uri).hash !== "") throw invalidValue("Application", path, "must have no fragment");
}

function checkDomain(uri: string, tenantId: string): void {
  if (!/^https:/i.test(uri) || onVerifiedDomain(uri, tenantId)) return;
  const message = `Values of identifierUris property must use a verified domain of the organization or its subdomain: '${uri}'`;
  throw new GraphError(400, "HostNameNotOnVerifiedDomain", message);
}

/** The policy of every tenant since 2025. It leaves alone applications that take v2 access tokens. */
function checkPolicy(uri: string, application: ApplicationRecord): void {
  const api = application.fields["api"];
  if (isJsonObject(api) && api["requestedAccessTokenVersion"] === 2) return;
  const { appId, tenantId } = application;
  const allowed =
    onVerifiedDomain(uri, tenantId) ||
    lower(uri) === `api://${appId}` ||
    lower(uri).startsWith(`api://${tenantId}/`) ||
    new RegExp(`^api://[^/]+/${appId}$`, "i").test(uri);
  if (allowed) return;
  throw badRequest(
    `Failed to add identifier URI ${uri}. All newly added URIs must contain a tenant verified domain, tenant ID, or app ID, as per the default tenant policy of your organization. See https://aka.ms/identifier-uri-addition-error for more information on this error.`,
  );
}

function onVerifiedDomain(uri: string, tenantId: string): boolean {
  const domain = TENANTS.find((tenant) => tenant.id === tenantId)?.domain;
  const host = new URL(uri).hostname.toLowerCase();
  return domain !== undefined && (host === domain || host.endsWith(`.${domain}`));
}

/** Unique in the tenant. UNVERIFIED: those of a deleted application stay taken until it is deleted for good. */
function checkUnused(
  directory: Directory,
  application: ApplicationRecord,
  uris: ReadonlySet<string>,
): void {
  const others = [
    ...directory.applications(application.tenantId),
    ...directory.deletedItems(application.tenantId).flatMap((item) => item.application ?? []),
  ].filter((other) => other.id !== application.id);
  const taken = others.some((other) => identifierUrisOf(other).some((uri) => uris.has(lower(uri))));
  if (taken) {
    throw badRequest(
      "Another object with the same value for property identifierUris already exists.",
    );
  }
}

/** The identifier URIs of an application. */
export function identifierUrisOf(application: ApplicationRecord): string[] {
  const uris = application.fields["identifierUris"];
  return Array.isArray(uris) ? uris.filter((uri) => typeof uri === "string") : [];
}

function lower(uri: string): string {
  return uri.toLowerCase();
}
