// Bots to rehearse with: the example, in a process of its own, and bots that do one thing wrong.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { z } from "zod";
import { nodeArguments } from "../../scripts/node-arguments.js";

const MAIN = new URL("../../examples/answering-bot/main.ts", import.meta.url);

/** The settings of the bot that a rehearsal in this folder has written. */
export function botEnvironment(folder: string): Readonly<Record<string, string>> {
  const read = Object.entries(parseEnv(readFileSync(join(folder, "bot.env"), "utf8")));
  return Object.fromEntries(read.flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/** The example of examples/answering-bot, as a person would run it. */
export async function startExampleBot(folder: string) {
  const child = spawn(process.execPath, nodeArguments(MAIN, []), {
    env: { ...process.env, ...botEnvironment(folder), PORT: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => said.push(String(chunk)));
  const [line] = await once(child.stdout, "data");
  const [, port] = /on port (\d+)\.$/m.exec(String(line)) ?? [];
  return { webhook: `http://localhost:${port}/api/calling`, said, stop: () => ended(child) };
}

async function ended(child: ChildProcess): Promise<void> {
  child.kill();
  await once(child, "exit");
}

/** What reached a bot. */
export interface Received {
  readonly path: string;
  readonly authorization: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of any shape
  readonly body: any;
}

export interface BotAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A bot of this process: `answer` says what it answers (nothing when undefined), and may do more before or after. */
export async function startBot(
  answer: (received: Received) => BotAnswer | undefined | Promise<BotAnswer | undefined>,
  { tls, port: wanted = 0 }: { readonly tls?: ServerOptions; readonly port?: number } = {},
) {
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const said = await answer({
      path: request.url ?? "",
      authorization: request.headers.authorization,
      body: JSON.parse(Buffer.concat(chunks).toString("utf8")),
    });
    if (said !== undefined) response.writeHead(said.status, said.headers).end(said.body);
  };
  const server = tls === undefined ? createServer(handle) : createTlsServer(tls, handle);
  server.listen(wanted);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    webhook: `${tls === undefined ? "http" : "https"}://localhost:${port}/api/calling`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Path of the call that a notification is about, and what it says of it. */
export function changeIn({ body }: Received): { call: string; type: string; state: string } {
  const [one] = body.value ?? [];
  const call = /^\/communications\/calls\/[^/]+/.exec(one?.resourceUrl ?? "")?.[0] ?? "";
  const data = one?.resourceData ?? {};
  return { call, type: data["@odata.type"] ?? "", state: data.state ?? "" };
}

/** A request of the bot to the rehearsal's Microsoft Graph, with a token of its own. */
export async function asBot(folder: string, method: string, path: string, body?: unknown) {
  const env = botEnvironment(folder);
  const signedIn = await fetch(
    `${env["AZURE_AUTHORITY_HOST"]}/${env["AZURE_TENANT_ID"]}/oauth2/v2.0/token`,
    {
      method: "POST",
      headers: { Connection: "close" },
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: env["AZURE_CLIENT_ID"] ?? "",
        client_secret: env["AZURE_CLIENT_SECRET"] ?? "",
        scope: `${env["GRAPH_URL"]}/.default`,
      }),
    },
  );
  const { access_token: token } = z
    .object({ access_token: z.string() })
    .parse(await signedIn.json());
  const answer = await fetch(`${env["GRAPH_URL"]}/v1.0${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      "Content-Type": "application/json",
      Connection: "close",
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, text: await answer.text() };
}

/** What a bot does after its answer; the rehearsal may be over before that has an answer of its own. */
export function inBackground(work: Promise<unknown>): void {
  work.catch(() => {});
}

export const SERVICE_MEDIA = {
  acceptedModalities: ["audio"],
  mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" },
};
export const OWN_MEDIA = {
  acceptedModalities: ["audio"],
  mediaConfig: { "@odata.type": "#microsoft.graph.appHostedMediaConfig", blob: "{}" },
};
