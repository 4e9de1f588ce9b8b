// Checks a program's inputs against a resource's fields and fills in the defaults, in the words of the Pulumi bridge.
import { at, inside } from "../wire/property-paths.js";
import {
  isList,
  isProperties,
  type Properties,
  type PropertyValue,
  Unknown,
} from "../wire/property-values.js";
import type { CheckFailure } from "../wire/resource-plugin.js";
import type { Field, Fields } from "./field.js";

interface Problem {
  readonly path: string;
  readonly reason: string;
}

/** The reasons against these inputs. `name` is the resource's, for the place that is named. */
export function checkFields(fields: Fields, inputs: Properties, name: string): CheckFailure[] {
  return checkObject("", fields, inputs).map(({ path, reason }) => ({
    reason: `${reason}. Examine values at '${name}.${path}'.`,
  }));
}

function checkObject(path: string, fields: Fields, values: Properties): Problem[] {
  const unknown = Object.keys(values)
    .filter((name) => fields[name] === undefined)
    .map((name) => ({ path: inside(path, name), reason: "Invalid or unknown key" }));
  const known = Object.entries(fields).flatMap(([name, field]) => {
    const where = inside(path, name);
    const value = values[name];
    if (value !== undefined) return checkValue(where, field, value);
    if (field.required !== true) return [];
    const reason = `Missing required argument. The argument "${name}" is required, but no definition was found.`;
    return [{ path: where, reason: reason.replace(/\.$/, "") }];
  });
  return [...unknown, ...known];
}

const WORDS: Readonly<Record<Field["kind"], string>> = {
  text: "a string",
  flag: "a boolean",
  whole: "a whole number",
  map: "a map of strings",
  list: "a list",
  set: "a list",
  object: "an object",
};

function checkValue(path: string, field: Field, value: PropertyValue): Problem[] {
  if (value instanceof Unknown) return [];
  if (!isOfKind(field, value)) return [{ path, reason: `expected ${WORDS[field.kind]}` }];
  if (typeof value === "string") {
    const reason = field.rule?.(value, path);
    return reason === undefined ? [] : [{ path, reason }];
  }
  if (isList(value)) return checkItems(path, field, value);
  if (isProperties(value) && field.fields !== undefined) {
    return checkObject(path, field.fields, value);
  }
  return [];
}

function checkItems(path: string, field: Field, values: readonly PropertyValue[]): Problem[] {
  const { items, minItems = 0, maxItems = Infinity } = field;
  if (values.length < minItems) {
    return [{ path, reason: `at least ${minItems} item(s) required, got ${values.length}` }];
  }
  if (values.length > maxItems) {
    return [{ path, reason: `no more than ${maxItems} item(s) allowed, got ${values.length}` }];
  }
  if (items === undefined) return [];
  return values.flatMap((value, index) => checkValue(at(path, index), items, value));
}

function isOfKind({ kind }: Field, value: PropertyValue): boolean {
  switch (kind) {
    case "text":
      return typeof value === "string";
    case "flag":
      return typeof value === "boolean";
    case "whole":
      return Number.isInteger(value);
    case "list":
    case "set":
      return isList(value);
    case "map":
    case "object":
      return isProperties(value);
  }
}

/** The inputs with the defaults of what the program left out, also inside objects. */
export function withFieldDefaults(fields: Fields, inputs: Properties): Properties {
  const filled: Record<string, PropertyValue> = { ...inputs };
  for (const [name, field] of Object.entries(fields)) {
    const value = inputs[name];
    if (value !== undefined) filled[name] = withDefaultsInside(field, value);
    else if (field.default !== undefined) filled[name] = field.default;
  }
  return filled;
}

function withDefaultsInside(field: Field, value: PropertyValue): PropertyValue {
  const { items, fields } = field;
  if (isList(value) && items !== undefined) {
    return value.map((item) => withDefaultsInside(items, item));
  }
  return isProperties(value) && fields !== undefined ? withFieldDefaults(fields, value) : value;
}
