// Whether the run that holds a stack's lock is certainly dead: only a process of this machine can be known to be.
import { readdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { folderOf } from "./file-backend.js";
import type { LockOwner } from "./stack-engine.js";

/** False also where it cannot be told. */
export function isDead({ host, pid }: LockOwner): boolean {
  if (host !== hostname() || !Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && Reflect.get(error, "code") === "ESRCH";
  }
  return isSomethingElse(pid);
}

/** Process ids are used again; what runs under this one now may have nothing to do with Pulumi. */
function isSomethingElse(pid: number): boolean {
  if (process.platform !== "linux") return false;
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    // A process that ended and that nobody has waited for yet does nothing any more.
    return /^State:\s+[ZX]/m.test(status) || !/^Name:.*pulumi/m.test(status);
  } catch {
    return false;
  }
}

const Lock = z.object({ pid: z.number(), username: z.string(), hostname: z.string() });

/** Who holds the locks of a stack in a file backend; none where the backend is another. */
export function locksInFolder(
  backendUrl: string | undefined,
  { project, stack }: { readonly project: string; readonly stack: string },
): LockOwner[] {
  const backend = folderOf(backendUrl);
  if (backend === undefined) return [];
  const folder = join(backend, ".pulumi", "locks", "organization", project, stack);
  return namesIn(folder).flatMap((name) => {
    const lock = Lock.safeParse(jsonIn(join(folder, name)));
    if (!lock.success) return [];
    const { pid, username: user, hostname: host } = lock.data;
    return [{ pid, user, host }];
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".json"));
  } catch {
    return [];
  }
}

function jsonIn(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** Whether nobody works on the stack: it has no lock, or only those of runs that are certainly dead. */
export function isIdle(
  backendUrl: string | undefined,
  place: { readonly project: string; readonly stack: string },
): boolean {
  return locksInFolder(backendUrl, place).every(isDead);
}
