// Refusals of the vaults' own resource provider.
import { ArmError } from "../mechanics/arm-error.js";

/** 400. Texts are the service's where a comment does not say otherwise. */
export function badRequest(message: string): ArmError {
  return new ArmError(400, "BadRequest", message);
}
