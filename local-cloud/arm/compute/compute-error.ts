// Refusals of Microsoft.Compute, which says in `target` which property it means.
import { ArmError } from "../mechanics/arm-error.js";
import type { BodyFields } from "../mechanics/body-fields.js";
import { choice } from "../mechanics/choice.js";

/** 400 InvalidParameter. */
export function invalidParameter(target: string, message: string): ArmError {
  return new ArmError(400, "InvalidParameter", message, { target });
}

export function missingParameter(target: string): ArmError {
  return invalidParameter(target, `Required parameter '${target}' is missing (null).`);
}

/** 409 for what is decided when a scale set is made. */
export function changeNotAllowed(target: string): ArmError {
  const message = `Changing property '${target}' is not allowed.`;
  return new ArmError(409, "PropertyChangeNotAllowed", message, { target });
}

/** 409 OperationNotAllowed. */
export function notAllowed(message: string): ArmError {
  return new ArmError(409, "OperationNotAllowed", message);
}

/** One of `known`. */
export function choiceIn(
  fields: BodyFields,
  name: string,
  known: readonly string[],
): string | undefined {
  return choice(fields, name, known, (given, path) =>
    invalidParameter(
      path,
      `The value '${given}' of parameter '${path}' is invalid. It must be one of ${known.join(", ")}.`,
    ),
  );
}

/** An integer of `fields` that lies in a range. */
export function integerIn(
  fields: BodyFields,
  name: string,
  least: number,
  most: number,
): number | undefined {
  const value = fields.integer(name);
  if (value === undefined || (value >= least && value <= most)) return value;
  throw invalidParameter(
    fields.at(name),
    `The value '${value}' of parameter '${fields.at(name)}' is invalid. It must be from ${least} to ${most}.`,
  );
}
