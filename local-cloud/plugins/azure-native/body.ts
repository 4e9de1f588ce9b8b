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
  const body: Record<string, PropertyValue> = {};
  for (const [name, shape] of Object.entries(row.body)) {
    const value = project(inputs[name], shape);
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
}

/** What a program sees of a service's answer. Nulls are left out. */
export function outputsOf(row: ResourceRow, answer: Properties): Properties {
  const outputs: Record<string, PropertyValue> = {};
  for (const [name, shape] of Object.entries(outputShapes(row))) {
    const container = shape.container === undefined ? answer : answer[shape.container];
    const value = isProperties(container)
      ? project(container[shape.restName ?? name], shape)
      : undefined;
    if (value !== undefined) outputs[name] = value;
  }
  return { ...outputs, azureApiVersion: row.apiVersion };
}

/** Outputs cut down to what a program could have written, without the parameters of the path. */
export function inputsOf(row: ResourceRow, outputs: Properties): Properties {
  return projectAll(row.body, outputs);
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

function project(
  value: PropertyValue | undefined,
  shape: PropertyShape,
): PropertyValue | undefined {
  if (value === undefined || value === null) return undefined;
  if (shape.type === "set") return fromOrToSet(value);
  if (shape.type === "array" && isList(value)) {
    return value.flatMap((item) => project(item, shape.items) ?? []);
  }
  if (!isProperties(value)) return value;
  const object = objectShapeOf(value, shape);
  return object === undefined ? withoutNulls(value) : projectAll(object.properties, value);
}

/** What the SDK lists are the names of an object in REST, both ways. */
function fromOrToSet(value: PropertyValue): PropertyValue {
  if (isProperties(value)) return Object.keys(value);
  if (!isList(value)) return value;
  return Object.fromEntries(value.map((name) => [String(name), {}]));
}

function objectShapeOf(value: Properties, shape: PropertyShape): ObjectShape | undefined {
  if (shape.type === "object") return shape;
  if (shape.type !== "union") return undefined;
  const name = value[shape.discriminator];
  const variant = typeof name === "string" ? shape.variants[name] : undefined;
  return variant?.type === "object" ? variant : undefined;
}

function projectAll(shapes: PropertyShapes, values: Properties): Properties {
  const projected: Record<string, PropertyValue> = {};
  for (const [name, shape] of Object.entries(shapes)) {
    const value = project(values[name], shape);
    if (value !== undefined) projected[name] = value;
  }
  return projected;
}

function withoutNulls(values: Properties): Properties {
  return projectAll(
    Object.fromEntries(Object.keys(values).map((name) => [name, { type: "any" }])),
    values,
  );
}
