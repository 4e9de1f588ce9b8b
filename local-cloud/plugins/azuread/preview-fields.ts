// What a preview shows of a resource that is yet to be made or changed.
import {
  isProperties,
  type Properties,
  type PropertyValue,
  UNKNOWN,
} from "../wire/property-values.js";
import type { DirectoryResource } from "./directory-resource.js";
import type { Fields } from "./field.js";

/** The inputs, and unknown for what the service will choose. */
export function createPreview({ fields, outputs }: DirectoryResource, inputs: Properties) {
  return { ...unknowns(outputs), ...withUnknowns(fields, inputs) };
}

/** The inputs over the state; what follows from the changed inputs is unknown. */
export function updatePreview(
  { fields, outputs, recomputed }: DirectoryResource,
  state: Properties,
  news: Properties,
): Properties {
  const kept = [...outputs, ...Object.keys(fields).filter((name) => fields[name]?.computed)];
  const stay = kept.flatMap((name): [string, PropertyValue][] => {
    const value = state[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(stay), ...news, ...unknowns(recomputed?.(state, news) ?? []) };
}

function unknowns(names: readonly string[]): Properties {
  return Object.fromEntries(names.map((name) => [name, UNKNOWN]));
}

function withUnknowns(fields: Fields, inputs: Properties): Properties {
  const shown: Record<string, PropertyValue> = { ...inputs };
  for (const [name, field] of Object.entries(fields)) {
    const value = inputs[name];
    if (value === undefined && field.computed === true) shown[name] = UNKNOWN;
    if (isProperties(value) && field.fields !== undefined) {
      shown[name] = withUnknowns(field.fields, value);
    }
  }
  return shown;
}
