// One process at a time owns a state folder. It says so in a file, which outlives a process that is killed: what the file
// says counts only while its process lives and answers, because process ids are used again.
import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { connect } from "node:tls";
import { z } from "zod";
import { perService } from "../cloud-context.js";
import { LocalCloudError } from "../local-cloud-error.js";
import { makeFolder } from "./make-folder.js";
import { pathsIn } from "./state-folder.js";
import { OWNER_ONLY, writeWhole } from "./write-whole.js";

const Running = z.object({
  pid: z.number(),
  origins: z.object(perService(() => z.string())).optional(),
  debugProviders: z.string().optional(),
});
/** What the process that owns a folder tells others about itself; without origins while it starts. */
export type Running = z.infer<typeof Running>;

/** The folder belongs to another process, which may be about to serve it. */
export class FolderTakenError extends LocalCloudError {}

/** Starting takes a second or two; a claim that is older than this was left by a process that died. */
const LONGEST_START_MS = 60_000;
const PATIENCE_MS = 5_000;

/** The owner of the folder, if there is one. */
export async function findOwner(folder: string): Promise<Running | undefined> {
  const { running: path } = pathsIn(folder);
  const running = readRunning(path);
  if (running === undefined || !isAlive(running.pid)) return undefined;
  const serves =
    running.origins === undefined
      ? Date.now() - statSync(path).mtimeMs < LONGEST_START_MS
      : await answers(Number(new URL(running.origins.login).port), pathsIn(folder).ca);
  return serves ? running : undefined;
}

/** Takes the folder for this process. Throws FolderTakenError when another has it. */
export async function takeFolder(folder: string): Promise<{
  announce(running: Omit<Running, "pid">): void;
  release(): void;
}> {
  const { running: path, cloud } = pathsIn(folder);
  makeFolder(cloud);
  const owner = await findOwner(folder);
  if (owner !== undefined) {
    throw new FolderTakenError(
      `The local cloud in ${folder} is already running (process ${owner.pid}). Use that one, or stop it first.`,
    );
  }
  rmSync(path, { force: true });
  claim(folder, path);
  return {
    announce: (running) =>
      writeWhole(path, JSON.stringify({ pid: process.pid, ...running }), OWNER_ONLY),
    release: () => rmSync(path, { force: true }),
  };
}

/** Empties the state of a local cloud: its store, keys, certificates and settings. Refused while it runs. */
export async function resetStateFolder(folder: string): Promise<void> {
  const owner = await findOwner(folder);
  if (owner !== undefined) {
    throw new LocalCloudError(
      `The local cloud in ${folder} is running (process ${owner.pid}), so its state is kept. Stop it, then reset.`,
    );
  }
  makeFolder(folder);
  rmSync(pathsIn(folder).cloud, { recursive: true, force: true });
}

function readRunning(path: string): Running | undefined {
  try {
    return Running.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}

function claim(folder: string, path: string): void {
  try {
    const file = openSync(path, "wx", OWNER_ONLY);
    writeSync(file, JSON.stringify({ pid: process.pid }));
    closeSync(file);
  } catch {
    throw new FolderTakenError(
      `The local cloud in ${folder} is being started by another process. Wait a moment and try again.`,
    );
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Whether a server with this folder's certificate listens there; one that is too busy to say counts as one that does. */
function answers(port: number, caPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port, servername: "localhost", ca: pem(caPath) });
    const end = (found: boolean) => {
      socket.destroy();
      resolve(found);
    };
    socket.setTimeout(PATIENCE_MS, () => end(true));
    socket.once("secureConnect", () => end(true));
    socket.once("error", () => end(false));
  });
}

function pem(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
