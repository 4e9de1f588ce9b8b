// Azure Resource Manager over HTTPS: tokens, retries, errors in the real provider's words.
import type { HttpClient, HttpRequest, HttpResponse } from "../http/http-client.js";
import { type RetryPolicy, sendWithRetry } from "../http/retry.js";
import { TokenRefused, type Tokens } from "../http/tokens.js";
import { type Properties, propertiesOfJson } from "../wire/property-values.js";

/** Resource Manager refused, or a long-running operation failed. */
export class ArmFailure extends Error {
  constructor(
    readonly status: number,
    readonly code: string | undefined,
    message: string,
  ) {
    super(message);
  }
}

const RETRIED = new Set([408, 429, 500, 502, 503, 504]);
/** Those of azcore: the first try and three more. */
const MAX_ATTEMPTS = 4;

export class ArmClient {
  readonly #policy: RetryPolicy;

  constructor(
    private readonly http: HttpClient,
    private readonly tokens: Tokens,
    /** Origin of Resource Manager. */
    readonly origin: string,
    retryBaseMs: number,
  ) {
    this.#policy = {
      statuses: RETRIED,
      maxAttempts: MAX_ATTEMPTS,
      baseMs: retryBaseMs,
      maxMs: 120_000,
      // As azcore does, whatever the method.
      repeatsPosts: true,
      also: ({ status, text }) =>
        status === 409 && errorIn(text)?.code === "AnotherOperationInProgress",
    };
  }

  /** One request with its retries. Any status is an answer; see failureOf. */
  async send(
    method: HttpRequest["method"],
    url: string,
    signal: AbortSignal,
    body?: Properties,
  ): Promise<HttpResponse> {
    const token = await this.tokens
      .get(`${this.origin}/.default`, signal)
      .catch((error: unknown) => {
        throw error instanceof TokenRefused ? signInFailure(error) : error;
      });
    return await sendWithRetry(
      this.http,
      {
        method,
        url,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal,
      },
      this.#policy,
    );
  }

  /** The address of a resource or of one of its actions. */
  url(id: string, apiVersion: string, query: Readonly<Record<string, string>> = {}): string {
    return `${this.origin}${id}?${new URLSearchParams({ "api-version": apiVersion, ...query })}`;
  }
}

/** The answer as an error. */
export function failureOf({ status, text }: Pick<HttpResponse, "status" | "text">): ArmFailure {
  const json = jsonOf(text);
  if (json === undefined) {
    const message = `unexpected response from Azure: '${text}', HTTP status: ${status}`;
    return new ArmFailure(status, undefined, message);
  }
  const { code, message } = errorIn(text) ?? {};
  const codePart = code === undefined ? "" : ` Code=${JSON.stringify(code)}`;
  const words = `Status=${status}${codePart} Message=${JSON.stringify(message ?? text)}`;
  return new ArmFailure(status, code, words);
}

/** The object in a successful answer; empty when there is none. */
export function objectIn(response: Pick<HttpResponse, "text">): Properties {
  return response.text.trim() === "" ? {} : propertiesOfJson(JSON.parse(response.text));
}

function errorIn(text: string): { code?: string; message?: string } | undefined {
  const json = jsonOf(text);
  const error =
    typeof json === "object" && json !== null && "error" in json ? json.error : undefined;
  if (typeof error !== "object" || error === null) return undefined;
  const { code, message }: { code?: unknown; message?: unknown } = error;
  return {
    ...(typeof code === "string" ? { code } : {}),
    ...(typeof message === "string" ? { message } : {}),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** As azidentity says it. */
function signInFailure({ endpoint, response }: TokenRefused): Error {
  const { status, statusText, text } = response;
  return new Error(
    `ClientSecretCredential authentication failed.\nPOST ${endpoint}\nRESPONSE ${status}: ${status} ${statusText}\n${text}`,
  );
}
