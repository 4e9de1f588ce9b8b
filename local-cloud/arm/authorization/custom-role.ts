// What a custom role may say ("Azure custom roles"). Where a code was not seen at the real service, the comment says so.

import type { ArmCall } from "../mechanics/arm-call.js";
import { ArmError } from "../mechanics/arm-error.js";
import { BodyFields } from "../mechanics/body-fields.js";
import { existingScope } from "../mechanics/extension-scope.js";
import { isGuid } from "../mechanics/guid.js";
import { isIn } from "../mechanics/references.js";
import { knownNamespace } from "../resources/namespaces.js";
import { allRoleDefinitions, type RoleDefinition, type RolePermission } from "./role-definition.js";

/** The role that a PUT asks for. Throws ArmError. */
export function customRole(
  call: ArmCall,
  scope: string,
  existing: RoleDefinition | undefined,
): RoleDefinition {
  const { name = "" } = call.params;
  if (existing?.type === "BuiltInRole") throw builtIn(existing);
  // Not seen.
  if (!isGuid(name)) {
    throw invalid("InvalidRoleDefinitionId", `The role definition ID '${name}' must be a GUID.`);
  }
  const fields = new BodyFields(call.body).object("properties");
  const roleName = checkedRoleName(call, fields.string("roleName") ?? "", name);
  const now = call.cloud.context.now().toISOString();
  return {
    name: name.toLowerCase(),
    roleName,
    description: fields.string("description") ?? "",
    type: "CustomRole",
    assignableScopes: checkedScopes(call, scope, fields.strings("assignableScopes") ?? []),
    permissions: checkedPermissions(fields.raw("permissions")),
    createdOn: existing?.createdOn ?? now,
    updatedOn: now,
    createdBy: existing?.createdBy ?? call.caller.oid,
    updatedBy: call.caller.oid,
  };
}

function checkedRoleName(call: ArmCall, roleName: string, name: string): string {
  // Not seen. The portal takes 128 characters.
  if (roleName.trim() === "" || roleName.length > 128) {
    throw invalid(
      "InvalidRoleDefinitionName",
      `A role has a name of 1 to 128 characters, got '${roleName}'.`,
    );
  }
  const taken = allRoleDefinitions(call.cloud.context.store).some(
    (other) =>
      other.roleName.toLowerCase() === roleName.toLowerCase() && other.name !== name.toLowerCase(),
  );
  if (!taken) return roleName;
  throw new ArmError(
    409,
    "RoleDefinitionWithSameNameExists",
    `A custom role with the same name already exists in this directory. Use a different name. (code: RoleDefinitionWithSameNameExists)`,
  );
}

function checkedScopes(call: ArmCall, scope: string, scopes: readonly string[]): readonly string[] {
  // Not seen.
  if (scopes.length === 0) {
    throw invalid("InvalidAssignableScopes", "A custom role has at least one assignable scope.");
  }
  const checked = scopes.map((place) => {
    if (place === "/" || place === "") {
      throw invalid(
        "InvalidAssignableScopes",
        "The root scope '/' is for built-in roles only. Name subscriptions or resource groups.",
      );
    }
    return existingScope(call.cloud, place);
  });
  if (checked.some((place) => isIn(scope, place))) return checked;
  throw invalid(
    "InvalidAssignableScopes",
    `The role is written at '${scope}', which none of its assignable scopes holds.`,
  );
}

function checkedPermissions(raw: unknown): readonly RolePermission[] {
  if (!Array.isArray(raw) || raw.length === 0) {
    throw invalid("InvalidRoleDefinition", "A custom role has permissions.");
  }
  return raw.map((item) => {
    const fields = new BodyFields(item, "properties.permissions");
    const checked = (name: string) =>
      (fields.strings(name) ?? []).map((action) => checkedAction(action, name));
    return {
      actions: checked("actions"),
      notActions: checked("notActions"),
      dataActions: checked("dataActions"),
      notDataActions: checked("notDataActions"),
    };
  });
}

/** Only what an action looks like: which ones a namespace has, the local cloud does not know. */
function checkedAction(action: string, list: string): string {
  const [namespace = ""] = action.split("/");
  const known = namespace.startsWith("*") || knownNamespace(namespace) !== undefined;
  const ends = /(\*|\/(read|write|delete|action))$/i.test(action);
  if (known && ends) return action;
  throw invalid(
    "InvalidActionOrNotAction",
    `'${action}' in '${list}' does not match any of the actions supported by the providers.`,
  );
}

/** 403 for a change of what is Azure's own; its words were not seen. */
export function builtIn({ roleName }: RoleDefinition): ArmError {
  return new ArmError(
    403,
    "AuthorizationFailed",
    `The role '${roleName}' is a built-in role, which nobody can change or delete.`,
  );
}

function invalid(code: string, message: string): ArmError {
  return new ArmError(400, code, message);
}
