// Where a file backend keeps its files.
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of a backend's URL, in which `.pulumi` is; undefined where the backend is another. `file://~` is the home folder. */
export function folderOf(backendUrl: string | undefined): string | undefined {
  const [url = ""] = backendUrl?.split("?") ?? [];
  if (!url.startsWith("file://")) return undefined;
  const rest = url.slice("file://".length);
  if (rest === "~" || rest.startsWith("~/")) return join(homedir(), rest.slice(1));
  return rest.startsWith("/") ? fileURLToPath(url) : resolve(rest);
}
