// A service principal as Graph shows it: what is its own, and what it takes from the application behind it.
import type { Directory } from "../directory/directory.js";
import type { ApplicationRecord, ServicePrincipalRecord } from "../directory/records.js";
import type { Collection } from "./collection.js";
import { isJsonObject, type JsonObject } from "./json-body.js";
import { servicePrincipalShape } from "./service-principal-shape.js";
import { shown } from "./shape.js";

/** Every property of v1.0. The application of another tenant is shown through it, as in the real directory. */
export function servicePrincipalView(
  directory: Directory,
  record: ServicePrincipalRecord,
  deletedAt: string | null = null,
): JsonObject {
  const application = directory.applicationByAppId(record.appId);
  return {
    id: record.id,
    deletedDateTime: deletedAt,
    appId: record.appId,
    appOwnerOrganizationId: record.appOwnerOrganizationId,
    createdDateTime: record.createdDateTime,
    servicePrincipalType: record.servicePrincipalType,
    disabledByMicrosoftStatus: null,
    applicationTemplateId: null,
    ...shown(servicePrincipalShape.writable, record.fields),
    ...fromApplication(record, application),
    appRoles: record.appRoles,
    addIns: [],
    keyCredentials: [],
    passwordCredentials: [],
    resourceSpecificApplicationPermissions: [],
    verifiedPublisher: { displayName: null, verifiedPublisherId: null, addedDateTime: null },
  };
}

/** The name it goes by: the application's, as long as that is there. */
export function displayNameOf(directory: Directory, record: ServicePrincipalRecord): unknown {
  const application = directory.applicationByAppId(record.appId);
  return application?.fields["displayName"] ?? record.fields["displayName"] ?? null;
}

function fromApplication(
  record: ServicePrincipalRecord,
  application: ApplicationRecord | undefined,
): JsonObject {
  const fields = application?.fields ?? {};
  const [web, spa, publicClient] = [
    part(fields, "web"),
    part(fields, "spa"),
    part(fields, "publicClient"),
  ];
  const displayName = fields["displayName"] ?? record.fields["displayName"] ?? null;
  const managedIdentity = record.servicePrincipalType === "ManagedIdentity";
  return {
    displayName,
    appDisplayName: managedIdentity ? null : displayName,
    appDescription: fields["description"] ?? null,
    homepage: web["homePageUrl"] ?? null,
    logoutUrl: web["logoutUrl"] ?? null,
    replyUrls: [web, spa, publicClient].flatMap((client) => list(client["redirectUris"])),
    servicePrincipalNames: [record.appId, ...list(fields["identifierUris"])],
    signInAudience: fields["signInAudience"] ?? record.fields["signInAudience"] ?? null,
    info: {
      logoUrl: null,
      marketingUrl: null,
      privacyStatementUrl: null,
      supportUrl: null,
      termsOfServiceUrl: null,
      ...part(fields, "info"),
    },
    oauth2PermissionScopes: list(part(fields, "api")["oauth2PermissionScopes"]),
  };
}

function part(fields: JsonObject, property: string): JsonObject {
  const value = fields[property];
  return isJsonObject(value) ? value : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

const known = new Set([
  ...Object.keys(servicePrincipalShape.writable),
  ...servicePrincipalShape.readOnly,
  ...(servicePrincipalShape.notWritableHere ?? []),
]);

export const servicePrincipalCollection: Collection = {
  resource: servicePrincipalShape.resource,
  type: servicePrincipalShape.type,
  context: servicePrincipalShape.collection,
  known,
  others: known,
  sortable: ["displayName", "createdDateTime"],
  expandable: ["owners"],
  properties: {
    id: "text",
    accountEnabled: "boolean",
    alternativeNames: "list",
    appDisplayName: "text",
    appId: "text",
    applicationTemplateId: "text",
    appOwnerOrganizationId: "text",
    createdDateTime: "dateTime",
    displayName: "text",
    homepage: "text",
    preferredSingleSignOnMode: "text",
    servicePrincipalNames: "list",
    servicePrincipalType: "text",
    signInAudience: "text",
    tags: "list",
  },
};
