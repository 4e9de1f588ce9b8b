// Unset, as each side writes it: null in Graph, empty in the state of a bridged provider.
import { type PropertyValue, Secret } from "../wire/property-values.js";

/** For a request: empty texts are null. */
export function orNull(value: PropertyValue | undefined): PropertyValue {
  return value === undefined || value === "" ? null : value;
}

/** For the state: null is the empty text. */
export function orEmpty(value: PropertyValue | undefined): PropertyValue {
  return value ?? "";
}

/** A flag; unset is false. */
export function orFalse(value: PropertyValue | undefined): boolean {
  return value === true;
}

/** Marks a value as secret, unless it is marked already. */
export function asSecret(value: PropertyValue | undefined): Secret {
  return value instanceof Secret ? value : new Secret(value ?? "");
}
