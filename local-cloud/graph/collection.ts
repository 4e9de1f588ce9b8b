// Answers a list: $filter, $orderby, a page of $top with a link to the next one, $select.
import { malformed, notHere, unsupportedQuery } from "./errors.js";
import type { JsonObject } from "./json-body.js";
import { type Filterable, filterOf } from "./odata-filter.js";
import { DEFAULT_PAGE, type ODataQuery } from "./odata-query.js";
import type { GraphAnswer, GraphCall } from "./route-table.js";

/** A list of one kind of object. Each item has an `id`. */
export interface Collection extends Filterable {
  /** As the answer's `@odata.context` names it: `applications`. */
  readonly context: string;
  /** Every property an item can show. */
  readonly known: ReadonlySet<string>;
  readonly sortable: readonly string[];
  /** Relations that `$expand` may ask for. @default none */
  readonly expandable?: readonly string[];
}

/** What showing one object takes. */
type Shown = Pick<Collection, "context" | "known" | "type" | "expandable">;

/**
 * The page of `items` that the query asks for. `sees` says whether this read knows an item yet, and is asked only about
 * items that the query matches.
 */
export function collectionAnswer(
  call: GraphCall,
  collection: Collection,
  items: readonly JsonObject[],
  sees: (id: string) => boolean = () => true,
): GraphAnswer {
  const { query } = call;
  checkNames(query, collection);
  const matching = found(query, collection, items).filter((item) => sees(idOf(item)));
  const sorted = ordered(matching, query, collection);
  const page = pageOf(sorted, query);
  const context = `${call.base}/$metadata#${contextOf(collection, query)}`;
  return {
    status: 200,
    body: {
      "@odata.context": context,
      ...(query.advanced ? { "@odata.count": matching.length } : {}),
      ...(page.next === undefined ? {} : { "@odata.nextLink": nextLink(call, page.next) }),
      value: page.items.map((item) => selected(item, query)),
    },
  };
}

/** How many items match, as `/$count` says it. */
export function countAnswer(
  call: GraphCall,
  collection: Collection,
  items: readonly JsonObject[],
): GraphAnswer {
  if (!call.query.eventual) {
    throw unsupportedQuery(
      "$count is not currently supported. Add the ConsistencyLevel: eventual header.",
    );
  }
  return {
    status: 200,
    body: String(found({ ...call.query, advanced: true }, collection, items).length),
    headers: { "Content-Type": "text/plain" },
  };
}

/** One object, with its `@odata.context` and only what `$select` asks for. */
export function entityAnswer(
  call: GraphCall,
  collection: Shown,
  item: JsonObject,
  status: 200 | 201 = 200,
): GraphAnswer {
  const { filter, top, orderBy, skipToken } = call.query;
  const misplaced = { $filter: filter, $top: top, $orderby: orderBy, $skiptoken: skipToken };
  for (const [option, value] of Object.entries(misplaced)) {
    if (value !== undefined) {
      throw malformed(`The query parameter '${option}' cannot be applied to a single object.`);
    }
  }
  checkNames(call.query, collection);
  return {
    status,
    body: {
      "@odata.context": `${call.base}/$metadata#${contextOf(collection, call.query)}/$entity`,
      ...selected(item, call.query),
    },
  };
}

function found(query: ODataQuery, collection: Collection, items: readonly JsonObject[]) {
  if (query.filter === undefined) return [...items];
  const { matches } = filterOf(query.filter, collection, query.advanced);
  return items.filter(matches);
}

function checkNames(query: ODataQuery, collection: Shown): void {
  for (const relation of query.expand) {
    if (!collection.expandable?.includes(relation)) throw notHere(`$expand=${relation} here`);
  }
  for (const name of query.select ?? []) {
    if (collection.known.has(name)) continue;
    if (name.includes("/")) throw notHere(`$select of a part of a property ('${name}')`);
    throw malformed(
      `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type '${collection.type}'.`,
    );
  }
}

/** Annotations and expanded relations stay, whatever `$select` says. */
function selected(item: JsonObject, { select, expand }: ODataQuery): JsonObject {
  if (select === undefined || select.length === 0) return item;
  return Object.fromEntries(
    Object.entries(item).filter(
      ([name]) => select.includes(name) || name.startsWith("@") || expand.includes(name),
    ),
  );
}

function contextOf(collection: Shown, query: ODataQuery): string {
  const parts = [...(query.select ?? []), ...query.expand.map((name) => `${name}()`)];
  return parts.length === 0 ? collection.context : `${collection.context}(${parts.join(",")})`;
}

/** By `$orderby` and then id, or as the items came. */
function ordered(items: JsonObject[], query: ODataQuery, collection: Collection): JsonObject[] {
  const { orderBy } = query;
  if (orderBy === undefined) return items;
  if (!collection.known.has(orderBy.property)) {
    throw malformed(
      `Parsing OData OrderBy failed: Could not find a property named '${orderBy.property}' on type '${collection.type}'.`,
    );
  }
  const sortable = collection.sortable.includes(orderBy.property);
  if (!sortable || (query.filter !== undefined && !query.advanced)) {
    throw unsupportedQuery("Sorting not supported for current query.");
  }
  const keyOf = (item: JsonObject) =>
    `${String(item[orderBy.property] ?? "").toLowerCase()}\u0000${idOf(item)}`;
  const sorted = items.map((item) => ({ item, key: keyOf(item) }));
  sorted.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  if (orderBy.descending) sorted.reverse();
  return sorted.map(({ item }) => item);
}

/** The token names the first item of the page; when that one is gone since, the client has to start again. */
function pageOf(items: readonly JsonObject[], query: ODataQuery) {
  const start = query.skipToken === undefined ? 0 : startOf(items, query.skipToken);
  const end = start + (query.top ?? DEFAULT_PAGE);
  const next = items[end];
  return {
    items: items.slice(start, end),
    next: next === undefined ? undefined : Buffer.from(idOf(next)).toString("base64url"),
  };
}

function startOf(items: readonly JsonObject[], skipToken: string): number {
  const id = Buffer.from(skipToken, "base64url").toString("utf8");
  const start = items.findIndex((item) => idOf(item) === id);
  if (start >= 0) return start;
  throw unsupportedQuery(
    "The specified page token value has expired and can no longer be included in your request.",
  );
}

function nextLink(call: GraphCall, skipToken: string): string {
  const options = new URLSearchParams([...call.query.options]);
  options.set("$skiptoken", skipToken);
  return `${call.base}${call.path}?${options.toString().replaceAll("%24", "$")}`;
}

function idOf(item: JsonObject): string {
  return String(item["id"]);
}
