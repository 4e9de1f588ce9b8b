// Reads and writes the files that people name, with a sentence instead of an error; a file is written whole or not at all.
import { randomUUID } from "node:crypto";
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Issue } from "../rules/issue.js";

/** The bytes of a file, or why there are none. @param shownAs how messages call it */
export function readFile(
  path: string,
  shownAs: string,
  mostBytes: number,
): { bytes?: Uint8Array; issues: Issue[] } {
  const refuse = (rule: string, fix: string): { issues: Issue[] } => ({
    issues: [{ path: shownAs, rule, whose: "this package", fix }],
  });
  try {
    // Told before opening: a pipe would keep the opening waiting.
    if (!statSync(path).isFile()) return refuse("must be a file", "Give the path of a file.");
    const file = openSync(path, "r");
    try {
      const { size } = fstatSync(file);
      if (size > mostBytes) {
        const limit = `must be at most ${Math.floor(mostBytes / 1024 / 1024)} MB`;
        return refuse(limit, "Check that this is the right file.");
      }
      return { bytes: readAll(file, size), issues: [] };
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return refuse(...reasonOf(error));
  }
}

function readAll(file: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  while (at < size) {
    const read = readSync(file, bytes, at, size - at, at);
    if (read === 0) break;
    at += read;
  }
  return bytes.subarray(0, at);
}

/**
 * Writes a file in one step, beside the old one first and then renamed over it; makes the folders above it. A link is
 * followed, and what it points to is replaced. The mode of a file that exists stays. Issues when it could not be done.
 */
export function writeFileWhole(path: string, shownAs: string, content: Uint8Array): Issue[] {
  try {
    writeWhole(path, content);
    return [];
  } catch (error) {
    const [rule, fix] = reasonOf(error);
    return [{ path: shownAs, rule, whose: "this package", fix }];
  }
}

function writeWhole(path: string, content: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const existing = statSync(path, { throwIfNoEntry: false });
  const target = existing === undefined ? path : realpathSync(path);
  const neighbour = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
  const mode = existing === undefined ? 0o644 : existing.mode & 0o777;
  try {
    writeFileSync(neighbour, content, { mode, flag: "wx", flush: true });
    renameSync(neighbour, target);
  } catch (error) {
    rmSync(neighbour, { force: true });
    throw error;
  }
}

/** The rule and the fix for what the system says. */
export function reasonOf(error: unknown): [rule: string, fix: string] {
  const code = error instanceof Error ? Reflect.get(error, "code") : undefined;
  switch (code) {
    case "ENOENT":
      return ["must exist", "Check the path; it is relative to the folder you are in."];
    case "EACCES":
    case "EPERM":
      return ["must be a file that you may read and write", "Change its permissions."];
    case "EISDIR":
    case "ENOTDIR":
    case "EEXIST":
      return ["must be a file in a folder", "Give the path of a file."];
    case "EROFS":
    case "ENOSPC":
      return [`must be where there is room to write (${code})`, "Choose another place."];
    default:
      return [`cannot be used (${String(code ?? error)})`, "Choose another file."];
  }
}
