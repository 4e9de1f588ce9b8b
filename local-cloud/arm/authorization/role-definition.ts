// What a role allows, and whether it allows something.
import type { Store } from "../../state/store.js";
import { isIn } from "../mechanics/references.js";
import { BUILT_IN_ROLES } from "./built-in-roles.js";

export interface RolePermission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
}

export interface RoleDefinition {
  /** GUID. */
  readonly name: string;
  readonly roleName: string;
  readonly description: string;
  readonly type: "BuiltInRole" | "CustomRole";
  /** Ids of subscriptions and resource groups; `/` for a built-in role. */
  readonly assignableScopes: readonly string[];
  readonly permissions: readonly RolePermission[];
  readonly createdOn: string;
  readonly updatedOn: string;
  readonly createdBy: string | null;
  readonly updatedBy: string | null;
}

const BUILT_IN = new Map(BUILT_IN_ROLES.map((role) => [role.name, role]));

/** Something that a caller wants to do: to a resource (`action`), or with what it holds (`dataAction`). */
export type Wanted = { readonly action: string } | { readonly dataAction: string };

/** The role with this GUID, in any case. */
export function roleDefinition(store: Store, name: string): RoleDefinition | undefined {
  const wanted = name.toLowerCase();
  return BUILT_IN.get(wanted) ?? store.get<RoleDefinition>("armRoleDefinitions", wanted);
}

export function allRoleDefinitions(store: Store): readonly RoleDefinition[] {
  const custom = store.entries<RoleDefinition>("armRoleDefinitions").map(({ value }) => value);
  return [...BUILT_IN_ROLES, ...custom];
}

/** The GUID at the end of a role definition's id, at whichever scope it is written. */
export function roleNameIn(roleDefinitionId: string): string | undefined {
  const match = /(?:^|\/)providers\/Microsoft\.Authorization\/roleDefinitions\/([^/]+)\/?$/i.exec(
    roleDefinitionId,
  );
  return match?.[1]?.toLowerCase();
}

/** Whether the role exists at a scope; all of them do at the tenant, whose scope is empty. */
export function isAssignable({ assignableScopes }: RoleDefinition, scope: string): boolean {
  return scope === "" || assignableScopes.some((place) => place === "/" || isIn(scope, place));
}

/** Whether one of its permissions has this and does not take it away again. */
export function allows({ permissions }: RoleDefinition, wanted: Wanted): boolean {
  return permissions.some((permission) =>
    "action" in wanted
      ? matches(permission.actions, wanted.action) && !matches(permission.notActions, wanted.action)
      : matches(permission.dataActions, wanted.dataAction) &&
        !matches(permission.notDataActions, wanted.dataAction),
  );
}

/** `*` in a pattern stands for any number of characters; case does not count. */
function matches(patterns: readonly string[], action: string): boolean {
  return patterns.some((pattern) => {
    const source = pattern.split("*").map(escaped).join(".*");
    return new RegExp(`^${source}$`, "i").test(action);
  });
}

function escaped(text: string): string {
  return text.replace(/[\\^$.|?+()[\]{}]/g, "\\$&");
}
