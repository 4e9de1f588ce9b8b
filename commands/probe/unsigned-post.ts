// A notification without a token, as anybody on the Internet could send it, and without content: a bot has nothing to do for
// it but to refuse it. No secret goes out, so the certificate does not matter here.
import { request } from "node:https";
import { isIP } from "node:net";
import { codeOf, hostAndPort, type Network } from "./network.js";

export interface PostAnswer {
  readonly status: number;
  readonly location: string | undefined;
  /** From the beginning of the connection to the first line of the answer. */
  readonly milliseconds: number;
}

/** There was no answer. `code` is the system's; `TIMEOUT` when nothing came in time. */
export class PostFailure extends Error {
  override readonly name = "PostFailure";
  constructor(
    readonly code: string,
    options?: ErrorOptions,
  ) {
    super(`no answer: ${code}`, options);
  }
}

/** No call in it: the list of notifications is empty. */
const BODY = JSON.stringify({ "@odata.type": "#microsoft.graph.commsNotifications", value: [] });

/** Sends it and reads the head of the answer; the body is not read, however long it is. @throws PostFailure */
export function postUnsigned(network: Network, url: string, limitMs: number): Promise<PostAnswer> {
  const { host, port } = hostAndPort(url);
  const { pathname, search, host: hostHeader } = new URL(url);
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request({
      ...network.dial(host, port),
      ...(isIP(host) === 0 ? { servername: host } : {}),
      path: `${pathname}${search}`,
      method: "POST",
      headers: {
        Host: hostHeader,
        "Content-Type": "application/json",
        "Content-Length": Buffer.byteLength(BODY),
        "User-Agent": "teams-calling-bot-verify",
      },
      rejectUnauthorized: false,
      minVersion: "TLSv1",
      ciphers: "DEFAULT@SECLEVEL=0",
      agent: false,
    });
    const timer = setTimeout(() => sent.destroy(new PostFailure("TIMEOUT")), limitMs);
    sent.once("response", (answer) => {
      resolve({
        status: answer.statusCode ?? 0,
        location: answer.headers.location,
        milliseconds: Math.round(performance.now() - began),
      });
      sent.destroy();
    });
    sent.on("error", (error) => {
      const failure = error instanceof PostFailure ? error : undefined;
      reject(failure ?? new PostFailure(codeOf(error) || "UNKNOWN", { cause: error }));
    });
    sent.once("close", () => clearTimeout(timer));
    sent.end(BODY);
  });
}
