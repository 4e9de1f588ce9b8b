// Makes a folder where a person said, or says why it cannot be there. Node's own recursive form never returns on some paths that
// cannot be made (such as below /proc), so each folder is made by itself.
import { accessSync, constants, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { LocalCloudError } from "../local-cloud-error.js";

/** Makes `path` (absolute) and what is missing above it. Throws LocalCloudError when that is not possible. */
export function makeFolder(path: string): void {
  try {
    for (const folder of missing(path)) makeOne(folder);
    accessSync(path, constants.W_OK);
  } catch (error) {
    if (error instanceof LocalCloudError) throw error;
    throw cannotWrite(path, (error as NodeJS.ErrnoException).code ?? String(error));
  }
}

/** Another process may make the same folder at the same moment. */
function makeOne(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

/** The folders to make, the outermost first. */
function missing(path: string): string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return [];
  if (stat !== undefined) throw cannotWrite(path, "it is a file");
  const above = dirname(path);
  return above === path ? [path] : [...missing(above), path];
}

function cannotWrite(path: string, why: string): LocalCloudError {
  return new LocalCloudError(
    `The state folder ${path} cannot be written (${why}). Give another with --folder or LOCAL_CLOUD_FOLDER.`,
  );
}
