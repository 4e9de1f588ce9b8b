// Where a rehearsal listens, and the bot's secret: chosen once and kept, so that the bot is configured once.
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Origins, perService } from "../cloud-context.js";
import { openListener } from "../http/listener.js";
import { LocalCloudError } from "../local-cloud-error.js";
import { pathsIn } from "../state/state-folder.js";
import { OWNER_ONLY, writeWhole } from "../state/write-whole.js";
import { type ServerCertificate, serverCertificate } from "../tls/certificates.js";

const Kept = z.object({ login: z.number(), graph: z.number(), clientSecret: z.string() });

export interface Addresses {
  readonly origins: Origins;
  readonly clientSecret: string;
  readonly ca: string;
  readonly login: Opened;
  readonly graph: Opened;
  readonly close: () => Promise<void>;
}

type Opened = Awaited<ReturnType<typeof openListener>>;

/** Opens both ports. Throws LocalCloudError when one is taken, or what was kept cannot be read. */
export async function openAddresses(folder: string): Promise<Addresses> {
  const paths = pathsIn(folder);
  const file = join(paths.cloud, "rehearsal.json");
  const kept = keptIn(file) ?? {
    login: 0,
    graph: 0,
    clientSecret: randomBytes(30).toString("base64url"),
  };
  const certificate = await serverCertificate(paths.tls, new Date());
  const login = await openOrSay(certificate, kept.login);
  const graph = await openOrSay(certificate, kept.graph).catch(async (error: unknown) => {
    await login.listener.close();
    throw error;
  });
  const ports = { login: login.listener.port, graph: graph.listener.port };
  writeWhole(file, JSON.stringify({ ...kept, ...ports }), OWNER_ONLY);
  return {
    // A bot needs nothing of the other services, so they are not there.
    origins: perService(
      (name) => `https://localhost:${name === "graph" ? ports.graph : ports.login}`,
    ),
    clientSecret: kept.clientSecret,
    ca: certificate.ca,
    login,
    graph,
    close: async () => {
      await Promise.all([login.listener.close(), graph.listener.close()]);
    },
  };
}

function keptIn(file: string): z.output<typeof Kept> | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return Kept.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    throw new LocalCloudError(
      `${file} cannot be read. Remove it: the rehearsal then chooses new addresses and a new secret, and writes them into bot.env.`,
    );
  }
}

async function openOrSay(certificate: ServerCertificate, port: number): Promise<Opened> {
  return openListener(certificate, port).catch((error: unknown) => {
    if (!(error instanceof LocalCloudError)) throw error;
    throw new LocalCloudError(
      `Port ${port} of the rehearsal is in use by another program. Stop that program, or give another folder with --folder: it has ports of its own, which the bot's settings then have to name.`,
    );
  });
}
