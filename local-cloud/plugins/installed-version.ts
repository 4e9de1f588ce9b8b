// The engine compares a plugin's version with the one that the program's SDK asks for, so the stand-ins give the SDK's.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** Version of an installed package, as its package.json says. */
export function installedVersion(packageName: string): string {
  const path = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
  const { version }: { version?: unknown } = JSON.parse(readFileSync(path, "utf8"));
  if (typeof version === "string") return version;
  throw new Error(`${path} has no version. Install the package again.`);
}
