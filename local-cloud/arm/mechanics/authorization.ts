// Who may do what. The principals that the local cloud begins with have one role on every subscription of their tenant; all
// others have what role assignments give them.
import type { CloudContext } from "../../cloud-context.js";
import type { AccessTokenClaims } from "../../entra/access-tokens.js";
import { hasRoleIn, isGranted } from "../authorization/granted.js";
import { ArmError } from "./arm-error.js";

type BuiltInRole = "Owner" | "Contributor" | "Reader";

/** Throws 403 AuthorizationFailed unless the caller may do `action` at `scope`. */
export function authorize(
  context: CloudContext,
  caller: AccessTokenClaims,
  action: string,
  scope: string,
): void {
  if (isAllowed(roleOf(context, caller), action)) return;
  if (isGranted(context, caller.oid, { action }, scope)) return;
  throw new ArmError(
    403,
    "AuthorizationFailed",
    `The client '${caller.oid}' with object id '${caller.oid}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );
}

/** Whether the caller sees a subscription at all. */
export function hasAnyRole(
  context: CloudContext,
  caller: AccessTokenClaims,
  subscriptionId: string,
): boolean {
  return roleOf(context, caller) !== undefined || hasRoleIn(context, caller.oid, subscriptionId);
}

function roleOf(context: CloudContext, caller: AccessTokenClaims): BuiltInRole | undefined {
  return context.store.get<BuiltInRole>("armRoles", caller.oid);
}

function isAllowed(role: BuiltInRole | undefined, action: string): boolean {
  if (role === "Owner") return true;
  // "Azure built-in roles": Contributor's notActions are the writes of Microsoft.Authorization.
  const grantsAccess = /^microsoft\.authorization\/.*\/(write|delete|action)$/i.test(action);
  if (role === "Contributor") return !grantsAccess;
  return role === "Reader" && action.toLowerCase().endsWith("/read");
}
