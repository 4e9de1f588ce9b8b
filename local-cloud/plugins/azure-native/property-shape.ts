// What the table of resources says about a property: enough to check it, to build a request body and to read an answer.

export interface TextShape {
  readonly type: "string";
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

export type PropertyShape = (
  | TextShape
  | { readonly type: "boolean" }
  | { readonly type: "number" }
  | { readonly type: "integer" }
  /** A list of distinct texts in the SDK, which the REST body has as the names of an object: ids of identities. */
  | { readonly type: "set" }
  /** Anything that JSON can hold, unchecked; also what the real provider leaves unchecked because it is a union. */
  | { readonly type: "any" }
  | { readonly type: "array"; readonly items: PropertyShape }
  | ObjectShape
  /** One of several objects: the text in `discriminator` says which. Other texts pass unchanged. */
  | {
      readonly type: "union";
      readonly discriminator: string;
      readonly variants: Readonly<Record<string, PropertyShape>>;
    }
) & {
  /** Adding this value to what was deployed without it is no change. */
  readonly default?: boolean | number | string;
  /** Flattened by the SDK: the REST body has it inside this object. */
  readonly container?: string;
  /** Name in the REST body. @default the SDK's */
  readonly restName?: string;
};

export interface ObjectShape {
  readonly type: "object";
  readonly required?: readonly string[];
  readonly properties: Readonly<Record<string, PropertyShape>>;
}

export type PropertyShapes = ObjectShape["properties"];

export const text: PropertyShape = { type: "string" };
export const flag: PropertyShape = { type: "boolean" };
export const number: PropertyShape = { type: "number" };
export const integer: PropertyShape = { type: "integer" };
export const anything: PropertyShape = { type: "any" };
/** Texts by name, such as tags. */
export const textMap: PropertyShape = { type: "any" };
export const texts: PropertyShape = { type: "array", items: text };

/** Properties of one shape. */
export const each = (shape: PropertyShape, ...names: readonly string[]): PropertyShapes =>
  Object.fromEntries(names.map((name) => [name, shape]));

/** An object of which `required` must be there. */
export const objectOf = (
  properties: PropertyShapes,
  required: readonly string[] = [],
): ObjectShape => ({ type: "object", properties, required });

/** A list of objects. */
export const listOf = (
  properties: PropertyShapes,
  required: readonly string[] = [],
): PropertyShape => ({ type: "array", items: objectOf(properties, required) });

/** The id of another resource, and several of them. */
export const SUB_RESOURCE: PropertyShape = objectOf({ id: text });
export const SUB_RESOURCES = listOf({ id: text });

/** A property that the SDK lifts out of the REST body's `properties`. */
export const inProperties = (shape: PropertyShape): PropertyShape => ({
  ...shape,
  container: "properties",
});

/** Several of them. */
export const allInProperties = (shapes: PropertyShapes): PropertyShapes =>
  Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, inProperties(shape)]));

/** `identity` of a resource as a program writes it. */
export const IDENTITY_INPUT: ObjectShape = {
  type: "object",
  properties: { type: text, userAssignedIdentities: { type: "set" } },
};
/** `identity` as the service answers it: each user-assigned identity with its ids. */
export const IDENTITY_OUTPUT: PropertyShape = {
  type: "object",
  properties: { type: text, principalId: text, tenantId: text, userAssignedIdentities: anything },
};
