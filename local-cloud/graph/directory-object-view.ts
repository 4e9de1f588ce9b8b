// Any object of the directory, as lists of mixed kinds show it.
import { applicationCollection, applicationView } from "./application-view.js";
import type { Collection } from "./collection.js";
import type { JsonObject } from "./json-body.js";
import type { GraphCall } from "./route-table.js";
import { servicePrincipalCollection, servicePrincipalView } from "./service-principal-view.js";

/** As `directoryObjectView`; those that are not there are left out. */
export function directoryObjectViews(call: GraphCall, ids: readonly string[]): JsonObject[] {
  return ids.map((id) => directoryObjectView(call, id)).filter((view) => view !== undefined);
}

/** The application or service principal with this object id, with its `@odata.type`. */
export function directoryObjectView(call: GraphCall, id: string): JsonObject | undefined {
  const { directory } = call.context;
  const { tenantId } = call.caller;
  const application = directory.application(tenantId, id);
  if (application !== undefined) {
    return { "@odata.type": "#microsoft.graph.application", ...applicationView(application) };
  }
  const principal = directory.servicePrincipal(tenantId, id);
  if (principal === undefined) return undefined;
  return {
    "@odata.type": "#microsoft.graph.servicePrincipal",
    ...servicePrincipalView(directory, principal),
  };
}

const known = new Set([...applicationCollection.known, ...servicePrincipalCollection.known]);

export const directoryObjectCollection: Collection = {
  resource: "DirectoryObject",
  type: "microsoft.graph.directoryObject",
  context: "directoryObjects",
  known,
  others: known,
  sortable: [],
  properties: { id: "text", displayName: "text" },
};
