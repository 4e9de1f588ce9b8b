// Answers `$filter`: checks that the directory would answer it at all, then applies it.
import { notHere, unsupportedQuery } from "./errors.js";
import type { JsonObject } from "./json-body.js";
import {
  type Comparison,
  type Filter,
  invalidFilter,
  type Literal,
  parseFilter,
  type TextFunction,
} from "./odata-filter-parser.js";
import { isDateTime } from "./shape.js";

/** What a collection's `$filter` may ask of a property. Which one `list` is, only `any` can ask. */
type FilterKind = "text" | "boolean" | "dateTime" | "list";

/** A collection as `$filter` sees it. */
export interface Filterable {
  /** As errors name it: `Application`. */
  readonly resource: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, FilterKind>>;
  /** Properties that exist but cannot be asked for. */
  readonly others: ReadonlySet<string>;
}

/**
 * The test that `$filter` describes. `advanced`: the request asked for advanced queries (`ConsistencyLevel: eventual`
 * and `$count=true`), without which the directory answers no `ne`, `not` and `endswith` ("Advanced query capabilities
 * on Microsoft Entra ID objects").
 */
export function filterOf(
  source: string,
  over: Filterable,
  advanced: boolean,
): { readonly matches: (item: JsonObject) => boolean; readonly tree: Filter } {
  const tree = parseFilter(source);
  check(tree, over, advanced);
  return { tree, matches: (item) => holds(tree, (property) => item[property]) };
}

/** The value that every match has for `property`, when the filter says so; lets an index answer. */
export function requiredValue(filter: Filter, property: string): string | undefined {
  if (filter.kind === "and") {
    return requiredValue(filter.left, property) ?? requiredValue(filter.right, property);
  }
  if (filter.kind !== "compare" || filter.operator !== "eq") return undefined;
  return filter.property === property && typeof filter.value === "string"
    ? filter.value
    : undefined;
}

function check(filter: Filter, over: Filterable, advanced: boolean): void {
  switch (filter.kind) {
    case "and":
    case "or":
      check(filter.left, over, advanced);
      check(filter.right, over, advanced);
      return;
    case "not":
      if (!advanced)
        throw unsupportedQuery(
          "Operator 'not' is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information.",
        );
      check(filter.of, over, advanced);
      return;
    case "any":
      if (kindOf(filter.property, over) !== "list") throw notAList(filter.property);
      checkElement(filter.of, filter, over, advanced);
      return;
    default:
      checkOperand(filter, kindOf(filter.property, over), over, advanced);
  }
}

/** The condition inside `any`, which speaks of the element by its variable. */
function checkElement(
  of: Filter,
  any: Extract<Filter, { kind: "any" }>,
  over: Filterable,
  advanced: boolean,
): void {
  const element = { ...over, properties: { [any.variable]: "text" as const }, others: NONE };
  if (of.kind === "and" || of.kind === "or" || of.kind === "not" || of.kind === "any") {
    throw notHere(`$filter with more than one comparison inside '${any.property}/any'`);
  }
  if (of.property !== any.variable) {
    throw invalidFilter(`Could not find a property named '${of.property}' on type 'Edm.String'.`);
  }
  checkOperand(of, "text", element, advanced, any.property);
}

const NONE: ReadonlySet<string> = new Set();

function checkOperand(
  filter: Extract<Filter, { kind: "compare" | "text" | "in" }>,
  kind: FilterKind,
  over: Filterable,
  advanced: boolean,
  shownAs = filter.property,
): void {
  const refused = unsupportedQuery(
    `Unsupported or invalid query filter clause specified for property '${shownAs}' of resource '${over.resource}'.`,
  );
  if (kind === "list") throw refused;
  if (filter.kind === "text") {
    if (kind !== "text" || filter.function === "contains") throw refused;
    if (filter.function === "endswith" && !advanced) throw refused;
    return;
  }
  const values = filter.kind === "in" ? filter.values : [filter.value];
  for (const value of values) checkLiteral(value, kind, filter.property);
  if (values.includes("")) throw refused;
  if (filter.kind === "compare") {
    if (filter.operator === "ne" && !advanced) throw refused;
    if (filter.operator !== "eq" && kind === "boolean" && filter.operator !== "ne") throw refused;
  }
}

function checkLiteral(value: Literal, kind: FilterKind, property: string): void {
  const fits =
    value === null ||
    (kind === "text" && typeof value === "string") ||
    (kind === "boolean" && typeof value === "boolean") ||
    (kind === "dateTime" && typeof value === "string" && isDateTime(value));
  if (fits) return;
  throw invalidFilter(
    `A binary operator with incompatible types was detected for property '${property}'.`,
  );
}

function kindOf(property: string, over: Filterable): FilterKind {
  const kind = Object.hasOwn(over.properties, property) ? over.properties[property] : undefined;
  if (kind !== undefined) return kind;
  if (over.others.has(property)) {
    throw unsupportedQuery(
      `Unsupported or invalid query filter clause specified for property '${property}' of resource '${over.resource}'.`,
    );
  }
  throw invalidFilter(`Could not find a property named '${property}' on type '${over.type}'.`);
}

function notAList(property: string) {
  return invalidFilter(`'any' needs a collection, and '${property}' is none.`);
}

function holds(filter: Filter, read: (property: string) => unknown): boolean {
  switch (filter.kind) {
    case "and":
      return holds(filter.left, read) && holds(filter.right, read);
    case "or":
      return holds(filter.left, read) || holds(filter.right, read);
    case "not":
      return !holds(filter.of, read);
    case "any": {
      const list = read(filter.property);
      return Array.isArray(list) && list.some((element) => holds(filter.of, () => element));
    }
    case "in":
      return filter.values.some((value) => compares(read(filter.property), "eq", value));
    case "text":
      return textHolds(read(filter.property), filter.function, filter.value);
    case "compare":
      return compares(read(filter.property), filter.operator, filter.value);
  }
}

/** The directory compares text without regard to case. */
function compares(actual: unknown, operator: Comparison, expected: Literal): boolean {
  const [left, right] = [comparable(actual), comparable(expected)];
  if (operator === "eq") return left === right;
  if (operator === "ne") return left !== right;
  if (typeof left !== "string" || typeof right !== "string") return false;
  if (operator === "gt") return left > right;
  if (operator === "ge") return left >= right;
  return operator === "lt" ? left < right : left <= right;
}

function comparable(value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value !== "string") return value;
  return isDateTime(value) ? new Date(value).toISOString() : value.toLowerCase();
}

function textHolds(actual: unknown, called: TextFunction, expected: string): boolean {
  if (typeof actual !== "string") return false;
  const [text, part] = [actual.toLowerCase(), expected.toLowerCase()];
  return called === "startswith" ? text.startsWith(part) : text.endsWith(part);
}
