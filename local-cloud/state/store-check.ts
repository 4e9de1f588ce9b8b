// A damaged file does not make the embedded store throw: it can end the whole process. So a file that this project has not
// itself closed is first read, from end to end, by a process of its own that may die of it.
import { spawn } from "node:child_process";
import { readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { writeWhole } from "./write-whole.js";

const READ_EVERYTHING = `
  const { open } = require(process.argv[1]);
  const database = open({ path: process.argv[2], readOnly: true });
  for (const { key, value } of database.getRange()) if (!Array.isArray(key) || value === undefined) process.exit(1);
  process.exit(0);
`;

/** Whether the store in `folder` can be read whole; an empty folder can. */
export async function isReadableStore(folder: string): Promise<boolean> {
  const now = fingerprint(folder);
  if (now === undefined || now === readIfThere(markerPath(folder))) return true;
  const lmdb = createRequire(import.meta.url).resolve("lmdb");
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["-e", READ_EVERYTHING, lmdb, folder], {
      stdio: "ignore",
    });
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}

/** To be called once the store is open: from now on its file is not known to be whole. */
export function markOpen(folder: string): void {
  rmSync(markerPath(folder), { force: true });
}

/** To be called after the store was closed: the file is whole as it is now. */
export function markClosed(folder: string): void {
  const now = fingerprint(folder);
  if (now !== undefined) writeWhole(markerPath(folder), now);
}

function markerPath(folder: string): string {
  return join(folder, "closed.txt");
}

/** Size and time of the data file; undefined when there is none. */
function fingerprint(folder: string): string | undefined {
  const file = statSync(join(folder, "data.mdb"), { bigint: true, throwIfNoEntry: false });
  return file === undefined ? undefined : `${file.size} ${file.mtimeNs}`;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
