// Refusals in Azure Storage's envelope: XML, and the code in a header ("Status and error codes" of Azure Storage).

export class StorageError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  toResponse(): Response {
    const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${xmlText(this.code)}</Code><Message>${xmlText(this.message)}</Message></Error>`;
    return new Response(body, {
      status: this.status,
      headers: { "Content-Type": "application/xml", "x-ms-error-code": this.code },
    });
  }
}

export function xmlText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** What the real service has and this one has not: 501, by name. */
export function notHere(what: string): StorageError {
  return new StorageError(501, "NotImplemented", `The local cloud does not have ${what}.`);
}
