// What was deleted, and can be restored for 30 days.
import type { DeletedItemRecord } from "../directory/records.js";
import { applicationCollection, applicationView } from "./application-view.js";
import { type Collection, collectionAnswer, entityAnswer } from "./collection.js";
import { checkedId, ownedEnough } from "./directory-lookup.js";
import { directoryObjectCollection } from "./directory-object-view.js";
import { badRequest, notFound } from "./errors.js";
import type { JsonObject } from "./json-body.js";
import { readApplications, writeApplications } from "./rights.js";
import type { GraphAnswer, GraphCall, GraphRoute } from "./route-table.js";
import { servicePrincipalCollection, servicePrincipalView } from "./service-principal-view.js";
import { nameInUse } from "./service-principals.js";

const ONE = "/directory/deletedItems/{id}";

export const deletedItemRoutes: readonly GraphRoute[] = [
  {
    method: "GET",
    path: "/directory/deletedItems",
    rights: readApplications,
    handle: () => {
      // UNVERIFIED text: the kind has to be named.
      throw badRequest(
        "The kind of the deleted items has to be named: deletedItems/microsoft.graph.application or deletedItems/microsoft.graph.servicePrincipal.",
      );
    },
  },
  {
    method: "GET",
    path: "/directory/deletedItems/microsoft.graph.application",
    rights: readApplications,
    handle: (call) => list(call, "application", applicationCollection),
  },
  {
    method: "GET",
    path: "/directory/deletedItems/microsoft.graph.servicePrincipal",
    rights: readApplications,
    handle: (call) => list(call, "servicePrincipal", servicePrincipalCollection),
  },
  { method: "GET", path: ONE, rights: readApplications, handle: get },
  { method: "DELETE", path: ONE, rights: writeApplications, handle: remove },
  { method: "POST", path: `${ONE}/restore`, rights: writeApplications, handle: restore },
];

const KEPT_FOR_DAYS = 30;
const DAY = 24 * 60 * 60 * 1000;

function list(
  call: GraphCall,
  kind: "application" | "servicePrincipal",
  collection: Collection,
): GraphAnswer {
  const items = call.context.directory
    .deletedItems(call.caller.tenantId)
    .filter((item) => item[kind] !== undefined && isKept(call, item))
    .map((item) => view(call, item));
  return collectionAnswer(call, { ...collection, context: "directoryObjects" }, items);
}

function get(call: GraphCall): GraphAnswer {
  return entityAnswer(call, directoryObjectCollection, typedView(call, itemOf(call)));
}

function remove(call: GraphCall): GraphAnswer {
  const item = itemOf(call);
  ownedEnough(call, ownedPart(item));
  call.context.directory.removeDeletedItem(item);
  return { status: 204 };
}

/** Restoring an application does not restore its service principal. App role assignments are gone for good. */
function restore(call: GraphCall): GraphAnswer {
  const { directory } = call.context;
  const item = itemOf(call);
  ownedEnough(call, ownedPart(item));
  const { application, servicePrincipal } = item;
  // Its identifier URIs were kept for it all the while.
  if (application !== undefined) directory.putApplication(application);
  if (servicePrincipal !== undefined) {
    const { tenantId, appId } = servicePrincipal;
    if (directory.servicePrincipalByAppId(tenantId, appId) !== undefined) throw nameInUse(appId);
    directory.putServicePrincipal(servicePrincipal);
  }
  directory.removeDeletedItem(item);
  const restored = { ...typedView(call, item), deletedDateTime: null };
  return entityAnswer(call, directoryObjectCollection, restored);
}

function itemOf(call: GraphCall): DeletedItemRecord {
  const id = checkedId(call.param("id"));
  const item = call.context.directory.deletedItem(call.caller.tenantId, id);
  if (item === undefined || !isKept(call, item)) throw notFound(id);
  return item;
}

function isKept(call: GraphCall, item: DeletedItemRecord): boolean {
  const age = call.context.now().getTime() - Date.parse(item.deletedDateTime);
  return age < KEPT_FOR_DAYS * DAY;
}

function ownedPart(item: DeletedItemRecord): { readonly owners: readonly string[] } {
  return item.application ?? item.servicePrincipal ?? { owners: [] };
}

function view(call: GraphCall, item: DeletedItemRecord): JsonObject {
  const { application, servicePrincipal, deletedDateTime } = item;
  if (application !== undefined) return applicationView(application, deletedDateTime);
  if (servicePrincipal === undefined) throw new Error(`the deleted item ${item.id} is empty`);
  return servicePrincipalView(call.context.directory, servicePrincipal, deletedDateTime);
}

function typedView(call: GraphCall, item: DeletedItemRecord): JsonObject {
  const kind = item.application === undefined ? "servicePrincipal" : "application";
  return { "@odata.type": `#microsoft.graph.${kind}`, ...view(call, item) };
}
