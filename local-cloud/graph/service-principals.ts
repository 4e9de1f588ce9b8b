// Service principals: what an application is in one tenant, and what app roles are granted to.
import { randomUUID } from "node:crypto";
import type { ApplicationRecord, ServicePrincipalRecord } from "../directory/records.js";
import { APP_SERVICE_APP_ID, ARM_APP_ID, GRAPH_APP_ID } from "../well-known.js";
import { appRolesOf } from "./applications.js";
import { collectionAnswer, countAnswer, entityAnswer } from "./collection.js";
import {
  appIdIn,
  ownedEnough,
  sees,
  servicePrincipalOf,
  servicePrincipalToChange,
} from "./directory-lookup.js";
import { badRequest, forbidden, missingValue, sameKey } from "./errors.js";
import type { JsonObject } from "./json-body.js";
import { expandedOwners, ownersBoundIn } from "./owners.js";
import { readApplications, writeApplicationParts } from "./rights.js";
import type { GraphAnswer, GraphCall, GraphRoute } from "./route-table.js";
import { servicePrincipalShape } from "./service-principal-shape.js";
import { servicePrincipalCollection, servicePrincipalView } from "./service-principal-view.js";
import { merged, writtenProperties } from "./shape.js";
import { timestamp } from "./timestamp.js";

const ONE = "/servicePrincipals/{id}";

export const servicePrincipalRoutes: readonly GraphRoute[] = [
  { method: "GET", path: "/servicePrincipals", rights: readApplications, handle: list },
  { method: "GET", path: "/servicePrincipals/$count", rights: readApplications, handle: count },
  { method: "POST", path: "/servicePrincipals", rights: writeApplicationParts, handle: create },
  { method: "GET", path: ONE, rights: readApplications, handle: get },
  { method: "PATCH", path: ONE, rights: writeApplicationParts, handle: update },
  { method: "DELETE", path: ONE, rights: writeApplicationParts, handle: remove },
];

function list(call: GraphCall): GraphAnswer {
  return collectionAnswer(call, servicePrincipalCollection, candidates(call), (id) =>
    sees(call, id),
  );
}

function count(call: GraphCall): GraphAnswer {
  return countAnswer(call, servicePrincipalCollection, candidates(call));
}

function candidates(call: GraphCall): JsonObject[] {
  const { directory } = call.context;
  const { tenantId } = call.caller;
  const appId = appIdIn(call.query.filter);
  const records =
    appId === undefined
      ? directory.servicePrincipals(tenantId)
      : [directory.servicePrincipalByAppId(tenantId, appId)];
  return records.flatMap((record) => (record === undefined ? [] : [view(call, record)]));
}

function view(call: GraphCall, record: ServicePrincipalRecord): JsonObject {
  return {
    ...servicePrincipalView(call.context.directory, record),
    ...expandedOwners(call, record),
  };
}

function get(call: GraphCall): GraphAnswer {
  return entityAnswer(call, servicePrincipalCollection, view(call, servicePrincipalOf(call)));
}

function create(call: GraphCall): GraphAnswer {
  const { directory, replication, now } = call.context;
  const { tenantId } = call.caller;
  const { appId: wanted, ...body } = call.body;
  if (wanted === undefined || wanted === null) throw missingValue("ServicePrincipal", "appId");
  const application = backingApplication(call, String(wanted));
  const { appId } = application;
  if (directory.servicePrincipalByAppId(tenantId, appId) !== undefined) throw nameInUse(appId);
  const fields = writtenProperties(servicePrincipalShape, withoutName(body, application));
  const record: ServicePrincipalRecord = {
    id: randomUUID(),
    appId,
    tenantId,
    appOwnerOrganizationId: application.tenantId,
    servicePrincipalType: "Application",
    createdDateTime: timestamp(now()),
    // The name stays when the application behind it is deleted.
    fields: { displayName: application.fields["displayName"], ...fields },
    appRoles: appRolesOf(application),
    owners: ownersBoundIn(call),
  };
  directory.putServicePrincipal(record);
  replication.created(record.id);
  return {
    ...entityAnswer(call, servicePrincipalCollection, view(call, record), 201),
    headers: { Location: `${call.base}/servicePrincipals/${record.id}` },
  };
}

/** Clients send the application's own name along; any other one would be lost, so it is refused. */
function withoutName(body: JsonObject, application: ApplicationRecord): JsonObject {
  const { displayName, servicePrincipalType, ...rest } = body;
  const sameName = displayName === null || displayName === application.fields["displayName"];
  const sameType = servicePrincipalType === null || servicePrincipalType === "Application";
  return {
    ...rest,
    ...(displayName === undefined || sameName ? {} : { displayName }),
    ...(servicePrincipalType === undefined || sameType ? {} : { servicePrincipalType }),
  };
}

/**
 * The application of this tenant, or one of another tenant that is open to others. A read that does not see it yet
 * says what the real directory says (hashicorp/terraform-provider-azuread, issues 581 and 611).
 */
function backingApplication(call: GraphCall, appId: string): ApplicationRecord {
  const { tenantId } = call.caller;
  const application = call.context.directory.applicationByAppId(appId);
  const seen = application !== undefined && sees(call, application.id) ? application : undefined;
  const atHome = seen?.tenantId === tenantId;
  if (call.reach === "owned" && !atHome) {
    throw forbidden(
      "When using this permission, the backing application of the service principal being created must in the local tenant",
    );
  }
  const open =
    atHome ||
    ["AzureADMultipleOrgs", "AzureADandPersonalMicrosoftAccount"].includes(
      String(seen?.fields["signInAudience"]),
    );
  if (seen === undefined || !open) {
    const message = `The appId '${appId}' of the service principal does not reference a valid application object.`;
    throw badRequest(message, [{ code: "NoBackingApplicationObject", message, target: "appId" }]);
  }
  // UNVERIFIED: who may change only what it owns has to own the application as well.
  return atHome ? ownedEnough(call, seen) : seen;
}

function update(call: GraphCall): GraphAnswer {
  const { directory } = call.context;
  const before = servicePrincipalToChange(call);
  const changes = writtenProperties(servicePrincipalShape, call.body);
  directory.putServicePrincipal({
    ...before,
    fields: merged(servicePrincipalShape.writable, before.fields, changes),
  });
  return { status: 204 };
}

function remove(call: GraphCall): GraphAnswer {
  const { directory, now } = call.context;
  const servicePrincipal = servicePrincipalToChange(call);
  if (belongsToMicrosoft(servicePrincipal)) throw forbidden();
  const { id, tenantId } = servicePrincipal;
  directory.removeServicePrincipal(servicePrincipal);
  directory.putDeletedItem({ id, tenantId, deletedDateTime: timestamp(now()), servicePrincipal });
  return { status: 204 };
}

/** Microsoft's own applications and managed identities are not deleted through Graph. UNVERIFIED wording. */
function belongsToMicrosoft(record: ServicePrincipalRecord): boolean {
  return record.servicePrincipalType === "ManagedIdentity" || FIRST_PARTY.has(record.appId);
}

const FIRST_PARTY: ReadonlySet<string> = new Set([GRAPH_APP_ID, ARM_APP_ID, APP_SERVICE_APP_ID]);

/** 409 when the tenant has a service principal of this application (Azure/reliable-web-app-pattern-java, issue 185). */
export function nameInUse(appId: string) {
  return sameKey(
    `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
  );
}
