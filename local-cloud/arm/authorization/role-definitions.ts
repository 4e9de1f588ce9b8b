// Role definitions: the built-in ones, and custom ones that a subscription or a resource group brings.
import type { ArmAnswer, ArmCall, ArmRoute } from "../mechanics/arm-call.js";
import { ArmError, notHere } from "../mechanics/arm-error.js";
import { existingScope } from "../mechanics/extension-scope.js";
import { pageOf } from "../mechanics/pages.js";
import { builtIn, customRole } from "./custom-role.js";
import { ROLE_ASSIGNMENTS } from "./granted.js";
import {
  allRoleDefinitions,
  isAssignable,
  type RoleDefinition,
  roleDefinition,
  roleNameIn,
} from "./role-definition.js";

/** As lists of the resource providers name it. */
export const roleDefinitionType = {
  namespace: "Microsoft.Authorization",
  type: "roleDefinitions",
  apiVersions: ["2015-07-01", "2018-01-01-preview", "2022-04-01", "2022-05-01-preview"],
};

const RIGHT = "Microsoft.Authorization/roleDefinitions";
const TENANT = `/providers/${RIGHT}`;
const SCOPE = `/{+scope}${TENANT}`;
const common = { apiVersions: roleDefinitionType.apiVersions, typeName: roleDefinitionType.type };

const reading = (list: string): readonly ArmRoute[] => [
  {
    ...common,
    method: "GET",
    pattern: list,
    action: `${RIGHT}/read`,
    scope: "parent",
    handle: listRoles,
  },
  {
    ...common,
    method: "GET",
    pattern: `${list}/{name}`,
    action: `${RIGHT}/read`,
    handle: (call) => ({ status: 200, body: viewOf(existingRole(call), scopeOf(call)) }),
  },
];

export const roleDefinitionRoutes: readonly ArmRoute[] = [
  ...reading(TENANT),
  ...reading(SCOPE),
  { ...common, method: "PUT", pattern: `${SCOPE}/{name}`, action: `${RIGHT}/write`, handle: put },
  {
    ...common,
    method: "DELETE",
    pattern: `${SCOPE}/{name}`,
    action: `${RIGHT}/delete`,
    handle: remove,
  },
];

function listRoles(call: ArmCall): ArmAnswer {
  const scope = scopeOf(call);
  const matches = filterOf(call.query.get("$filter")?.trim() ?? "");
  const roles = allRoleDefinitions(call.cloud.context.store).filter(
    (role) => isAssignable(role, scope) && matches(role),
  );
  return {
    status: 200,
    body: pageOf(
      call,
      roles.map((role) => viewOf(role, scope)),
    ),
  };
}

function put(call: ArmCall): ArmAnswer {
  const { store } = call.cloud.context;
  const role = customRole(call, scopeOf(call), find(call));
  store.put("armRoleDefinitions", role.name, role);
  return { status: 201, body: viewOf(role, scopeOf(call)) };
}

function remove(call: ArmCall): ArmAnswer {
  const role = find(call);
  if (role === undefined) return { status: 204 };
  if (role.type === "BuiltInRole") throw builtIn(role);
  const { extensions, context } = call.cloud;
  const used = role.assignableScopes.some((scope) =>
    [...extensions.at(scope, ROLE_ASSIGNMENTS), ...extensions.below(scope, ROLE_ASSIGNMENTS)].some(
      ({ properties }) => roleNameIn(String(properties["roleDefinitionId"])) === role.name,
    ),
  );
  if (used) {
    throw new ArmError(
      400,
      "RoleDefinitionHasAssignments",
      `There are existing role assignments referencing role (code: RoleDefinitionHasAssignments).`,
    );
  }
  context.store.remove("armRoleDefinitions", role.name);
  return { status: 200, body: viewOf(role, scopeOf(call)) };
}

function existingRole(call: ArmCall): RoleDefinition {
  const role = find(call);
  if (role !== undefined) return role;
  throw new ArmError(
    404,
    "RoleDefinitionDoesNotExist",
    `The specified role definition with ID '${(call.params["name"] ?? "").replaceAll("-", "")}' does not exist.`,
  );
}

function find(call: ArmCall): RoleDefinition | undefined {
  return roleDefinition(call.cloud.context.store, call.params["name"] ?? "");
}

/** Empty at the tenant. */
function scopeOf(call: ArmCall): string {
  const { scope } = call.params;
  return scope === undefined ? "" : existingScope(call.cloud, scope);
}

function filterOf(filter: string): (role: RoleDefinition) => boolean {
  const terms = filter === "" ? [] : filter.split(/\s+and\s+/i);
  const tests = terms.map((term) => {
    const [, field = "", quoted = ""] =
      /^(roleName|type)\s+eq\s+'((?:[^']|'')*)'$/i.exec(term) ?? [];
    const value = quoted.replaceAll("''", "'").toLowerCase();
    if (/^atScopeAndBelow\(\)$/i.test(term)) return () => true;
    if (/^roleName$/i.test(field))
      return ({ roleName }: RoleDefinition) => roleName.toLowerCase() === value;
    if (/^type$/i.test(field)) return ({ type }: RoleDefinition) => type.toLowerCase() === value;
    throw notHere(`the $filter "${filter}" of role definitions`);
  });
  return (role) => tests.every((test) => test(role));
}

function viewOf(role: RoleDefinition, scope: string) {
  const { name, permissions, ...properties } = role;
  const [, subscriptions, subscriptionId] = scope.split("/");
  const place = subscriptions === undefined ? "" : `/${subscriptions}/${subscriptionId}`;
  return {
    id: `${place}/providers/${RIGHT}/${name}`,
    name,
    type: RIGHT,
    properties: { ...properties, permissions },
  };
}
