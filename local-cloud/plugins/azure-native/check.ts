// Which inputs the provider refuses before it asks anybody: what is missing or of the wrong type. Names that the type has
// not are passed over, as the real provider does: they are never sent.
import { at, inside } from "../wire/property-paths.js";
import {
  isList,
  isProperties,
  type Properties,
  type PropertyValue,
} from "../wire/property-values.js";
import type { CheckFailure } from "../wire/resource-plugin.js";
import type { ObjectShape, PropertyShape, TextShape } from "./property-shape.js";
import { pathParameters, type ResourceRow } from "./resource-row.js";

/** The reasons against these inputs, in the real provider's words. */
export function checkInputs(row: ResourceRow, inputs: Properties): CheckFailure[] {
  const missing = pathParameters(row).filter((name) => inputs[name] === undefined);
  const parameters = Object.fromEntries(
    pathParameters(row).map((name): [string, PropertyShape] => [name, { type: "string" }]),
  );
  const shape: ObjectShape = {
    type: "object",
    required: row.required ?? [],
    properties: { ...parameters, ...row.body },
  };
  return [...missing.map(missingProperty), ...checkObject("", shape, inputs)].map((reason) => ({
    reason,
  }));
}

function missingProperty(path: string): string {
  const reason = `missing required property '${path}'`;
  if (path !== "location") return reason;
  return `${reason}. Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'.`;
}

function checkObject(path: string, shape: ObjectShape, values: Properties): string[] {
  const missing = (shape.required ?? []).filter((name) => values[name] === undefined);
  return [
    ...missing.map((name) => missingProperty(inside(path, name))),
    ...Object.entries(shape.properties).flatMap(([name, property]) => {
      const value = values[name];
      return value === undefined ? [] : checkValue(inside(path, name), property, value);
    }),
  ];
}

function checkValue(path: string, shape: PropertyShape, value: PropertyValue): string[] {
  if (shape.type === "any" || shape.type === "union") return [];
  if (isProperties(value)) return shape.type === "object" ? checkObject(path, shape, value) : [];
  if (isList(value)) {
    if (shape.type === "set") return [];
    if (shape.type !== "array") return [wrongType(path, shape, "an array")];
    return value.flatMap((item, index) => checkValue(at(path, index), shape.items, item));
  }
  if (typeof value === "string") {
    return shape.type === "string"
      ? checkText(path, shape, value)
      : [wrongType(path, shape, "a string")];
  }
  const numeric = shape.type === "number" || shape.type === "integer";
  return typeof value === "number" && !numeric ? [wrongType(path, shape, "a number")] : [];
}

function wrongType(path: string, { type }: PropertyShape, got: string): string {
  return `'${path}' should be of type '${type}' but got ${got}`;
}

function checkText(path: string, shape: TextShape, value: string): string[] {
  const { minLength = 0, maxLength = Infinity, pattern = "" } = shape;
  const { length } = value;
  if (length < minLength) {
    return [`'${path}' is too short (${length}): at least ${minLength} characters required`];
  }
  if (length > maxLength) {
    return [`'${path}' is too long (${length}): at most ${maxLength} characters allowed`];
  }
  if (new RegExp(pattern).test(value)) return [];
  return [`'${path}' does not match expression '${pattern}'`];
}
