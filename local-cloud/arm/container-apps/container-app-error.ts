// Refusals of Microsoft.App. Those whose code was never seen at the service have one of these two.
import { ArmError } from "../mechanics/arm-error.js";

/** A property that is not valid. @param why a sentence, without a full stop at the end */
export function invalidRequest(path: string, why: string): ArmError {
  const message = `${path} is invalid. ${why}.`;
  return new ArmError(400, "InvalidRequestParameterWithDetails", message, { target: path });
}

/** One of several texts, in any case; undefined when left out or empty. */
export function choiceOf(
  path: string,
  choices: readonly string[],
  value: string | undefined,
): string | undefined {
  if (value === undefined || value === "") return undefined;
  const chosen = choices.find((choice) => choice.toLowerCase() === value.toLowerCase());
  if (chosen !== undefined) return chosen;
  throw invalidRequest(path, `It must be one of ${choices.join(", ")}, got '${value}'`);
}

/** A whole number of a range; undefined when left out. */
export function checkRange(
  path: string,
  value: number | undefined,
  least: number,
  most: number,
): number | undefined {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) {
    return value;
  }
  throw invalidRequest(path, `It must be a whole number from ${least} to ${most}, got ${value}`);
}
