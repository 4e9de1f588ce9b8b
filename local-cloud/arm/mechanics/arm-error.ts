// Refusals in Resource Manager's envelope. Throwing one inside a transaction also undoes what was written.

export interface ArmErrorDetail {
  readonly code: string;
  readonly message: string;
  readonly target?: string;
}

/** A refusal: `{"error": {"code", "message", "target"?, "details"?}}` with its HTTP status. */
export class ArmError extends Error {
  override readonly name = "ArmError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly more: {
      readonly target?: string;
      readonly details?: readonly ArmErrorDetail[];
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(message);
  }

  toResponse(): Response {
    const { target, details, headers } = this.more;
    const error = {
      code: this.code,
      message: this.message,
      ...(target === undefined ? {} : { target }),
      ...(details === undefined ? {} : { details }),
    };
    return Response.json({ error }, { status: this.status, headers: headers ?? {} });
  }
}

/** What the real service has and this one has not: 501, by name. */
export function notHere(what: string): ArmError {
  return new ArmError(501, "NotImplemented", `The local cloud does not have ${what}.`);
}
