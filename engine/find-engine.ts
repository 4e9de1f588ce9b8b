// The order in which an engine is looked for, and the one message when there is none.

import { dirname, join } from "node:path";
import type { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { buildEngine } from "./build-engine.js";
import { downloadEngine } from "./download-engine.js";
import { type EngineProgress, silentProgress } from "./engine-progress.js";
import { findGo, neededGoVersion } from "./go-toolchain.js";
import { type EngineLocation, locateInstalledEngine } from "./installed-engine.js";
import { listenForInterrupts } from "./interrupts.js";
import { installVersion } from "./pulumi-home.js";
import { testedEngineVersion } from "./version.js";

/** How an engine is looked for. */
export interface FindEngineOptions {
  /** Told what is going on. @default nobody */
  readonly progress?: EngineProgress;
  /**
   * Ends a download or a build, with nothing left half done.
   * @default Ctrl-C and the like do, and then end this process as they would have
   */
  readonly signal?: AbortSignal;
  /** Fills a folder with `bin/pulumi` of a version. @default the official download */
  readonly download?: (version: string, root: string, signal?: AbortSignal) => Promise<void>;
}

/** There is no engine and none can be had; the message says what to install. */
export class EngineNotFoundError extends Error {
  override readonly name = "EngineNotFoundError";
}

/** An engine, ready for the Automation API. */
export interface Engine extends EngineLocation {
  /** What the Automation API takes as `pulumiCommand`. */
  readonly command: PulumiCommand;
}

/** {@link locateEngine} for a caller that uses the Automation API, which takes 1.5 s to load. */
export async function findEngine(options: FindEngineOptions = {}): Promise<Engine> {
  const location = await locateEngine(options);
  const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
  // Without a root it starts the first "pulumi" on PATH, which is the one that was asked.
  const root = location.how === "on PATH" ? {} : { root: dirname(location.binDir) };
  const command = await PulumiCommand.get({ ...root, skipVersionCheck: true });
  return { ...location, command };
}

/**
 * The engine: `pulumi` on PATH when it is new enough, else a version under the user's Pulumi home,
 * else the official download, else a build with Go (once; it then is under the Pulumi home).
 * @throws EngineNotFoundError when none of these works; the signal's reason when the caller cancelled
 */
export async function locateEngine(options: FindEngineOptions = {}): Promise<EngineLocation> {
  if (options.signal !== undefined) return search(options, options.signal);
  const interrupts = listenForInterrupts();
  try {
    return await search(options, interrupts.signal);
  } finally {
    interrupts.stop();
  }
}

async function search(options: FindEngineOptions, signal: AbortSignal): Promise<EngineLocation> {
  const { progress = silentProgress, download = downloadEngine } = options;
  const installed = await locateInstalledEngine(progress, signal);
  if (installed !== undefined) return installed;

  progress.step(`Downloading the Pulumi engine ${testedEngineVersion}`);
  const onWait = (pid: number) =>
    progress.note(`Process ${pid} is getting the same engine: waiting for it.`);
  const install = (make: (root: string) => Promise<void>) =>
    attempt(signal, () => installVersion(testedEngineVersion, { make, onWait, signal }));
  const downloaded = await install((root) => download(testedEngineVersion, root, signal));
  if (downloaded.root !== undefined) {
    return testedEngineIn(downloaded.root, "downloaded");
  }
  const noDownload = `the official download failed (${withoutFullStop(downloaded.problem)})`;

  const go = await findGo(signal);
  if (go.executable === undefined) throw await notFound(noDownload, go.problem);
  progress.note(`No download (${withoutFullStop(downloaded.problem)}); building with Go instead.`);
  progress.step(
    `Building the Pulumi engine ${testedEngineVersion} with Go, once: about 4 minutes on 2 cores`,
  );
  const built = await install((root) => buildEngine({ go: go.executable, root, progress, signal }));
  if (built.root === undefined) {
    throw await notFound(
      noDownload,
      `the build with Go failed (${withoutFullStop(built.problem)})`,
    );
  }
  return testedEngineIn(built.root, "built with Go");
}

function testedEngineIn(root: string, how: EngineLocation["how"]): EngineLocation {
  return { binDir: join(root, "bin"), version: testedEngineVersion, how };
}

type Attempt =
  | { readonly root: string; readonly problem?: undefined }
  | { readonly root?: undefined; readonly problem: string };

async function attempt(signal: AbortSignal, work: () => Promise<string>): Promise<Attempt> {
  try {
    return { root: await work() };
  } catch (error) {
    signal.throwIfAborted();
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

async function notFound(noDownload: string, noBuild: string): Promise<EngineNotFoundError> {
  return new EngineNotFoundError(
    `There is no Pulumi engine: no usable "pulumi" is on PATH, ${noDownload}, and ${noBuild}. ` +
      `Install Pulumi ${testedEngineVersion} or newer (https://www.pulumi.com/docs/install/), ` +
      `or Go ${await neededGoVersion()} or newer (https://go.dev/dl/), and run this again.`,
  );
}

function withoutFullStop(text: string): string {
  return text.replace(/\.$/, "");
}
