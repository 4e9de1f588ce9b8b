// Splits the path of a request the way OData writes it: `/v1.0/applications(appId='x')/owners` and
// `/v1.0/applications/x/owners` name the same kind of thing.
import { malformed } from "./errors.js";

export type GraphVersion = "v1.0" | "beta";

export interface RequestPath {
  readonly version: GraphVersion;
  /** Names and keys in turn; a key in parentheses that is not a plain id keeps them: `(appId='x')`. */
  readonly segments: readonly string[];
}

/** Throws 400 for a version that Graph does not have and for a path that cannot be decoded. */
export function parseRequestPath(pathname: string): RequestPath {
  const [version = "", ...rest] = pathname.replace(/^\/+/, "").split("/");
  const known = GRAPH_VERSIONS.find((candidate) => candidate === version.toLowerCase());
  if (known === undefined) throw malformed(`Invalid version: ${version}`);
  return { version: known, segments: rest.map(decoded).filter(isFilled).flatMap(splitKey) };
}

const GRAPH_VERSIONS: readonly GraphVersion[] = ["v1.0", "beta"];

/** The name and value of `(name='value')`; undefined for a plain id. */
export function alternateKey(segment: string): { name: string; value: string } | undefined {
  const match = /^\((\w+)='((?:[^']|'')*)'\)$/.exec(segment);
  if (match === null) return undefined;
  const [, name = "", value = ""] = match;
  return { name, value: value.replaceAll("''", "'") };
}

function splitKey(segment: string): string[] {
  const match = /^([\w.$]+)\((.*)\)$/s.exec(segment);
  if (match === null) return [segment];
  const [, name = "", key = ""] = match;
  const id = /^'((?:[^']|'')*)'$/.exec(key)?.[1];
  return [name, id === undefined ? `(${key})` : id.replaceAll("''", "'")];
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw malformed(`The URI segment '${segment}' is not valid.`);
  }
}

function isFilled(segment: string): boolean {
  return segment !== "";
}
