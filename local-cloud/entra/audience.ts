// Which service a `scope` (or the older `resource`) asks a token for.
import type { Origins } from "../cloud-context.js";
import { ARM_APP_ID, GRAPH_APP_ID, STORAGE_APP_ID, VAULT_APP_ID } from "../well-known.js";

export interface Audience {
  /** The `aud` claim: the resource as it was asked for. */
  readonly aud: string;
  /** The application whose app roles go into `roles`. */
  readonly resourceAppId: string;
}

/** Scopes that say who somebody is; they are no permissions of a resource. */
export const OPENID_SCOPES = new Set(["openid", "profile", "email", "offline_access"]);

/**
 * A scope without OpenID's own, which mean nothing to an application that signs in as itself; MSAL for Go always sends them.
 */
export function withoutOpenid(scope: string): string {
  return scope
    .split(" ")
    .filter((part) => part !== "" && !OPENID_SCOPES.has(part))
    .join(" ");
}

/** The audience of `{resource}/.default`; undefined for a resource that this cloud does not have. */
export function audienceOfScope(scope: string, origins: Origins): Audience | undefined {
  const only = withoutOpenid(scope);
  if (only.includes(" ") || !only.endsWith("/.default")) return undefined;
  return audienceOfResource(only.slice(0, -"/.default".length), origins);
}

/** The audience of the v1 `resource` parameter. */
export function audienceOfResource(resource: string, origins: Origins): Audience | undefined {
  const bare = resource.replace(/\/+$/, "").toLowerCase();
  const resourceAppId = resourceApps(origins).get(bare);
  return resourceAppId === undefined ? undefined : { aud: resource, resourceAppId };
}

function resourceApps(origins: Origins): Map<string, string> {
  return new Map([
    [origins.graph, GRAPH_APP_ID],
    ["https://graph.microsoft.com", GRAPH_APP_ID],
    [GRAPH_APP_ID, GRAPH_APP_ID],
    [origins.arm, ARM_APP_ID],
    ["https://management.azure.com", ARM_APP_ID],
    ["https://management.core.windows.net", ARM_APP_ID],
    [ARM_APP_ID, ARM_APP_ID],
    ["https://storage.azure.com", STORAGE_APP_ID],
    [STORAGE_APP_ID, STORAGE_APP_ID],
    ["https://vault.azure.net", VAULT_APP_ID],
    [VAULT_APP_ID, VAULT_APP_ID],
  ]);
}
