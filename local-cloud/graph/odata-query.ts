// Reads the query options of a request. An option that is not understood is refused, never ignored.
import { badRequest, malformed, notHere, unsupportedQuery } from "./errors.js";

export interface ODataQuery {
  readonly select: readonly string[] | undefined;
  readonly filter: string | undefined;
  readonly top: number | undefined;
  readonly skipToken: string | undefined;
  readonly orderBy: { readonly property: string; readonly descending: boolean } | undefined;
  readonly expand: readonly string[];
  /** `$count=true` together with `ConsistencyLevel: eventual`. */
  readonly advanced: boolean;
  /** The header alone, for `/$count`. */
  readonly eventual: boolean;
  /** The options as they came, for links to the next page. */
  readonly options: ReadonlyMap<string, string>;
}

/** "List applications": pages hold 100 unless `$top` says otherwise, at most 999. */
export const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 999;

/** Throws 400 for a malformed option, 501 for one that the local cloud does not have. */
export function readQuery(parameters: URLSearchParams, headers: Headers): ODataQuery {
  const options = optionsOf(parameters);
  const eventual = headers.get("consistencylevel")?.toLowerCase() === "eventual";
  const count = options.get("$count");
  if (count !== undefined && count !== "true" && count !== "false") {
    throw malformed(
      `Invalid value '${count}' for $count query option found. Valid values are 'true' and 'false'.`,
    );
  }
  return {
    select: namesIn(options.get("$select"))?.filter((name) => name !== "*"),
    filter: options.get("$filter"),
    top: topOf(options.get("$top")),
    skipToken: options.get("$skiptoken"),
    orderBy: orderOf(options.get("$orderby")),
    expand: namesIn(options.get("$expand")) ?? [],
    advanced: eventual && count === "true",
    eventual,
    options,
  };
}

const KNOWN = new Set([
  "$select",
  "$filter",
  "$top",
  "$count",
  "$orderby",
  "$expand",
  "$skiptoken",
]);

/** Options by their lower-case name with `$`, which Graph lets a client leave out. Other parameters are no options. */
function optionsOf(parameters: URLSearchParams): Map<string, string> {
  const options = new Map<string, string>();
  for (const [name, value] of parameters) {
    const lower = name.toLowerCase();
    const option = lower.startsWith("$") ? lower : `$${lower}`;
    if (options.has(option)) {
      throw malformed(
        `Query option '${name}' was specified more than once, but it must be specified at most once.`,
      );
    }
    if (KNOWN.has(option)) options.set(option, value);
    else if (option === "$search" || option === "$apply" || option === "$compute") {
      throw notHere(`the query option ${option}`);
    } else if (option === "$skip") {
      throw badRequest("'$skip' is not supported by the service.");
    } else if (option === "$format") {
      if (!/^(application\/)?json/i.test(value)) throw notHere(`the format '${value}'`);
    } else if (lower.startsWith("$")) {
      throw malformed(`The query parameter '${name}' is not supported.`);
    }
  }
  return options;
}

function namesIn(option: string | undefined): string[] | undefined {
  if (option === undefined) return undefined;
  const names = option.split(",").map((name) => name.trim());
  if (names.includes("")) {
    throw malformed("Parsing OData Select and Expand failed: An identifier was expected.");
  }
  return names;
}

function topOf(option: string | undefined): number | undefined {
  if (option === undefined) return undefined;
  if (!/^-?\d+$/.test(option)) {
    throw malformed(`Invalid value '${option}' for $top query option found.`);
  }
  const top = Number(option);
  if (top < 1 || top > LARGEST_PAGE) {
    throw unsupportedQuery(
      `Invalid page size specified: '${option}'. Must be between 1 and ${LARGEST_PAGE} inclusive.`,
    );
  }
  return top;
}

function orderOf(option: string | undefined): ODataQuery["orderBy"] {
  if (option === undefined) return undefined;
  const match = /^\s*(\w+)(?:\s+(asc|desc))?\s*$/i.exec(option);
  if (match === null) {
    if (option.includes(",")) throw notHere("$orderby with more than one property");
    throw malformed(`Parsing OData OrderBy failed: Syntax error in '${option}'.`);
  }
  const [, property = "", direction] = match;
  return { property, descending: direction?.toLowerCase() === "desc" };
}
