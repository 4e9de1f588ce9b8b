// A state folder keeps its ports: addresses stand in stack outputs, and a second `up` must change nothing.
import { createServer } from "node:net";
import { perService, SERVICE_NAMES, type ServiceName } from "../cloud-context.js";

export type Ports = Readonly<Record<ServiceName, number>>;

/** First choice of a new state folder: login, and those after it. */
const FIRST_PORT = 9443;

/** Any that are free. */
export const ANY_PORTS: Ports = perService(() => 0);

/** The usual ports when all are free, else any that are free: for a folder that remembers none. */
export async function freePorts(): Promise<Ports> {
  const usual = portsFrom(FIRST_PORT);
  const free = await Promise.all(Object.values(usual).map(isFree));
  return free.every(Boolean) ? usual : ANY_PORTS;
}

/** Ports in a row. */
export function portsFrom(first: number): Ports {
  return perService((name) => first + SERVICE_NAMES.indexOf(name));
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
