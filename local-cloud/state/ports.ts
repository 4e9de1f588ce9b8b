// A state folder keeps its ports: addresses stand in stack outputs, and a second `up` must change nothing.
import { createServer } from "node:net";
import type { ServiceName } from "../cloud-context.js";

export type Ports = Readonly<Record<ServiceName, number>>;

/** First choice of a new state folder: login, and the three after it. */
const FIRST_PORT = 9443;

/** Ports for a new folder: the usual four when all are free, else four that the system chooses (0). */
export async function portsForNewFolder(): Promise<Ports> {
  const usual = portsFrom(FIRST_PORT);
  const free = await Promise.all(Object.values(usual).map(isFree));
  return free.every(Boolean) ? usual : { login: 0, arm: 0, graph: 0, storage: 0 };
}

/** Four ports in a row. */
export function portsFrom(first: number): Ports {
  return { login: first, arm: first + 1, graph: first + 2, storage: first + 3 };
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
