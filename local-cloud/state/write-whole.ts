// Files are written whole or not at all: into a neighbour first, then renamed over the old one.
import { randomUUID } from "node:crypto";
import { renameSync, rmSync, writeFileSync } from "node:fs";

/** Readable by the owner only: keys and secrets. */
export const OWNER_ONLY = 0o600;

/** Writes `content` to `path` in one step. @default mode 0o644 */
export function writeWhole(path: string, content: string, mode = 0o644): void {
  const neighbour = `${path}.${randomUUID()}.tmp`;
  try {
    writeFileSync(neighbour, content, { mode, flush: true });
    renameSync(neighbour, path);
  } catch (error) {
    rmSync(neighbour, { force: true });
    throw error;
  }
}
