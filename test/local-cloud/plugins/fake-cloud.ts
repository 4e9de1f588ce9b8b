// A recording stand-in for the three services that the plugins talk to. It answers only what a test has told it to, and
// remembers everything else as unexpected.
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { generate } from "selfsigned";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";

export interface FakeRequest {
  readonly method: string;
  /** Path and query, decoded. */
  readonly path: string;
  readonly url: URL;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Who asks, from the token. */
  readonly clientId: string;
}

export interface FakeAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** "lost" closes the connection without an answer. */
export type FakeHandler = (request: FakeRequest) => FakeAnswer | "lost" | undefined;

export const TENANT = "11111111-1111-4111-8111-111111111111";
export const SUBSCRIPTION = "22222222-2222-4222-8222-222222222222";
export const CLIENT = "33333333-3333-4333-8333-333333333333";
/** Object id of the deployer: what the token says. */
export const CALLER = "44444444-4444-4444-8444-444444444444";

export interface FakeCloud {
  readonly arm: string;
  readonly graph: string;
  readonly login: string;
  readonly ca: string;
  /** Requests to Resource Manager and Graph so far, as `METHOD path`. */
  readonly log: FakeRequest[];
  /** Who asked for tokens, and for which scope. */
  readonly tokens: { readonly clientId: string; readonly scope: string }[];
  /** Replaced by each test. */
  handlers: { arm: FakeHandler; graph: FakeHandler; login: FakeHandler };
  readonly unexpected: string[];
  close(): Promise<void>;
}

async function startFakeCloud(): Promise<FakeCloud> {
  const certificate = await generate([{ name: "commonName", value: "localhost" }], {
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] },
    ],
  });
  const log: FakeRequest[] = [];
  const tokens: { clientId: string; scope: string }[] = [];
  const unexpected: string[] = [];
  const nothing: FakeHandler = () => undefined;
  const handlers = { arm: nothing, graph: nothing, login: nothing };
  const open = async (service: "arm" | "graph" | "login") => {
    const server = createServer({ key: certificate.private, cert: certificate.cert });
    server.on("request", (incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        const url = new URL(incoming.url ?? "/", "https://localhost");
        const request: FakeRequest = {
          method: incoming.method ?? "",
          path: decodeURIComponent(url.pathname + url.search),
          url,
          body: text.startsWith("{") ? JSON.parse(text) : text,
          headers: incoming.headers,
          clientId: clientIdIn(incoming.headers.authorization),
        };
        const answer =
          handlers[service](request) ?? (service === "login" ? token(request) : undefined);
        if (service === "login") noteToken(request);
        else log.push(request);
        if (answer === "lost") {
          incoming.socket.destroy();
          return;
        }
        if (answer === undefined) unexpected.push(`${request.method} ${request.path}`);
        const { status, body, headers } = answer ?? { status: 501, body: { error: {} } };
        outgoing.writeHead(status, { "content-type": "application/json", ...headers });
        outgoing.end(body === undefined ? "" : JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return server;
  };
  const noteToken = ({ body }: FakeRequest) => {
    const form = new URLSearchParams(String(body));
    tokens.push({ clientId: form.get("client_id") ?? "", scope: form.get("scope") ?? "" });
  };
  const [arm, graph, login] = [await open("arm"), await open("graph"), await open("login")];
  return {
    arm: originOf(arm),
    graph: originOf(graph),
    login: originOf(login),
    ca: certificate.cert,
    log,
    tokens,
    handlers,
    unexpected,
    close: async () => {
      await Promise.all([arm, graph, login].map(close));
    },
  };
}

/** A token whose claims say who asked for it. */
function token({ body }: FakeRequest): FakeAnswer {
  const form = new URLSearchParams(String(body));
  const claims = { oid: CALLER, tid: TENANT, appid: form.get("client_id") };
  const payload = Buffer.from(JSON.stringify(claims)).toString("base64url");
  return {
    status: 200,
    body: { token_type: "Bearer", expires_in: 3599, access_token: `e30.${payload}.x` },
  };
}

function clientIdIn(authorization: string | undefined): string {
  const payload = authorization?.split(".")[1];
  if (payload === undefined) return "";
  return JSON.parse(Buffer.from(payload, "base64url").toString("utf8")).appid;
}

function originOf(server: Server): string {
  const { port }: AddressInfo = Object(server.address());
  return `https://localhost:${port}`;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

/** A fake cloud for the tests of one file; what a test leaves unanswered fails the next look at it. */
export function useFakeCloud(): () => FakeCloud {
  let cloud: FakeCloud | undefined;
  const get = () => {
    if (cloud === undefined) throw new Error("the fake cloud has not been started");
    return cloud;
  };
  beforeAll(async () => {
    cloud = await startFakeCloud();
  });
  beforeEach(() => {
    const { log, tokens, unexpected } = get();
    for (const list of [log, tokens, unexpected]) list.length = 0;
  });
  afterAll(async () => {
    await get().close();
  });
  return get;
}

/** The requests so far as `METHOD path`, and nothing was unexpected. */
export function callsOf(cloud: FakeCloud): string[] {
  expect(cloud.unexpected).toEqual([]);
  return cloud.log.map(({ method, path }) => `${method} ${path}`);
}
