// A route is a row: method, path, what right it asks for, what it does. Tests walk the same rows.
import type { CloudContext } from "../cloud-context.js";
import type { Caller, Reach, Rights } from "./authorize.js";
import type { JsonObject } from "./json-body.js";
import type { ODataQuery } from "./odata-query.js";
import type { GraphVersion } from "./request-path.js";

/** One call, authenticated, authorized and read. */
export interface GraphCall {
  readonly context: CloudContext;
  readonly caller: Caller;
  readonly reach: Reach;
  /** Value of a `{name}` of the route's path. */
  param(name: string): string;
  readonly query: ODataQuery;
  /** Empty where the route takes no body. */
  readonly body: JsonObject;
  /** Below the version, as it was asked for: `/applications`. */
  readonly path: string;
  /** Absolute base for links: `https://localhost:PORT/v1.0`. */
  readonly base: string;
}

export interface GraphAnswer {
  readonly status: 200 | 201 | 202 | 204;
  readonly body?: JsonObject | string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type GraphMethod = "GET" | "POST" | "PATCH" | "DELETE";

export interface GraphRoute {
  readonly method: GraphMethod;
  /** Such as `/applications/{id}/owners`, below the version; names match in any case. */
  readonly path: string;
  /** @default "v1.0" */
  readonly version?: GraphVersion;
  readonly rights: Rights;
  /** Runs in one transaction unless it is a GET: what throws has changed nothing. */
  readonly handle: (call: GraphCall) => GraphAnswer;
}

export interface RouteMatch {
  readonly route: GraphRoute;
  readonly params: ReadonlyMap<string, string>;
}

/** All routes whose path fits, of whatever method. */
export function matchRoutes(
  routes: readonly GraphRoute[],
  version: GraphVersion,
  segments: readonly string[],
): RouteMatch[] {
  return routes.flatMap((route) => {
    if ((route.version ?? "v1.0") !== version) return [];
    const params = matchPath(route.path, segments);
    return params === undefined ? [] : [{ route, params }];
  });
}

/** What stands where an object id would, and is none. */
const FUNCTIONS = new Set([
  "delta",
  "getbyids",
  "getavailableextensionproperties",
  "validateproperties",
]);

/** The values of the `{name}`s of a path; undefined where it does not fit. */
export function matchPath(
  path: string,
  segments: readonly string[],
): Map<string, string> | undefined {
  const pattern = path.slice(1).split("/");
  if (pattern.length !== segments.length) return undefined;
  const params = new Map<string, string>();
  for (const [index, expected] of pattern.entries()) {
    const actual = segments[index] ?? "";
    const name = /^\{(\w+)\}$/.exec(expected)?.[1];
    if (name === undefined) {
      if (expected.toLowerCase() !== actual.toLowerCase()) return undefined;
    } else {
      // `$count`, `$ref`, kinds and functions are no keys.
      if (actual.startsWith("$") || actual.startsWith("microsoft.graph.")) return undefined;
      if (name === "id" && FUNCTIONS.has(actual.toLowerCase())) return undefined;
      params.set(name, actual);
    }
  }
  return params;
}
