// Where this project and its local state are, whatever the working directory is.

import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder with Pulumi.yaml, absolute. */
export const projectRoot = fileURLToPath(new URL("..", import.meta.url));

/**
 * The folder that a local cloud keeps its state in.
 * @param wanted what the person asked for. @default LOCAL_CLOUD_FOLDER, else `.local` in the project
 */
export function localFolder(wanted?: string): string {
  return resolve(wanted || process.env["LOCAL_CLOUD_FOLDER"] || join(projectRoot, ".local"));
}

/** What the scripts keep beside the local cloud's own state. */
export function pathsInLocalFolder(folder: string) {
  return {
    /** The engine's file backend. */
    pulumiState: join(folder, "pulumi-state"),
    /** Copies of Pulumi.yaml and of a stack's file, one folder a stack. */
    runs: join(folder, "run"),
  };
}
