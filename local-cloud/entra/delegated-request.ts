// What an application wants to do in a person's name, whichever way it asks.
import type { CloudContext } from "../cloud-context.js";
import type { ApplicationRecord } from "../directory/records.js";
import { GRAPH_APP_ID, type Tenant } from "../well-known.js";
import {
  type DelegatedPermission,
  findDelegatedPermission,
  isOnlyAppRole,
} from "./delegated-permissions.js";
import type { EntraError } from "./entra-errors.js";
import { requiredResourceAccessOf } from "./requested-permissions.js";
import { readScopes } from "./scopes.js";
import { notInLocalCloud, unknownPermission } from "./sign-in-errors.js";

export interface DelegatedRequest {
  readonly application: ApplicationRecord;
  /** undefined: anybody's. */
  readonly tenant: Tenant | undefined;
  /** As the path names it; what is granted can only be redeemed under the same. */
  readonly authority: string;
  readonly permissions: readonly DelegatedPermission[];
  readonly openid: readonly string[];
  /** The `aud` claim of the access token. */
  readonly audience: string;
}

type Wanted = Pick<DelegatedRequest, "permissions" | "openid" | "audience">;

/** What the parameter `scope` asks for; `where` names the tenant in messages. */
export function wantedPermissions(
  context: CloudContext,
  application: ApplicationRecord,
  scope: string,
  where: string,
): Wanted | { readonly problem: EntraError } {
  const asked = readScopes(context.origins(), scope, where);
  if ("problem" in asked) return asked;
  const { openid, resource } = asked;
  if (resource !== undefined && resource.resourceAppId !== GRAPH_APP_ID) {
    return {
      problem: notInLocalCloud("delegated permissions of services other than Microsoft Graph"),
    };
  }
  const names = asked.permissions.flatMap((name) =>
    name === ".default" ? registeredScopeIds(application) : [name],
  );
  const permissions: DelegatedPermission[] = [];
  for (const name of names) {
    const permission = findDelegatedPermission(name);
    if (permission === undefined) {
      const problem = isOnlyAppRole(name)
        ? unknownPermission(application, name, GRAPH_APP_ID)
        : notInLocalCloud(`the delegated permission '${name}' of Microsoft Graph`);
      return { problem };
    }
    if (!permissions.includes(permission)) permissions.push(permission);
  }
  return { openid, permissions, audience: resource?.aud ?? context.origins().graph };
}

function registeredScopeIds(application: ApplicationRecord): string[] {
  return requiredResourceAccessOf(application)
    .filter(({ resourceAppId }) => resourceAppId === GRAPH_APP_ID)
    .flatMap(({ resourceAccess }) => resourceAccess)
    .flatMap(({ id, type }) => (type === "Scope" ? [id] : []));
}
