// A static host over TLS on this machine, and a sign-in service that answers the way a test chooses.

import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serverCertificate } from "../../local-cloud/tls/certificates.js";
import { INDEX_PAGE, NOT_FOUND_PAGE, type SiteFile } from "../../sign-up/index.js";

/** What the sign-in service does with the next request: the parameters it sends back, or a page of its own. */
type ConsentAnswer = Readonly<Record<string, string>> | string;

/** Two origins, as in life. */
export interface SiteHost {
  /** Ends in a slash. */
  readonly site: string;
  readonly login: string;
  /** Every address the sign-in service was asked for. */
  readonly asked: URL[];
  /** Every path the static host was asked for. */
  readonly served: string[];
  files: readonly SiteFile[];
  /** Sent with every file. */
  headers: Readonly<Record<string, string>>;
  /** `{state}` stands for the state that was asked with. */
  answer: ConsentAnswer;
  /** Path of the static host that the answer goes to instead of the redirect URI. */
  misdirect: string | undefined;
  close(): Promise<void>;
}

/** Starts both on free ports of 127.0.0.1. */
export async function startSiteHost(): Promise<SiteHost> {
  const folder = mkdtempSync(join(tmpdir(), "sign-up-site-"));
  const { key, cert } = await serverCertificate(folder, new Date());
  const site = createServer({ key, cert });
  const login = createServer({ key, cert });
  const host: SiteHost = {
    site: `${await listen(site)}/`,
    login: await listen(login),
    asked: [],
    served: [],
    files: [],
    headers: {},
    answer: {},
    misdirect: undefined,
    async close() {
      await Promise.all([stop(site), stop(login)]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  site.on("request", (request, response) => {
    const { pathname } = new URL(request.url ?? "/", host.site);
    host.served.push(pathname);
    const name = pathname === "/" ? INDEX_PAGE : pathname.slice(1);
    const found = host.files.find(({ path }) => path === name);
    const file = found ?? host.files.find(({ path }) => path === NOT_FOUND_PAGE);
    response.writeHead(found ? 200 : 404, {
      "Content-Type": file?.contentType ?? "text/plain",
      "Cache-Control": file?.cacheControl ?? "no-store",
      ...host.headers,
    });
    response.end(file?.bytes);
  });
  login.on("request", (request, response) => {
    const url = new URL(request.url ?? "/", host.login);
    if (!url.pathname.endsWith("/adminconsent")) return response.writeHead(404).end();
    host.asked.push(url);
    if (typeof host.answer === "string") {
      response.writeHead(200, { "Content-Type": "text/html" });
      return response.end(host.answer);
    }
    const back = new URL(host.misdirect ?? url.searchParams.get("redirect_uri") ?? "", host.site);
    for (const [name, value] of Object.entries(host.answer)) {
      back.searchParams.set(name, value.replace("{state}", url.searchParams.get("state") ?? ""));
    }
    return response.writeHead(302, { Location: back.href }).end();
  });
  return host;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return `https://localhost:${port}`;
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
