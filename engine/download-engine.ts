// Brings the official engine through the Automation API. It runs in a process of its own, because
// `PulumiCommand.install` cannot be cancelled and starts a shell and a downloader of its own.

import { mkdir, readdir, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { runBounded } from "./bounded-process.js";

/** How long nothing may arrive before the download is given up, in milliseconds. */
const stallMs = 60_000;

/**
 * Downloads a version into a folder (`bin/pulumi` is below it).
 * @throws Error with what went wrong, in a few words, when it cannot be had or nothing arrives for 60 s
 */
export async function downloadEngine(
  version: string,
  root: string,
  signal?: AbortSignal,
): Promise<void> {
  // What the installer keeps for itself stays below the folder too: nothing is left elsewhere, and
  // its growth shows that the download is alive.
  const scratch = join(root, "download");
  await mkdir(scratch, { recursive: true });
  const stalled = new AbortController();
  const watch = watchGrowth(root, () => stalled.abort(new Error("nothing arrived for 60 s")));
  try {
    const result = await runBounded(
      process.execPath,
      [
        "--import",
        pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href,
        fileURLToPath(new URL("download-engine-process.ts", import.meta.url)),
        version,
        root,
      ],
      {
        env: { ...process.env, TMPDIR: scratch, TEMP: scratch, TMP: scratch },
        signal: signal === undefined ? stalled.signal : AbortSignal.any([signal, stalled.signal]),
      },
    );
    if (result.problem !== undefined) throw new Error(`the installer ${result.problem}`);
    if (result.code !== 0) throw new Error(lastLine(result.stderr) ?? "the installer failed");
  } finally {
    clearInterval(watch);
  }
}

function watchGrowth(folder: string, onStall: () => void): NodeJS.Timeout {
  let size = -1;
  let grewAt = Date.now();
  return setInterval(async () => {
    const now = await sizeOf(folder);
    if (now !== size) {
      size = now;
      grewAt = Date.now();
    } else if (Date.now() - grewAt > stallMs) {
      onStall();
    }
  }, 1_000).unref();
}

async function sizeOf(folder: string): Promise<number> {
  let total = 0;
  for (const entry of await readdir(folder, { recursive: true }).catch(() => [])) {
    total += (await stat(join(folder, entry)).catch(() => undefined))?.size ?? 0;
  }
  return total;
}

function lastLine(text: string): string | undefined {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .at(-1);
}
