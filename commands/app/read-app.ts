// The file that an `app` command was given, opened.
import { resolve } from "node:path";
import { readFile } from "../../files/file-access.js";
import type { Issue } from "../../rules/issue.js";
import { MOST_PACKAGE_BYTES, type OpenedApp, openApp } from "../../rules/manifest/open-package.js";
import type { Surroundings } from "../surroundings.js";

/** The app with its bytes, or why it cannot be read. */
export function readApp(
  { cwd }: Surroundings,
  file: string,
): { app?: OpenedApp; bytes?: Uint8Array; issues: Issue[] } {
  const { bytes, issues } = readFile(resolve(cwd, file), file, MOST_PACKAGE_BYTES);
  if (bytes === undefined) return { issues };
  const opened = openApp(file, bytes);
  return opened.app === undefined ? { issues: opened.issues } : { ...opened, bytes };
}
