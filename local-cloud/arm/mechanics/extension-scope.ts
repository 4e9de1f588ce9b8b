// What an extension resource hangs on: it must be there.
import type { ArmCloud } from "./arm-call.js";
import { ArmError, notHere } from "./arm-error.js";
import { groupId, parseResourceId } from "./resource-id.js";
import { resourceNotFound } from "./resource-place.js";
import { segmentsOf } from "./route-table.js";

/** The id of an existing subscription, resource group or resource, as it spells itself. Throws 404. */
export function existingScope(cloud: ArmCloud, scope: string): string {
  const [first, subscriptionId = "", groups, name = "", ...rest] = segmentsOf(scope);
  if (first?.toLowerCase() === "providers") throw notHere("scopes above subscriptions");
  if (first?.toLowerCase() !== "subscriptions") throw invalidScope(scope);
  // That the subscription exists was checked with the caller's tenant.
  if (groups === undefined) return `/subscriptions/${subscriptionId}`;
  if (groups.toLowerCase() !== "resourcegroups" || name === "") throw invalidScope(scope);
  const group = cloud.groups.existing(subscriptionId, name);
  if (rest.length === 0) return groupId(group.subscriptionId, group.name);
  const id = parseResourceId(scope);
  if (id === undefined) throw invalidScope(scope);
  const record = cloud.resources.get(id);
  if (record !== undefined) return record.id;
  // A part of a resource, such as a probe, is nothing that others may hang on; unverified.
  throw resourceNotFound(id);
}

function invalidScope(scope: string): ArmError {
  return new ArmError(400, "MissingSubscription", `The scope '${scope}' is not valid.`);
}
