// Refusals of autoscale settings. The service answers 400; its code and words were not seen.
import { ArmError } from "../mechanics/arm-error.js";

export function autoscaleError(message: string): ArmError {
  return new ArmError(400, "InvalidAutoscaleSetting", message);
}
