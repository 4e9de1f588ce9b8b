// Where executables are: on PATH, and in a version folder.

import { stat } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";

/** The `pulumi` executable of a version folder. */
export function executableIn(root: string): string {
  return join(root, "bin", process.platform === "win32" ? "pulumi.exe" : "pulumi");
}

/** The absolute path of the first executable of that name on PATH. */
export async function executableOnPath(name: string): Promise<string | undefined> {
  const windows = process.platform === "win32";
  const endings = windows ? (process.env["PATHEXT"] ?? ".EXE;.CMD").split(";") : [""];
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    if (folder === "") continue;
    for (const ending of endings) {
      const candidate = resolve(folder, name + ending.toLowerCase());
      const found = await stat(candidate).catch(() => undefined);
      if (found?.isFile() && (windows || (found.mode & 0o111) !== 0)) return candidate;
    }
  }
  return undefined;
}
