// Texts of bodies that are one of a few, whatever their case.
import type { ArmError } from "./arm-error.js";
import type { BodyFields } from "./body-fields.js";

/** In the spelling of `known`; undefined when left out. Throws what `refusal` makes of any other text. */
export function choice(
  fields: BodyFields,
  name: string,
  known: readonly string[],
  refusal: (given: string, path: string) => ArmError,
): string | undefined {
  const given = fields.string(name);
  if (given === undefined) return undefined;
  const found = known.find((value) => value.toLowerCase() === given.toLowerCase());
  if (found === undefined) throw refusal(given, fields.at(name));
  return found;
}
