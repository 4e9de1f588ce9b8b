// Finds what a request names, through the eyes of a directory that may not have heard of it yet.
import type { ApplicationRecord, ServicePrincipalRecord } from "../directory/records.js";
import { badRequest, forbidden, notFound, notHere } from "./errors.js";
import { requiredValue } from "./odata-filter.js";
import { parseFilter } from "./odata-filter-parser.js";
import { alternateKey } from "./request-path.js";
import type { GraphCall } from "./route-table.js";
import { isGuid } from "./shape.js";

/** The application that `{id}` names: an object id, or `(appId='..')`. Throws 404 while this read does not see it. */
export function applicationOf(call: GraphCall): ApplicationRecord {
  const { directory } = call.context;
  const { tenantId } = call.caller;
  const key = keyOf(call.param("id"));
  const record = key.appId
    ? directory.applicationByAppId(key.value)
    : directory.application(tenantId, key.value);
  if (record === undefined || record.tenantId !== tenantId || !sees(call, record.id)) {
    throw notFound(key.value);
  }
  return record;
}

/** As `applicationOf`; 403 when the caller may change only what it owns and does not own this. */
export function applicationToChange(call: GraphCall): ApplicationRecord {
  return ownedEnough(call, applicationOf(call));
}

/** The service principal that `{id}` names: an object id, or `(appId='..')`. Throws 404. */
export function servicePrincipalOf(call: GraphCall): ServicePrincipalRecord {
  const { directory } = call.context;
  const { tenantId } = call.caller;
  const key = keyOf(call.param("id"));
  const record = key.appId
    ? directory.servicePrincipalByAppId(tenantId, key.value)
    : directory.servicePrincipal(tenantId, key.value);
  if (record === undefined || !sees(call, record.id)) throw notFound(key.value);
  return record;
}

export function servicePrincipalToChange(call: GraphCall): ServicePrincipalRecord {
  return ownedEnough(call, servicePrincipalOf(call));
}

/** Throws 403 when the caller's rights end at what it owns, and it does not own `record`. */
export function ownedEnough<T extends { readonly owners: readonly string[] }>(
  call: GraphCall,
  record: T,
): T {
  if (call.reach === "owned" && !record.owners.includes(call.caller.objectId)) throw forbidden();
  return record;
}

/** Whether this read sees a directory object; counts as one read of it. */
export function sees(call: GraphCall, id: string): boolean {
  return call.context.replication.sees(id);
}

/** Throws 400 for an id that no directory object can have. */
export function checkedId(id: string): string {
  if (isGuid(id)) return id;
  throw badRequest(`Invalid object identifier '${id}'.`);
}

/** The app id that every match of `$filter` has, when it says so: then an index answers instead of the whole list. */
export function appIdIn(filter: string | undefined): string | undefined {
  return filter === undefined ? undefined : requiredValue(parseFilter(filter), "appId");
}

function keyOf(segment: string): { readonly value: string; readonly appId: boolean } {
  if (!segment.startsWith("(")) return { value: checkedId(segment), appId: false };
  const key = alternateKey(segment);
  if (key === undefined) throw badRequest(`Invalid object identifier '${segment}'.`);
  if (key.name === "uniqueName") throw notHere("the alternate key uniqueName");
  if (key.name !== "appId") throw badRequest(`'${key.name}' is not a key of the resource.`);
  return { value: key.value, appId: true };
}
