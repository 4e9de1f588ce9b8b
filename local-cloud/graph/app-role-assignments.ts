// App role assignments: the admin consent for application permissions. One record, seen from both of its ends.
import { randomBytes } from "node:crypto";
import type { AppRoleAssignmentRecord, ServicePrincipalRecord } from "../directory/records.js";
import { type Collection, collectionAnswer, entityAnswer } from "./collection.js";
import { sees, servicePrincipalOf } from "./directory-lookup.js";
import { badRequest, missingValue, notFound } from "./errors.js";
import type { JsonObject } from "./json-body.js";
import { grantAppRoles, readApplications, revokeAppRoles } from "./rights.js";
import type { GraphAnswer, GraphCall, GraphRoute } from "./route-table.js";
import { displayNameOf } from "./service-principal-view.js";
import { type EntityShape, guid, text, writtenProperties } from "./shape.js";
import { timestamp } from "./timestamp.js";

/** An end of an assignment: what was granted to a principal, or what a resource has granted. */
type End = "appRoleAssignments" | "appRoleAssignedTo";

export const appRoleAssignmentRoutes: readonly GraphRoute[] = [
  ...routesOf("appRoleAssignments"),
  ...routesOf("appRoleAssignedTo"),
];

function routesOf(end: End): GraphRoute[] {
  const list = `/servicePrincipals/{id}/${end}`;
  const one = `${list}/{assignment}`;
  const at = (handle: (call: GraphCall, end: End) => GraphAnswer) => (call: GraphCall) =>
    handle(call, end);
  return [
    { method: "GET", path: list, rights: readApplications, handle: at(listAssignments) },
    { method: "POST", path: list, rights: grantAppRoles, handle: at(assign) },
    { method: "GET", path: one, rights: readApplications, handle: at(getAssignment) },
    { method: "DELETE", path: one, rights: revokeAppRoles, handle: at(removeAssignment) },
  ];
}

const shape: EntityShape = {
  resource: "AppRoleAssignment",
  type: "microsoft.graph.appRoleAssignment",
  collection: "appRoleAssignments",
  // Clients send along what the service knows better; it is read and not used.
  writable: {
    appRoleId: guid,
    principalId: guid,
    resourceId: guid,
    principalDisplayName: text,
    principalType: text,
    resourceDisplayName: text,
  },
  readOnly: ["id", "createdDateTime", "deletedDateTime"],
};

const known = new Set([...Object.keys(shape.writable), ...shape.readOnly]);

function collectionOf(end: End, id: string): Collection {
  return {
    resource: shape.resource,
    type: shape.type,
    context: `servicePrincipals('${id}')/${end}`,
    known,
    others: known,
    sortable: [],
    properties: {
      appRoleId: "text",
      principalId: "text",
      resourceId: "text",
      createdDateTime: "dateTime",
    },
  };
}

function listAssignments(call: GraphCall, end: End): GraphAnswer {
  const { directory } = call.context;
  const { id, tenantId } = servicePrincipalOf(call);
  const records =
    end === "appRoleAssignments"
      ? directory.assignmentsOfPrincipal(tenantId, id)
      : directory.assignmentsToResource(tenantId, id);
  const views = records.map((record) => view(call, record));
  return collectionAnswer(call, collectionOf(end, id), views);
}

function getAssignment(call: GraphCall, end: End): GraphAnswer {
  const { id } = servicePrincipalOf(call);
  return entityAnswer(call, collectionOf(end, id), view(call, assignmentOf(call, end, id)));
}

function removeAssignment(call: GraphCall, end: End): GraphAnswer {
  const { id } = servicePrincipalOf(call);
  call.context.directory.removeAssignment(assignmentOf(call, end, id));
  return { status: 204 };
}

function assignmentOf(call: GraphCall, end: End, id: string): AppRoleAssignmentRecord {
  const wanted = call.param("assignment");
  const record = call.context.directory.assignment(call.caller.tenantId, wanted);
  const holder = end === "appRoleAssignments" ? record?.principalId : record?.resourceId;
  if (record === undefined || holder !== id) throw notFound(wanted);
  return record;
}

function assign(call: GraphCall, end: End): GraphAnswer {
  const { directory, now } = call.context;
  const here = servicePrincipalOf(call);
  const written = writtenProperties(shape, call.body);
  const principalId = requiredId(written, "principalId");
  const resourceId = requiredId(written, "resourceId");
  const appRoleId = requiredId(written, "appRoleId");
  if (here.id !== (end === "appRoleAssignments" ? principalId : resourceId))
    throw invalidReference();
  const principal = referenced(call, principalId, here);
  const resource = referenced(call, resourceId, here);
  checkRole(resource, appRoleId);
  const same = directory
    .assignmentsOfPrincipal(principal.tenantId, principal.id)
    .some((other) => other.resourceId === resource.id && other.appRoleId === appRoleId);
  // The status is verified by community scripts that look for this text; UNVERIFIED officially.
  if (same) throw badRequest("Permission being assigned already exists on the object");
  const record: AppRoleAssignmentRecord = {
    id: randomBytes(32).toString("base64url"),
    tenantId: principal.tenantId,
    appRoleId,
    principalId: principal.id,
    resourceId: resource.id,
    createdDateTime: timestamp(now()),
  };
  directory.putAssignment(record);
  return entityAnswer(call, collectionOf(end, here.id), view(call, record), 201);
}

function requiredId(written: JsonObject, property: string): string {
  const value = written[property];
  if (typeof value !== "string") throw missingValue("AppRoleAssignment", property);
  return value.toLowerCase();
}

/** One of the two ends; the one that the path names is known already. */
function referenced(
  call: GraphCall,
  id: string,
  here: ServicePrincipalRecord,
): ServicePrincipalRecord {
  if (id === here.id) return here;
  const record = call.context.directory.servicePrincipal(here.tenantId, id);
  if (record === undefined || !sees(call, record.id)) throw invalidReference();
  return record;
}

/** Wrong ids, or ids that are not replicated yet (microsoftgraph/microsoft-graph-docs-contrib, issue 1407). */
function invalidReference() {
  return badRequest("Not a valid reference update.");
}

/** Grants access without a role, to a resource that has none for applications ("appRoleAssignment resource type"). */
const DEFAULT_ACCESS = "00000000-0000-0000-0000-000000000000";

function checkRole(resource: ServicePrincipalRecord, appRoleId: string): void {
  const assignable = resource.appRoles.filter(
    (role) => role.isEnabled && role.allowedMemberTypes.includes("Application"),
  );
  if (appRoleId === DEFAULT_ACCESS && assignable.length === 0) return;
  if (assignable.some((role) => role.id.toLowerCase() === appRoleId)) return;
  throw badRequest(`Permission being assigned was not found on application '${resource.appId}'.`);
}

function view(call: GraphCall, record: AppRoleAssignmentRecord): JsonObject {
  const { directory } = call.context;
  const { tenantId, id, appRoleId, principalId, resourceId, createdDateTime } = record;
  const nameOf = (of: string) => {
    const principal = directory.servicePrincipal(tenantId, of);
    return principal === undefined ? null : displayNameOf(directory, principal);
  };
  return {
    id,
    deletedDateTime: null,
    appRoleId,
    createdDateTime,
    principalDisplayName: nameOf(principalId),
    principalId,
    principalType: "ServicePrincipal",
    resourceDisplayName: nameOf(resourceId),
    resourceId,
  };
}
