// What is known of a resource's properties: enough to check a program's inputs, to compare them with the state and to tell
// inputs from outputs. The real provider has the same in the schema of the Terraform provider below it.
import type { PropertyValue } from "../wire/property-values.js";

/** Says what is wrong with a value, or nothing. `path` is the property's. */
export type FieldRule = (value: string, path: string) => string | undefined;

export interface Field {
  readonly kind: "text" | "flag" | "whole" | "map" | "list" | "set" | "object";
  readonly required?: true;
  /** Changing it needs a new resource. */
  readonly replaces?: true;
  /** When the program says nothing, the service's choice stands. */
  readonly computed?: true;
  /** Set when the program says nothing. */
  readonly default?: boolean | number | string;
  /** For `text`. */
  readonly rule?: FieldRule;
  /** For `list` and `set`. */
  readonly items?: Field;
  /** For `list` and `set`. */
  readonly minItems?: number;
  /** For `list` and `set`. */
  readonly maxItems?: number;
  /** For `object`. */
  readonly fields?: Fields;
}

export type Fields = Readonly<Record<string, Field>>;

export const text: Field = { kind: "text" };
export const flag: Field = { kind: "flag" };
export const textSet: Field = { kind: "set", items: text };

/** Nothing, in the sense of the providers below the bridge: unset and zero are the same there. */
export function isZero(value: PropertyValue | undefined): boolean {
  if (value === undefined || value === null || value === "" || value === false || value === 0) {
    return true;
  }
  if (Array.isArray(value)) return value.length === 0;
  return false;
}
