// The `scope` parameter of a request that a browser brings, taken apart.
import type { Origins } from "../cloud-context.js";
import { type Audience, audienceOfResource, OPENID_SCOPES } from "./audience.js";
import type { EntraError } from "./entra-errors.js";
import { missingParameter, severalResources, unknownResourceOfScope } from "./sign-in-errors.js";

export interface AskedScopes {
  /** Which of openid, profile, email and offline_access. */
  readonly openid: readonly string[];
  /** What the permissions are of, as it was written; undefined when only openid scopes are asked for. */
  readonly resource: (Audience & { readonly prefix: string }) | undefined;
  /** Names of permissions of the resource, or `.default`. */
  readonly permissions: readonly string[];
}

/** `where` names the tenant in the message. A permission without a resource is one of Microsoft Graph. */
export function readScopes(
  origins: Origins,
  scope: string,
  where: string,
): AskedScopes | { readonly problem: EntraError } {
  const asked = scope.split(" ").filter((part) => part !== "");
  if (asked.length === 0) return { problem: missingParameter("scope") };
  const openid = asked.filter((part) => OPENID_SCOPES.has(part));
  const others = asked
    .filter((part) => !OPENID_SCOPES.has(part))
    .map((part) => split(part, origins));
  const [first] = others;
  if (first === undefined) return { openid, resource: undefined, permissions: [] };
  if (others.some(({ prefix }) => prefix !== first.prefix)) {
    return { problem: severalResources(scope) };
  }
  const audience = audienceOfResource(first.prefix, origins);
  if (audience === undefined) {
    return { problem: unknownResourceOfScope(first.prefix, where) };
  }
  const { prefix } = first;
  return {
    openid,
    resource: { ...audience, prefix },
    permissions: others.map(({ permission }) => permission),
  };
}

function split(scope: string, { graph }: Origins): { prefix: string; permission: string } {
  const slash = scope.lastIndexOf("/");
  if (slash < 0) return { prefix: graph, permission: scope };
  return { prefix: scope.slice(0, slash), permission: scope.slice(slash + 1) };
}
