// Refusals of Azure DNS. Where a sentence was not seen at the real service, a comment says so.
import { ArmError } from "../mechanics/arm-error.js";

export function badRecord(message: string): ArmError {
  return new ArmError(400, "BadRequest", message);
}
