// The engine's file backend writes a state and a note beside it that is not written whole: a kill in that moment leaves a stack
// that nothing opens any more ("failed to load checkpoint: EOF"). The state of the write before is beside it, and says of every
// operation whether it was under way.
import { copyFileSync, existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { folderOf } from "./file-backend.js";

/**
 * Puts a state that can be read in the place of one that cannot. Nothing happens where the backend is no folder, or the state is
 * sound. Only for a stack that nobody is working on.
 * @returns what was done, one sentence a line
 */
export function mendCheckpoint(
  backendUrl: string | undefined,
  { project, stack }: { readonly project: string; readonly stack: string },
): string[] {
  const folder = folderOf(backendUrl);
  if (folder === undefined) return [];
  const path = join(folder, ".pulumi", "stacks", project, `${stack}.json`);
  const done: string[] = [];
  for (const file of [path, `${path}.bak`]) {
    // A note of the file's media type, which may be missing.
    if (!existsSync(`${file}.attrs`) || isJson(`${file}.attrs`)) continue;
    rmSync(`${file}.attrs`);
    if (file === path) done.push(`The engine was killed while it wrote the state of ${stack}.`);
  }
  if (!existsSync(path) || isJson(path) || !isJson(`${path}.bak`)) return done;
  renameSync(path, `${path}.damaged`);
  copyFileSync(`${path}.bak`, path);
  return [
    ...done,
    `The state of ${stack} was damaged by that: the one before is in its place, and it is kept as ${path}.damaged.`,
  ];
}

function isJson(path: string): boolean {
  try {
    JSON.parse(readFileSync(path, "utf8"));
    return true;
  } catch {
    return false;
  }
}
