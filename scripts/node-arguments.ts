// How a TypeScript file of this project is started, from any working directory.

import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The arguments for `node` that run a TypeScript file with this project's own tsx. */
export function nodeArguments(file: URL, args: readonly string[]): string[] {
  const tsx = createRequire(import.meta.url).resolve("tsx");
  return ["--import", pathToFileURL(tsx).href, fileURLToPath(file), ...args];
}
