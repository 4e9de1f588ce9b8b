// Refusals of diagnostic settings: their envelope is flat, as Azure Monitor's own clients know it (recorded answers in
// Azure/azure-cli, monitor diagnostic-settings).
import { ArmError } from "../mechanics/arm-error.js";

/** `{"code", "message"}`, without the `error` around it. */
export class DiagnosticsError extends ArmError {
  override toResponse(): Response {
    return Response.json({ code: this.code, message: this.message }, { status: this.status });
  }
}
