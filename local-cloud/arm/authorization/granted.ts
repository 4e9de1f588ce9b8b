// The question that everything which is guarded asks: may this principal do this here? Role assignments at the scope
// and at everything it is in answer it, once they have reached every part of Azure.
import type { CloudContext } from "../../cloud-context.js";
import { type ExtensionRecord, Extensions } from "../mechanics/extension-store.js";
import { allows, roleDefinition, roleNameIn, type Wanted } from "./role-definition.js";

export const ROLE_ASSIGNMENTS = "Microsoft.Authorization/roleAssignments";

/**
 * Whether role assignments allow a principal (object id) something at a scope: the id of a resource, or one below it such
 * as that of a vault's secret. An assignment that has not spread yet, as `replication` was told, does not count.
 */
export function isGranted(
  context: CloudContext,
  principalId: string,
  wanted: Wanted,
  scope: string,
): boolean {
  const extensions = new Extensions(context.store);
  return [
    ...extensions.at(scope, ROLE_ASSIGNMENTS),
    ...extensions.above(scope, ROLE_ASSIGNMENTS),
  ].some((assignment) => isOf(assignment, principalId) && grants(context, assignment, wanted));
}

/** Whether a principal has any role on a subscription or on something in it. */
export function hasRoleIn(
  context: CloudContext,
  principalId: string,
  subscriptionId: string,
): boolean {
  const extensions = new Extensions(context.store);
  const scope = `/subscriptions/${subscriptionId}`;
  return [
    ...extensions.at(scope, ROLE_ASSIGNMENTS),
    ...extensions.below(scope, ROLE_ASSIGNMENTS),
  ].some((assignment) => isOf(assignment, principalId) && hasSpread(context, assignment));
}

function isOf({ properties }: ExtensionRecord, principalId: string): boolean {
  return String(properties["principalId"]).toLowerCase() === principalId.toLowerCase();
}

function grants(context: CloudContext, assignment: ExtensionRecord, wanted: Wanted): boolean {
  if (!hasSpread(context, assignment)) return false;
  const name = roleNameIn(String(assignment.properties["roleDefinitionId"]));
  const role = name === undefined ? undefined : roleDefinition(context.store, name);
  return role !== undefined && allows(role, wanted);
}

function hasSpread({ replication, now }: CloudContext, { createdTime }: ExtensionRecord): boolean {
  return replication.hasSpread(createdTime, now());
}
