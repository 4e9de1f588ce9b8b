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
  readonly default?: boolean | string;
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
export const anything: PropertyShape = { type: "any" };
/** Texts by name, such as tags. */
export const textMap: PropertyShape = { type: "any" };
export const texts: PropertyShape = { type: "array", items: text };
