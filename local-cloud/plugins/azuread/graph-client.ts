// Microsoft Graph over HTTPS: tokens, retries, paging, errors in the real provider's words.
import type { HttpClient, HttpRequest, HttpResponse } from "../http/http-client.js";
import { type RetryPolicy, sendWithRetry } from "../http/retry.js";
import type { Tokens } from "../http/tokens.js";
import { objectsOf, type Properties, propertiesOfJson, textOf } from "../wire/property-values.js";

/** Graph refused. */
export class GraphFailure extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export interface GraphRequest {
  readonly method: HttpRequest["method"];
  /** Below the version: `/applications/{id}`. Query values must be encoded. */
  readonly path: string;
  /** @default "v1.0" */
  readonly version?: "v1.0" | "beta";
  readonly body?: Properties;
  readonly signal: AbortSignal;
  /** Who asks, as the real provider names its clients: `ApplicationsClient`. */
  readonly client: string;
  /** Answers that mean "not replicated yet", to be asked again. @default none */
  readonly retryWhen?: (response: HttpResponse) => boolean;
}

/** Those that the real client repeats always; 404 and 409 only where a call says so. */
const RETRIED = new Set([408, 424, 429, 500, 502, 503, 504]);
const MAX_WAIT_MS = 61_000;
/** With waits that double from 0.2 s: 51 s in all. The real client goes on until the operation's deadline. */
const MAX_ATTEMPTS = 9;

export class GraphClient {
  readonly #policy: RetryPolicy;

  constructor(
    private readonly http: HttpClient,
    private readonly tokens: Tokens,
    /** Origin of Microsoft Graph. */
    readonly origin: string,
    retryBaseMs: number,
  ) {
    this.#policy = {
      statuses: RETRIED,
      maxAttempts: MAX_ATTEMPTS,
      baseMs: retryBaseMs,
      maxMs: MAX_WAIT_MS,
    };
  }

  /** The answer's object; empty when there is none. Throws GraphFailure. */
  async ask(request: GraphRequest): Promise<Properties> {
    const response = await this.#send(request, this.#url(request));
    if (response.status >= 300) throw failureOf(request, response);
    return response.text.trim() === "" ? {} : propertiesOfJson(JSON.parse(response.text));
  }

  /** As ask, but undefined for 404. */
  async find(request: GraphRequest): Promise<Properties | undefined> {
    return await this.ask(request).catch((error: unknown) => {
      if (error instanceof GraphFailure && error.status === 404) return undefined;
      throw error;
    });
  }

  /** Every item of a collection, over all its pages. */
  async list(request: Omit<GraphRequest, "method">): Promise<Properties[]> {
    const asked: GraphRequest = { ...request, method: "GET" };
    const items: Properties[] = [];
    for (let url: string | undefined = this.#url(asked); url !== undefined; ) {
      const response: HttpResponse = await this.#send(asked, url);
      if (response.status !== 200) throw failureOf(asked, response);
      const page = propertiesOfJson(JSON.parse(response.text));
      items.push(...objectsOf(page, "value"));
      url = textOf(page, "@odata.nextLink");
    }
    return items;
  }

  /** The address of a directory object, as `@odata.bind` and `$ref` want it. */
  directoryObject(objectId: string): string {
    return `${this.origin}/v1.0/directoryObjects/${objectId}`;
  }

  #url({ version, path }: GraphRequest): string {
    return `${this.origin}/${version ?? "v1.0"}${path}`;
  }

  async #send(request: GraphRequest, url: string): Promise<HttpResponse> {
    const { method, body, signal, retryWhen } = request;
    const token = await this.tokens.get(`${this.origin}/.default`, signal);
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
      retryWhen === undefined ? this.#policy : { ...this.#policy, also: retryWhen },
    );
  }
}

function failureOf({ client, method }: GraphRequest, response: HttpResponse): GraphFailure {
  const { status, statusText } = response;
  const verb = method.charAt(0) + method.slice(1).toLowerCase();
  const where = `${client}.BaseClient.${verb}(): unexpected status ${status} (${status} ${statusText})`;
  return new GraphFailure(status, `${where} with ${errorWords(response.text)}`);
}

function errorWords(text: string): string {
  try {
    const { error }: { error?: { code?: unknown; message?: unknown } } = JSON.parse(text);
    if (error !== undefined) return `error: ${String(error.code)}: ${String(error.message)}`;
  } catch {
    // Not JSON: shown as it is.
  }
  return `response: ${text}`;
}

/** Puts what was being done in front of a failure: `Could not create application: ...`. */
export async function doing<T>(what: string, work: Promise<T>): Promise<T> {
  return await work.catch((error: unknown) => {
    if (error instanceof GraphFailure) {
      throw new GraphFailure(error.status, `${what}: ${error.message}`);
    }
    throw error;
  });
}

/** A text as a literal of an OData filter, ready for a URL. */
export function filterOf(property: string, value: string): string {
  const literal = `'${value.replaceAll("'", "''")}'`;
  return `$filter=${encodeURIComponent(`${property} eq ${literal}`)}`;
}
