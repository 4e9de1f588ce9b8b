// Properties that a type understands. One that it does not would be taken and then have no effect, so it is refused by
// name; what only the service says is passed over, since clients send back what they read.
import { notHere } from "./arm-error.js";
import type { BodyFields } from "./body-fields.js";

export interface KnownNames {
  /** What has these properties, for the refusal: `load balancers`. */
  readonly of: string;
  readonly understood: readonly string[];
  /** Answered by the service. @default none */
  readonly answered?: readonly string[];
}

/** Throws 501 for the first property that is neither understood nor an answer. */
export function checkNames(
  fields: BodyFields,
  { of, understood, answered = [] }: KnownNames,
): void {
  const known = new Set([...understood, ...answered].map((name) => name.toLowerCase()));
  const strange = fields.names.find((name) => !known.has(name.toLowerCase()));
  if (strange !== undefined) throw notHere(`the property '${fields.at(strange)}' of ${of}`);
}
