// One POST to a bot, bounded in time and in what is read of the answer.
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP } from "node:net";
import type { TLSSocket } from "node:tls";

/** What came back. Either `status` or `failure` is there. */
export interface Posted {
  readonly status?: number;
  readonly location?: string;
  /** The system's or OpenSSL's code; `TIMEOUT` when nothing came in time, `STOPPED` when nobody waits any more. */
  readonly failure?: string;
  readonly tooLong?: true;
  /** OpenSSL's code for a certificate on this machine that Teams would not trust. */
  readonly untrusted?: string;
  readonly milliseconds: number;
}

export interface Post {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

/** Nobody reads what a bot answers to a notification. */
const MOST_BYTES = 64 * 1024;

/** Whether a URL leads to this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$|\.localhost$/i.test(hostname);
}

/** Sends it. Never rejects. */
export function postNotification({ url, headers, body, limitMs, signal }: Post): Promise<Posted> {
  const began = performance.now();
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const here = isLoopback(url);
  return new Promise((resolve) => {
    let end = (posted: Omit<Posted, "milliseconds">) => {
      end = () => {};
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      resolve({ ...posted, milliseconds: Math.round(performance.now() - began) });
      sent.destroy();
    };
    const send = url.protocol === "https:" ? requestHttps : requestHttp;
    const sent = send({
      host,
      port: url.port,
      path: `${url.pathname}${url.search}`,
      method: "POST",
      headers: { Host: url.host, ...headers, "Content-Length": Buffer.byteLength(body) },
      agent: false,
      ...(url.protocol === "https:"
        ? { rejectUnauthorized: !here, ...(isIP(host) === 0 ? { servername: host } : {}) }
        : {}),
    });
    const stop = () => end({ failure: "STOPPED" });
    const timer = setTimeout(() => end({ failure: "TIMEOUT" }), limitMs);
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
    sent.once("response", (answer) => {
      const untrusted = here ? chainProblem(answer.socket) : undefined;
      const posted = {
        status: answer.statusCode ?? 0,
        ...(answer.headers.location === undefined ? {} : { location: answer.headers.location }),
        ...(untrusted === undefined ? {} : { untrusted }),
      };
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MOST_BYTES) end({ ...posted, tooLong: true });
      });
      answer.once("end", () => end(posted));
      answer.once("error", (error) => end({ failure: codeOf(error) }));
    });
    sent.on("error", (error) => end({ failure: codeOf(error) }));
    sent.end(body);
  });
}

function chainProblem(socket: unknown): string | undefined {
  const error = (socket as Partial<TLSSocket>).authorizationError;
  if (error === undefined || error === null) return undefined;
  return error instanceof Error ? codeOf(error) : String(error);
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" && code !== "" ? code : "UNKNOWN";
}
