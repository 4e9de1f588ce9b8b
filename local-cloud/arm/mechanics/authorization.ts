// Who may do what. Today a principal has one role on every subscription of its tenant; role assignments at a
// scope can take the place of `roleOf` without a change elsewhere.
import type { CloudContext } from "../../cloud-context.js";
import type { AccessTokenClaims } from "../../entra/access-tokens.js";
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
  throw new ArmError(
    403,
    "AuthorizationFailed",
    `The client '${caller.oid}' with object id '${caller.oid}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );
}

/** Whether the caller sees the subscription at all. */
export function hasAnyRole(context: CloudContext, caller: AccessTokenClaims): boolean {
  return roleOf(context, caller) !== undefined;
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
