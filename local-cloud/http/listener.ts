// One HTTPS listener on loopback for one service: guard, faults, log, then the service.
import { randomInt } from "node:crypto";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { getRequestListener, type Http2Bindings, type HttpBindings } from "@hono/node-server";
import type { Service } from "../cloud-context.js";
import { LocalCloudError } from "../local-cloud-error.js";
import type { ServerCertificate } from "../tls/certificates.js";
import type { FaultRule, Faults } from "./faults.js";
import { refusedBecause } from "./guard.js";
import type { RequestLog } from "./request-log.js";

/** Loopback only: nothing outside this machine reaches it. */
const LOOPBACK = "127.0.0.1";

export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Where free ports are looked for: below those that a system lends to connections (Linux from 32768, others from 49152). A port
 * is kept from start to start, and one that was lent to a connection in between could not be opened for a minute after it.
 */
const FREE_PORTS = { from: 20_000, below: 32_768 };
const MOST_TRIES = 50;

/** Opens a port (0: any free one) without a service yet, so that every service can know all origins. */
export async function openListener(
  certificate: ServerCertificate,
  port: number,
): Promise<{ listener: Listener; serve(service: Service, faults: Faults, log: RequestLog): void }> {
  const server = createServer({
    key: certificate.key,
    cert: certificate.cert,
    minVersion: "TLSv1.2",
  });
  await (port === 0 ? listenAnywhere(server) : listen(server, port));
  const bound = (server.address() as AddressInfo).port;
  return {
    listener: { port: bound, close: () => close(server) },
    serve: (service, faults, log) => {
      const handler = guarded(service, bound, faults, log);
      server.on("request", getRequestListener(handler, { overrideGlobalObjects: false }));
    },
  };
}

type Bindings = HttpBindings | Http2Bindings;
type FetchHandler = (request: Request, env: Bindings) => Promise<Response>;

function guarded(service: Service, port: number, faults: Faults, log: RequestLog): FetchHandler {
  return async (request, env) => {
    const began = performance.now();
    const { method, url: path = "/" } = env.incoming;
    const note = (status: number) =>
      log.add({
        at: new Date().toISOString(),
        service: service.name,
        method: method ?? "GET",
        path,
        status,
        milliseconds: Math.round(performance.now() - began),
      });
    const refused = refusedBecause(
      { host: env.incoming.headers.host, origin: env.incoming.headers.origin },
      port,
    );
    if (refused !== undefined) {
      note(403);
      return service.refusal(403, "Forbidden", refused);
    }
    const struck = path.startsWith("/_local/")
      ? []
      : faults.strike(service.name, method ?? "GET", path);
    if (!(await delayed(struck, "before", env)) || drops(struck, "before")) {
      return dropped(env, note);
    }
    const answer = faultAnswer(service, struck) ?? (await service.app.fetch(request, env));
    await delayed(struck, "after", env);
    if (drops(struck, "after")) return dropped(env, note);
    note(answer.status);
    return answer;
  };
}

function drops(struck: readonly FaultRule[], when: "before" | "after"): boolean {
  return struck.some((rule) => rule.kind === "drop" && rule.when === when);
}

/** False when the caller hung up meanwhile. */
async function delayed(
  struck: readonly FaultRule[],
  when: "before" | "after",
  { incoming }: Bindings,
): Promise<boolean> {
  const hungUp = new AbortController();
  const stop = () => hungUp.abort();
  incoming.socket.once("close", stop);
  try {
    for (const rule of struck) {
      if (rule.kind !== "delay" || (rule.when ?? "before") !== when) continue;
      await wait(rule.milliseconds, undefined, { signal: hungUp.signal });
    }
    return true;
  } catch {
    return false;
  } finally {
    incoming.socket.off("close", stop);
  }
}

function dropped(env: Bindings, note: (status: number) => void): Response {
  note(0);
  env.incoming.socket.destroy();
  return new Response(null, { status: 500 });
}

function faultAnswer(service: Service, struck: readonly FaultRule[]): Response | undefined {
  for (const rule of struck) {
    if (rule.kind === "throttle") {
      const answer = service.refusal(429, "TooManyRequests", "Too many requests. Try again later.");
      if (rule.retryAfterSeconds !== undefined) {
        answer.headers.set("Retry-After", String(rule.retryAfterSeconds));
      }
      return answer;
    }
    if (rule.kind === "fail") {
      const code = rule.code ?? FAILURE_CODES.get(rule.status) ?? "InternalServerError";
      return service.refusal(
        rule.status,
        code,
        rule.message ?? "The service is not available right now.",
      );
    }
  }
  return undefined;
}

const FAILURE_CODES = new Map([
  [500, "InternalServerError"],
  [502, "BadGateway"],
  [503, "ServiceUnavailable"],
  [504, "GatewayTimeout"],
]);

async function listenAnywhere(server: Server): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    try {
      return await listen(server, randomInt(FREE_PORTS.from, FREE_PORTS.below));
    } catch (error) {
      // In use, or not to be opened: another one is.
      if (!(error instanceof LocalCloudError)) throw error;
    }
  }
  return listen(server, 0);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, port)));
    server.listen(port, LOOPBACK, resolve);
  });
}

function listenError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== "EADDRINUSE" && error.code !== "EACCES") return error;
  const why = error.code === "EADDRINUSE" ? "is in use by another program" : "may not be opened";
  return new LocalCloudError(
    `Port ${port} of the local cloud ${why}. ` +
      "Stop that program, or choose other ports with `npm run cloud -- --port <number>`.",
  );
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
