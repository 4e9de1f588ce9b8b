// One folder holds all that a local cloud remembers.
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
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

/** Where things are inside a state folder. */
export function pathsIn(folder: string) {
  const cloud = join(folder, "cloud");
  return {
    cloud,
    store: join(cloud, "store"),
    settings: join(cloud, "settings.json"),
    running: join(cloud, "running.json"),
    signingKey: join(cloud, "signing-key.json"),
    callingKey: join(cloud, "calling-key.json"),
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

function newSecret(): string {
  return randomBytes(30).toString("base64url");
}
