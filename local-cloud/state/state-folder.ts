// One folder holds all that a local cloud remembers, and one process at a time owns it.
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { perService } from "../cloud-context.js";
import { LocalCloudError } from "../local-cloud-error.js";
import { makeFolder } from "./make-folder.js";
import { OWNER_ONLY, writeWhole } from "./write-whole.js";

const Settings = z.object({
  version: z.literal(1),
  ports: z
    .object({
      login: z.number(),
      arm: z.number(),
      graph: z.number(),
      // Folders made before there were these choose their ports when they are opened next.
      storage: z.number().default(0),
      vault: z.number().default(0),
    })
    .optional(),
  deployerSecret: z.string(),
  deployerWithoutDirectoryRightsSecret: z.string(),
  controlToken: z.string(),
});
/** What a state folder decides once and keeps: ports, and secrets that never leave the machine. */
export type Settings = z.infer<typeof Settings>;

const Running = z.object({
  pid: z.number(),
  origins: z.object(perService(() => z.string())).optional(),
  debugProviders: z.string().optional(),
});
/** What the process that owns a folder tells others about itself. */
export type Running = z.infer<typeof Running>;

/** Where things are inside a state folder. */
export function pathsIn(folder: string) {
  const cloud = join(folder, "cloud");
  return {
    cloud,
    store: join(cloud, "store"),
    settings: join(cloud, "settings.json"),
    running: join(cloud, "running.json"),
    signingKey: join(cloud, "signing-key.json"),
    tls: join(cloud, "tls"),
    ca: join(cloud, "tls", "ca.pem"),
  };
}

/** Makes the folder and its settings where they are missing, and reads them. */
export function openSettings(folder: string): Settings {
  const paths = pathsIn(folder);
  makeFolder(paths.cloud);
  chmodSync(paths.cloud, 0o700);
  if (!existsSync(paths.settings)) {
    saveSettings(folder, {
      version: 1,
      deployerSecret: newSecret(),
      deployerWithoutDirectoryRightsSecret: newSecret(),
      controlToken: newSecret(),
    });
  }
  return readSettings(folder);
}

/** The settings of a folder that has been opened before. */
export function readSettings(folder: string): Settings {
  const path = pathsIn(folder).settings;
  try {
    return Settings.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    throw damaged(folder, path);
  }
}

export function saveSettings(folder: string, settings: Settings): void {
  writeWhole(pathsIn(folder).settings, `${JSON.stringify(settings, null, 2)}\n`, OWNER_ONLY);
}

/** The sentence for a state that cannot be read. */
export function damaged(folder: string, path: string): LocalCloudError {
  return new LocalCloudError(
    `The local cloud's state in ${folder} is damaged: ${path} cannot be read. ` +
      "Empty it with `npm run cloud -- --reset` and run `up` again; nothing outside that folder is touched.",
  );
}

/** Takes the folder for this process; the returned function gives it back. */
export function takeFolder(folder: string): {
  announce(running: Omit<Running, "pid">): void;
  release(): void;
} {
  const path = pathsIn(folder).running;
  makeFolder(pathsIn(folder).cloud);
  const owner = readRunning(folder);
  if (owner !== undefined) {
    throw new LocalCloudError(
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

/** The live owner of the folder, if there is one; what a dead process left behind does not count. */
export function readRunning(folder: string): Running | undefined {
  try {
    const running = Running.parse(JSON.parse(readFileSync(pathsIn(folder).running, "utf8")));
    return isAlive(running.pid) ? running : undefined;
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
    throw new LocalCloudError(
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

function newSecret(): string {
  return randomBytes(30).toString("base64url");
}

/** Empties the state of a local cloud: its store, keys, certificates and settings. Refused while it runs. */
export function resetStateFolder(folder: string): void {
  const owner = readRunning(folder);
  if (owner !== undefined) {
    throw new LocalCloudError(
      `The local cloud in ${folder} is running (process ${owner.pid}), so its state is kept. Stop it, then reset.`,
    );
  }
  makeFolder(folder);
  rmSync(pathsIn(folder).cloud, { recursive: true, force: true });
}
