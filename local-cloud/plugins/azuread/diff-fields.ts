// Compares what a program says with the state, and turns state back into inputs: as the Pulumi bridge does, which compares
// with the outputs of the last run or refresh, takes unset for zero, and sets for unordered.
import { detailedDiff } from "../wire/detailed-diff.js";
import {
  isList,
  isProperties,
  type Properties,
  type PropertyValue,
} from "../wire/property-values.js";
import type { DiffAnswer } from "../wire/resource-plugin.js";
import { type Field, type Fields, isZero } from "./field.js";

export function diffFields(fields: Fields, state: Properties, news: Properties): DiffAnswer {
  const replaces = Object.entries(fields).filter(([, field]) => field.replaces === true);
  const detailed = detailedDiff(comparable(fields, state, news), comparable(fields, news, news), {
    replaces: new Set(replaces.map(([name]) => name)),
    unordered: (path) => fieldAt(fields, path)?.kind === "set",
  });
  return { detailed, deleteBeforeReplace: false };
}

/** What can differ: no outputs, nothing that the service chose because the program did not, no zeros. */
function comparable(fields: Fields, values: Properties, news: Properties): Properties {
  const kept: Record<string, PropertyValue> = {};
  for (const [name, field] of Object.entries(fields)) {
    const wanted = news[name];
    if (field.computed === true && wanted === undefined) continue;
    const value = comparableValue(field, values[name], wanted);
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}

function comparableValue(
  field: Field,
  value: PropertyValue | undefined,
  wanted: PropertyValue | undefined,
): PropertyValue | undefined {
  if (value === undefined || isZero(value)) return undefined;
  if (isProperties(value) && field.fields !== undefined) {
    const kept = comparable(field.fields, value, isProperties(wanted) ? wanted : {});
    const onlyDefaults = Object.entries(kept).every(
      ([name, inner]) => inner === field.fields?.[name]?.default,
    );
    // An object that says no more than the defaults is the same as none.
    return onlyDefaults ? undefined : kept;
  }
  if (isList(value) && field.items !== undefined) {
    const { items } = field;
    const wantedItems = isList(wanted) ? wanted : [];
    const kept = value.map((item, index) => {
      const wantedItem =
        items.kind === "object" ? matching(items, item, wantedItems) : wantedItems[index];
      return comparableItem(items, item, wantedItem);
    });
    return kept;
  }
  return value;
}

/** Items are kept whole, also when they say no more than the defaults. */
function comparableItem(
  field: Field,
  item: PropertyValue,
  wanted: PropertyValue | undefined,
): PropertyValue {
  if (!isProperties(item) || field.fields === undefined) return item;
  return comparable(field.fields, item, isProperties(wanted) ? wanted : {});
}

/** The program's item with the same id, where items have one. */
function matching(
  field: Field,
  item: PropertyValue,
  wanted: readonly PropertyValue[],
): PropertyValue | undefined {
  const key = ["id", "resourceAppId", "name"].find((name) => field.fields?.[name] !== undefined);
  if (key === undefined || !isProperties(item)) return undefined;
  return wanted.find((other) => isProperties(other) && other[key] === item[key]);
}

function fieldAt(fields: Fields, path: string): Field | undefined {
  let found: Field | undefined = { kind: "object", fields };
  for (const name of path.replace(/\[\d+\]/g, ".[]").split(".")) {
    found = name === "[]" ? found?.items : found?.fields?.[name];
  }
  return found;
}

/** The inputs of an imported resource: what the state has and a program could have written. */
export function importedInputs(fields: Fields, state: Properties): Properties {
  return withoutZeros(fields, state);
}

function withoutZeros(fields: Fields, values: Properties): Properties {
  const kept: Record<string, PropertyValue> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = inputValue(field, values[name]);
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}

function inputValue(field: Field, value: PropertyValue | undefined): PropertyValue | undefined {
  if (value === undefined || isZero(value)) return undefined;
  if (isProperties(value) && field.fields !== undefined) {
    const inner = withoutZeros(field.fields, value);
    return Object.keys(inner).length === 0 ? undefined : inner;
  }
  const { items } = field;
  if (!isList(value) || items === undefined) return value;
  const kept = value.flatMap((item) => inputValue(items, item) ?? []);
  return kept.length === 0 ? undefined : kept;
}

/** The inputs after a refresh: the state's values for everything that the program had written. */
export function refreshedFields(fields: Fields, inputs: Properties, state: Properties): Properties {
  const refreshed: Record<string, PropertyValue> = {};
  for (const [name, input] of Object.entries(inputs)) {
    const field = fields[name];
    const value = state[name];
    if (field === undefined) continue;
    if (isProperties(input) && isProperties(value) && field.fields !== undefined) {
      refreshed[name] = refreshedFields(field.fields, input, value);
    } else if (value !== undefined) {
      refreshed[name] =
        isList(input) && isList(value) ? inProgramOrder(field, input, value) : value;
    } else if (isZero(input)) {
      refreshed[name] = input;
    }
  }
  return refreshed;
}

/** A set that still has the same members keeps the order that the program wrote it in. */
function inProgramOrder(
  field: Field,
  input: readonly PropertyValue[],
  value: readonly PropertyValue[],
): PropertyValue {
  const same =
    field.kind === "set" &&
    input.length === value.length &&
    detailedDiff(
      { items: comparableValue(field, input, input) ?? null },
      { items: comparableValue(field, value, input) ?? null },
      { replaces: new Set(), unordered: () => true },
    ).size === 0;
  return same ? input : value;
}
