// The HTTPS client of the plugins: node:https, because it can be told to trust the local cloud's own certificate
// authority (fetch trusts only what the process was started with).
import { Agent, request as httpsRequest } from "node:https";

export interface HttpRequest {
  readonly method: "GET" | "HEAD" | "PUT" | "POST" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  /** As sent, or the usual text of the status. */
  readonly statusText: string;
  header(name: string): string | undefined;
  readonly text: string;
}

/** No answer came, or not all of it. */
export class ConnectionLost extends Error {
  constructor(request: HttpRequest, cause: Error) {
    super(`${request.method} ${request.url}: ${cause.message}`, { cause });
  }
}

export class HttpClient {
  readonly #agent: Agent;
  readonly #ca: string;

  /** @param ca the certificate authorities to trust, PEM */
  constructor(ca: string) {
    this.#ca = ca;
    this.#agent = new Agent({ ca, keepAlive: true });
  }

  /** One request, no retries. Throws ConnectionLost, or the signal's reason when it aborts. */
  async send(request: HttpRequest): Promise<HttpResponse> {
    const { method, url, headers, body, signal } = request;
    signal.throwIfAborted();
    return await new Promise<HttpResponse>((resolve, reject) => {
      const fail = (error: Error) =>
        reject(signal.aborted ? signal.reason : new ConnectionLost(request, error));
      const outgoing = httpsRequest(
        url,
        {
          method,
          headers: {
            accept: "application/json",
            ...(body === undefined ? {} : { "content-length": Buffer.byteLength(body) }),
            ...headers,
          },
          signal,
          ca: this.#ca,
          // A kept connection may be closed by the server just when it is used again. That is harmless to repeat, except
          // for POST: it gets a connection of its own, so that its loss is a loss.
          agent: method === "POST" ? new Agent({ ca: this.#ca }) : this.#agent,
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
          incoming.on("error", fail);
          incoming.on("aborted", () => fail(new Error("the connection was closed")));
          incoming.on("end", () => {
            const { statusCode = 0, statusMessage = "" } = incoming;
            resolve({
              status: statusCode,
              statusText: statusMessage,
              header: (name) => {
                const value = incoming.headers[name.toLowerCase()];
                return Array.isArray(value) ? value[0] : value;
              },
              text: Buffer.concat(chunks).toString("utf8"),
            });
          });
        },
      );
      outgoing.on("error", fail);
      outgoing.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
