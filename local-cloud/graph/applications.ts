// Applications: what a developer registers, in the tenant that owns it.
import { randomUUID } from "node:crypto";
import type { Directory } from "../directory/directory.js";
import type { ApplicationRecord, AppRoleRecord } from "../directory/records.js";
import { TENANTS } from "../well-known.js";
import { applicationShape } from "./application-shape.js";
import { checkApplication } from "./application-validation.js";
import { applicationCollection, applicationView, passwordView } from "./application-view.js";
import { collectionAnswer, countAnswer, entityAnswer } from "./collection.js";
import { checkSecretAllowed } from "./credential-policy.js";
import { appIdIn, applicationOf, applicationToChange, sees } from "./directory-lookup.js";
import { badRequest } from "./errors.js";
import { isJsonObject, type JsonObject } from "./json-body.js";
import { keptKeyCredentials } from "./key-credentials.js";
import { expandedOwners, ownersBoundIn } from "./owners.js";
import { keptPasswords, type NewPassword, newPassword } from "./passwords.js";
import { readApplications, writeApplications } from "./rights.js";
import type { GraphAnswer, GraphCall, GraphRoute } from "./route-table.js";
import { merged, writtenProperties } from "./shape.js";
import { timestamp } from "./timestamp.js";

export const applicationRoutes: readonly GraphRoute[] = [
  { method: "GET", path: "/applications", rights: readApplications, handle: listApplications },
  {
    method: "GET",
    path: "/applications/$count",
    rights: readApplications,
    handle: countApplications,
  },
  { method: "POST", path: "/applications", rights: writeApplications, handle: createApplication },
  { method: "GET", path: "/applications/{id}", rights: readApplications, handle: getApplication },
  {
    method: "PATCH",
    path: "/applications/{id}",
    rights: writeApplications,
    handle: updateApplication,
  },
  {
    method: "DELETE",
    path: "/applications/{id}",
    rights: writeApplications,
    handle: deleteApplication,
  },
];

function listApplications(call: GraphCall): GraphAnswer {
  return collectionAnswer(call, applicationCollection, candidates(call), (id) => sees(call, id));
}

function countApplications(call: GraphCall): GraphAnswer {
  return countAnswer(call, applicationCollection, candidates(call));
}

function candidates(call: GraphCall): JsonObject[] {
  const { directory } = call.context;
  const { tenantId } = call.caller;
  const appId = appIdIn(call.query.filter);
  const records =
    appId === undefined
      ? directory.applications(tenantId)
      : [directory.applicationByAppId(appId)].filter((record) => record?.tenantId === tenantId);
  return records.flatMap((record) =>
    record === undefined ? [] : [{ ...applicationView(record), ...expandedOwners(call, record) }],
  );
}

function getApplication(call: GraphCall): GraphAnswer {
  const record = applicationOf(call);
  const view = { ...applicationView(record), ...expandedOwners(call, record) };
  return entityAnswer(call, applicationCollection, view);
}

function createApplication(call: GraphCall): GraphAnswer {
  const { directory, replication, now } = call.context;
  const { passwordCredentials, ...fields } = writtenProperties(applicationShape, call.body);
  const passwords = newPasswords(passwordCredentials, now());
  const record: ApplicationRecord = {
    id: randomUUID(),
    appId: randomUUID(),
    tenantId: call.caller.tenantId,
    createdDateTime: timestamp(now()),
    fields: withDefaults(fields),
    passwordCredentials: passwords.map(({ record }) => record),
    federatedIdentityCredentials: [],
    owners: ownersBoundIn(call),
  };
  checkApplication(directory, record, undefined);
  const made = withKeyCredentials(call, record, undefined);
  for (const secret of record.passwordCredentials) {
    checkSecretAllowed(call.context.store, record, secret);
  }
  directory.putApplication(made);
  replication.created(record.id);
  const view = {
    ...applicationView(made),
    passwordCredentials: passwords.map(({ record, secretText }) =>
      passwordView(record, secretText),
    ),
  };
  return {
    ...entityAnswer(call, applicationCollection, view, 201),
    headers: { Location: `${call.base}/applications/${record.id}` },
  };
}

/** UNVERIFIED: the audience of an application whose creator said nothing of it. */
const DEFAULT_AUDIENCE = "AzureADMyOrg";

function withDefaults(fields: JsonObject): JsonObject {
  const signInAudience = fields["signInAudience"] ?? DEFAULT_AUDIENCE;
  const api = isJsonObject(fields["api"]) ? fields["api"] : {};
  const version = api["requestedAccessTokenVersion"] ?? null;
  // Personal accounts have no v1 tokens, so there is only one version to default to.
  const needsV2 = String(signInAudience).includes("Personal") && version === null;
  return {
    ...fields,
    signInAudience,
    ...(needsV2 ? { api: { ...api, requestedAccessTokenVersion: 2 } } : {}),
  };
}

/** `passwordCredentials` of a new application: secrets that the directory makes, shown in this one answer. */
function newPasswords(value: unknown, now: Date): NewPassword[] {
  if (!Array.isArray(value)) return [];
  return value.map((wanted) => newPassword(isJsonObject(wanted) ? wanted : {}, now));
}

function updateApplication(call: GraphCall): GraphAnswer {
  const { directory } = call.context;
  const before = applicationToChange(call);
  if (Object.hasOwn(call.body, "owners@odata.bind")) {
    throw badRequest("Owners can only be bound when an application is created; use owners/$ref.");
  }
  const { passwordCredentials, ...changes } = writtenProperties(applicationShape, call.body);
  const changed: ApplicationRecord = {
    ...before,
    fields: merged(applicationShape.writable, before.fields, changes),
    passwordCredentials: keptPasswords(before, passwordCredentials),
  };
  checkApplication(directory, changed, before);
  const next = withKeyCredentials(call, changed, before);
  directory.putApplication(next);
  if (changes["appRoles"] !== undefined) offerAppRoles(directory, next);
  return { status: 204 };
}

/** Its certificates as the directory keeps them. `record` has them as they were asked for. */
function withKeyCredentials(
  { context: { store } }: GraphCall,
  record: ApplicationRecord,
  before: ApplicationRecord | undefined,
): ApplicationRecord {
  const keyCredentials = keptKeyCredentials(store, record, {
    before: before?.fields["keyCredentials"],
    wanted: record.fields["keyCredentials"],
  });
  if (keyCredentials === undefined) return record;
  return { ...record, fields: { ...record.fields, keyCredentials } };
}

/** What an application offers, its service principals offer, in whichever tenant they are. */
function offerAppRoles(directory: Directory, application: ApplicationRecord): void {
  for (const tenant of TENANTS) {
    const principal = directory.servicePrincipalByAppId(tenant.id, application.appId);
    if (principal === undefined) continue;
    directory.putServicePrincipal({ ...principal, appRoles: appRolesOf(application) });
  }
}

/** The app roles of an application, as its service principals offer them. */
export function appRolesOf(application: ApplicationRecord): AppRoleRecord[] {
  const roles = application.fields["appRoles"];
  return (Array.isArray(roles) ? roles.filter(isJsonObject) : []).map((role) => ({
    id: String(role["id"]),
    value: String(role["value"] ?? ""),
    displayName: String(role["displayName"]),
    description: String(role["description"]),
    isEnabled: role["isEnabled"] !== false,
    allowedMemberTypes: Array.isArray(role["allowedMemberTypes"])
      ? role["allowedMemberTypes"].map(String)
      : [],
    origin: "Application",
  }));
}

/** The application and its service principal at home go to the deleted items, each restorable on its own. */
function deleteApplication(call: GraphCall): GraphAnswer {
  const { directory, now } = call.context;
  const application = applicationToChange(call);
  const { tenantId, appId, id } = application;
  const deletedDateTime = timestamp(now());
  const servicePrincipal = directory.servicePrincipalByAppId(tenantId, appId);
  directory.removeApplication(application);
  directory.putDeletedItem({ id, tenantId, deletedDateTime, application });
  if (servicePrincipal !== undefined) {
    directory.removeServicePrincipal(servicePrincipal);
    directory.putDeletedItem({
      id: servicePrincipal.id,
      tenantId,
      deletedDateTime,
      servicePrincipal,
    });
  }
  return { status: 204 };
}
