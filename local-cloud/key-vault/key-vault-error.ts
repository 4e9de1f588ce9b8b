// Refusals in Key Vault's envelope ("Key Vault REST API error codes").

export class KeyVaultError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** `innererror.code`, and headers. */
    readonly more: { readonly inner?: string; readonly headers?: Record<string, string> } = {},
  ) {
    super(message);
  }

  toResponse(): Response {
    const { inner, headers = {} } = this.more;
    const innererror = inner === undefined ? {} : { innererror: { code: inner } };
    const error = { code: this.code, message: this.message, ...innererror };
    return Response.json({ error }, { status: this.status, headers });
  }
}

/** What the real service has and this one has not: 501, by name. */
export function notHere(what: string): KeyVaultError {
  return new KeyVaultError(501, "NotImplemented", `The local cloud does not have ${what}.`);
}
