// The properties an entity has, as plain data: one description serves what may be written, what $select and $filter
// know, and what an answer shows when nothing was set.
import { badRequest, malformed, notHere } from "./errors.js";
import { isJsonObject, type JsonObject } from "./json-body.js";

export type Shape =
  | {
      readonly kind: "string" | "boolean" | "int" | "guid" | "dateTime";
      readonly fallback: unknown;
    }
  /** Settings of Graph that nothing here depends on: kept and shown as they were written. */
  | { readonly kind: "any"; readonly fallback: unknown }
  | {
      readonly kind: "object";
      readonly type: string;
      readonly properties: Properties;
      /** Shown as null when nothing was set. @default every property is shown */
      readonly nullable?: true;
    }
  | { readonly kind: "list"; readonly of: Shape };

export type Properties = Readonly<Record<string, Shape>>;

/** An entity type of Graph. */
export interface EntityShape {
  /** As errors name it: `Application`. */
  readonly resource: string;
  /** As OData names it: `microsoft.graph.application`. */
  readonly type: string;
  /** As `$metadata` names the collection: `applications`. */
  readonly collection: string;
  /** What a client may write. */
  readonly writable: Properties;
  /** What only the service writes. */
  readonly readOnly: readonly string[];
  /** What a client may write to the real service, and not here. @default none */
  readonly notWritableHere?: readonly string[];
}

export const text: Shape = { kind: "string", fallback: null };
export const flag: Shape = { kind: "boolean", fallback: null };
export const guid: Shape = { kind: "guid", fallback: null };
export const dateTime: Shape = { kind: "dateTime", fallback: null };
export const whole: Shape = { kind: "int", fallback: null };
export const anything: Shape = { kind: "any", fallback: null };
export const texts: Shape = { kind: "list", of: text };
export const orElse = (kind: "string" | "boolean", fallback: unknown): Shape => ({
  kind,
  fallback,
});
export const listOf = (of: Shape): Shape => ({ kind: "list", of });
export const object = (type: string, properties: Properties): Shape => ({
  kind: "object",
  type,
  properties,
});

/** What an answer shows when nothing was set. */
function fallbackOf(shape: Shape): unknown {
  if (shape.kind === "list") return [];
  if (shape.kind !== "object") return shape.fallback;
  if (shape.nullable) return null;
  return Object.fromEntries(
    Object.entries(shape.properties).map(([name, inner]) => [name, fallbackOf(inner)]),
  );
}

/**
 * The properties of `body` that `shape` lets a client write, checked for name and type. Annotations (`@odata.type`)
 * are left out. Throws Graph's 400 for an unknown, read-only or ill-typed property.
 */
export function writtenProperties(shape: EntityShape, body: JsonObject): JsonObject {
  const written: [string, unknown][] = [];
  for (const [name, value] of Object.entries(body)) {
    if (name.includes("@")) continue;
    const known = own(shape.writable, name);
    if (known !== undefined) written.push([name, checked(known, value, name)]);
    else if (!isKnown(shape, name)) throw unknownProperty(name, shape.type);
    // Clients send null for what they do not set.
    else if (value !== null) throw notWritable(shape, name);
  }
  return Object.fromEntries(written);
}

/** The parameters of an action, checked for name and type. Throws Graph's 400. */
export function actionParameters(
  action: string,
  parameters: Properties,
  body: JsonObject,
): JsonObject {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const known = own(parameters, name);
      if (known !== undefined) return [name, checked(known, value, name)];
      throw malformed(
        `The parameter '${name}' in the request payload is not a valid parameter for the operation '${action}'.`,
      );
    }),
  );
}

function isKnown({ readOnly, notWritableHere }: EntityShape, name: string): boolean {
  return readOnly.includes(name) || (notWritableHere?.includes(name) ?? false);
}

function notWritable(shape: EntityShape, name: string) {
  return shape.readOnly.includes(name)
    ? readOnlyProperty(name)
    : notHere(`a ${name} of its own for a ${shape.resource}`);
}

/** Properties of `changes` over those of `fields`: objects property by property, everything else as a whole. */
export function merged(
  properties: Properties,
  fields: JsonObject,
  changes: JsonObject,
): JsonObject {
  const result: Record<string, unknown> = { ...fields };
  for (const [name, value] of Object.entries(changes)) {
    const shape = own(properties, name);
    const before = fields[name];
    result[name] =
      shape?.kind === "object" && isJsonObject(value) && isJsonObject(before)
        ? merged(shape.properties, before, value)
        : value;
  }
  return result;
}

/** Every writable property of `shape` with its value in `fields`, or what stands there when nothing was set. */
export function shown(properties: Properties, fields: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([name, shape]) => [name, shownValue(shape, fields[name])]),
  );
}

/** 400: UNVERIFIED text; Graph says it in several ways. */
export function readOnlyProperty(name: string) {
  return badRequest(`Property '${name}' is read-only and cannot be set.`);
}

function shownValue(shape: Shape, value: unknown): unknown {
  if (value === undefined || value === null) return fallbackOf(shape);
  return shape.kind === "object" && isJsonObject(value) ? shown(shape.properties, value) : value;
}

function own(properties: Properties, name: string): Shape | undefined {
  return Object.hasOwn(properties, name) ? properties[name] : undefined;
}

function unknownProperty(name: string, type: string) {
  return malformed(
    `The property '${name}' does not exist on type '${type}'. Make sure to only use property names that are defined by the type.`,
  );
}

function checked(shape: Shape, value: unknown, path: string): unknown {
  if (value === null || shape.kind === "any") return value;
  if (shape.kind === "list") {
    if (!Array.isArray(value)) throw wrongType(path, "StartArray");
    return value.map((item, index) => checked(shape.of, item, `${path}[${index}]`));
  }
  if (shape.kind === "object") {
    if (!isJsonObject(value)) throw wrongType(path, "StartObject");
    return checkedObject(shape, value, path);
  }
  if (!SCALARS[shape.kind](value)) throw wrongType(path, EDM_TYPES[shape.kind]);
  return value;
}

function checkedObject(
  shape: Extract<Shape, { kind: "object" }>,
  value: JsonObject,
  path: string,
): JsonObject {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !name.includes("@"))
      .map(([name, inner]) => {
        const known = own(shape.properties, name);
        if (known === undefined) throw unknownProperty(name, shape.type);
        return [name, checked(known, inner, `${path}.${name}`)];
      }),
  );
}

/** UNVERIFIED wording around the OData reader's own message. */
function wrongType(path: string, expected: string) {
  return malformed(
    `Cannot read the value of property '${path}': a value of type '${expected}' was expected.`,
  );
}

const EDM_TYPES = {
  string: "Edm.String",
  boolean: "Edm.Boolean",
  int: "Edm.Int32",
  guid: "Edm.Guid",
  dateTime: "Edm.DateTimeOffset",
};

const SCALARS: Record<keyof typeof EDM_TYPES, (value: unknown) => boolean> = {
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  int: (value) => Number.isInteger(value),
  guid: (value) => typeof value === "string" && isGuid(value),
  dateTime: (value) => typeof value === "string" && isDateTime(value),
};

export function isGuid(value: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}

/** ISO 8601 with an offset, as Edm.DateTimeOffset is written. */
export function isDateTime(value: string): boolean {
  return (
    /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/i.test(value) &&
    !Number.isNaN(Date.parse(value))
  );
}
