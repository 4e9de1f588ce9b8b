// `$filter` of resource and resource group lists: `name eq 'value'` terms joined by `and`. Everything else that
// the real service takes answers 501, so that no list is longer than what was asked for.
import type { ArmCall } from "../mechanics/arm-call.js";
import { notHere } from "../mechanics/arm-error.js";

export interface Filterable {
  readonly name: string;
  readonly type: string;
  readonly location?: string;
  readonly resourceGroup?: string;
  readonly tags: Readonly<Record<string, string>>;
}

export type FilterField =
  | "resourceType"
  | "name"
  | "location"
  | "resourceGroup"
  | "tagName"
  | "tagValue";

/** Whether something is in the list that this call asks for. */
export function filterOf(
  call: ArmCall,
  fields: readonly FilterField[],
): (candidate: Filterable) => boolean {
  const filter = call.query.get("$filter")?.trim() ?? "";
  if (filter === "") return () => true;
  const terms = filter.split(/\s+and\s+/i).map((term) => {
    const match = /^(\w+)\s+eq\s+'((?:[^']|'')*)'$/i.exec(term.trim());
    const field = fields.find((known) => known.toLowerCase() === match?.[1]?.toLowerCase());
    if (match === null || field === undefined) throw notHere(`the $filter "${filter}"`);
    return { field, value: (match[2] ?? "").replaceAll("''", "'") };
  });
  const tagName = terms.find(({ field }) => field === "tagName")?.value;
  return (candidate) => terms.every(({ field, value }) => holds(candidate, field, value, tagName));
}

function holds(
  candidate: Filterable,
  field: FilterField,
  value: string,
  tagName: string | undefined,
): boolean {
  // Tag names are compared in any case, tag values as they are ("Use tags to organize your Azure resources").
  const tags = Object.entries(candidate.tags).filter(
    ([name]) => tagName === undefined || same(name, tagName),
  );
  switch (field) {
    case "resourceType":
      return same(candidate.type, value);
    case "name":
      return same(candidate.name, value);
    case "location":
      return same(candidate.location ?? "", value.replaceAll(" ", ""));
    case "resourceGroup":
      return same(candidate.resourceGroup ?? "", value);
    case "tagName":
      return tags.length > 0;
    case "tagValue":
      return tags.some(([, tagValue]) => tagValue === value);
  }
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
