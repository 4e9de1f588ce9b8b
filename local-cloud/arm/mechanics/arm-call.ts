// One request as the handlers see it, and one route as the table holds it.
import type { CloudContext } from "../../cloud-context.js";
import type { AccessTokenClaims } from "../../entra/access-tokens.js";
import type { Extensions } from "./extension-store.js";
import type { Operations } from "./operations.js";
import type { Registrations } from "./registrations.js";
import type { ResourceGroups } from "./resource-group-store.js";
import type { ResourceStore } from "./resource-store.js";
import type { ResourceTypes } from "./resource-types.js";

/** Everything a handler may use. */
export interface ArmCloud {
  readonly context: CloudContext;
  readonly types: ResourceTypes;
  readonly groups: ResourceGroups;
  readonly resources: ResourceStore;
  readonly extensions: Extensions;
  readonly registrations: Registrations;
  readonly operations: Operations;
}

export interface ArmCall {
  readonly cloud: ArmCloud;
  readonly method: string;
  /** As sent, without query, percent-decoded. */
  readonly path: string;
  /** The `{placeholders}` of the route's pattern. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly apiVersion: string;
  readonly headers: Headers;
  /** Parsed JSON; undefined when the request had no body. */
  readonly body: unknown;
  readonly caller: AccessTokenClaims;
}

export interface ArmAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ArmRoute {
  readonly method: "GET" | "HEAD" | "PUT" | "PATCH" | "POST" | "DELETE";
  /**
   * Such as `/subscriptions/{subscriptionId}/resourceGroups`. Fixed parts match in any case. `{+scope}` at its beginning is
   * the id of anything, in any number of parts.
   */
  readonly pattern: string;
  /** The right it takes, as a role definition names it; left out where any signed-in caller may. */
  readonly action?: string;
  /** Where the right must hold: the path, or the path without its last part (lists and actions). */
  readonly scope?: "path" | "parent";
  /** Empty: any. */
  readonly apiVersions: readonly string[];
  /** Short type name for the refusal of an unknown api-version. */
  readonly typeName?: string;
  /** Runs inside a store transaction; throws ArmError to refuse, and then nothing was written. */
  readonly handle: (call: ArmCall) => ArmAnswer;
}
