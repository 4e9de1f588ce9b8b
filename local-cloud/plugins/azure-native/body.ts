// From what a program says to what the service is sent, and from what it answers to what a program sees.
import {
  isList,
  isProperties,
  type Properties,
  type PropertyValue,
  UNKNOWN,
} from "../wire/property-values.js";
import type { ObjectShape, PropertyShape, PropertyShapes } from "./property-shape.js";
import { outputShapes, type ResourceRow } from "./resource-row.js";

/** The body of a PUT: only what the type has, flattened properties back in their container. */
export function requestBody(row: ResourceRow, inputs: Properties): Properties {
  return toService(row.body, inputs);
}

/** What a program sees of a service's answer. Nulls are left out. */
export function outputsOf(row: ResourceRow, answer: Properties): Properties {
  return { ...fromService(outputShapes(row), answer), azureApiVersion: row.apiVersion };
}

/** Outputs cut down to what a program could have written, without the parameters of the path. */
export function inputsOf(row: ResourceRow, outputs: Properties): Properties {
  return asWritten(row.body, outputs);
}

/** What a preview shows: what the program says, and unknown for everything else that the service will answer. */
export function previewOutputs(row: ResourceRow, inputs: Properties): Properties {
  return { ...previewOf(outputShapes(row), inputs), azureApiVersion: row.apiVersion };
}

function previewOf(shapes: PropertyShapes, inputs: Properties): Properties {
  const preview = Object.entries(shapes).map(([name, shape]): [string, PropertyValue] => {
    const value = inputs[name];
    if (value === undefined) return [name, UNKNOWN];
    const nested = shape.type === "object" && isProperties(value);
    return [name, nested ? previewOf(shape.properties, value) : value];
  });
  return Object.fromEntries(preview);
}

/** Takes an object from one side to the other. */
type Translation = (shapes: PropertyShapes, values: Properties) => Properties;

const toService: Translation = (shapes, values) => {
  const body: Record<string, PropertyValue> = {};
  for (const [name, shape] of Object.entries(shapes)) {
    const value = translated(values[name], shape, toService);
    if (value === undefined) continue;
    const { container, restName = name } = shape;
    if (container === undefined) {
      body[restName] = value;
    } else {
      const around = body[container];
      body[container] = { ...(isProperties(around) ? around : {}), [restName]: value };
    }
  }
  return body;
};

const fromService: Translation = (shapes, answer) => {
  const found = Object.entries(shapes).map(([name, shape]) => {
    const container = shape.container === undefined ? answer : answer[shape.container];
    const value = isProperties(container) ? container[shape.restName ?? name] : undefined;
    return [name, translated(value, shape, fromService)] as const;
  });
  return withoutGaps(found);
};

const asWritten: Translation = (shapes, values) =>
  withoutGaps(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      translated(values[name], shape, asWritten),
    ]),
  );

function translated(
  value: PropertyValue | undefined,
  shape: PropertyShape,
  translate: Translation,
): PropertyValue | undefined {
  if (value === undefined || value === null) return undefined;
  if (shape.type === "set") return translate === toService ? toNames(value) : toList(value);
  if (shape.type === "array" && isList(value)) {
    return value.flatMap((item) => translated(item, shape.items, translate) ?? []);
  }
  if (!isProperties(value)) return value;
  const object = objectShapeOf(value, shape);
  return object === undefined ? withoutNulls(value) : translate(object.properties, value);
}

/** What the SDK lists are the names of an object in REST. */
function toNames(value: PropertyValue): PropertyValue {
  return isList(value) ? Object.fromEntries(value.map((name) => [String(name), {}])) : value;
}

function toList(value: PropertyValue): PropertyValue {
  return isProperties(value) ? Object.keys(value) : value;
}

function objectShapeOf(value: Properties, shape: PropertyShape): ObjectShape | undefined {
  if (shape.type === "object") return shape;
  if (shape.type !== "union") return undefined;
  const name = value[shape.discriminator];
  const variant = typeof name === "string" ? shape.variants[name] : undefined;
  return variant?.type === "object" ? variant : undefined;
}

function withoutNulls(values: Properties): Properties {
  return withoutGaps(
    Object.entries(values).map(([name, value]) => [
      name,
      translated(value, { type: "any" }, asWritten),
    ]),
  );
}

function withoutGaps(
  entries: readonly (readonly [string, PropertyValue | undefined])[],
): Properties {
  return Object.fromEntries(
    entries.filter((entry): entry is [string, PropertyValue] => entry[1] !== undefined),
  );
}
