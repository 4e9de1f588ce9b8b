// The folder where the Automation API keeps engines, and how one is put there: made beside its
// place and moved in when whole, so that nobody ever sees half an engine.

import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { askVersion } from "./ask-version.js";
import { executableIn } from "./executable.js";
import { firstMaker, isAlive, UNFINISHED, unfinishedName } from "./unfinished-engine.js";

/** PULUMI_HOME, or `.pulumi` in the user's home folder. */
export function pulumiHome(): string {
  return process.env["PULUMI_HOME"] || join(homedir(), ".pulumi");
}

/** Where `PulumiCommand.install` puts a version (`bin/pulumi` is below it). */
export function versionRoot(version: string): string {
  return join(pulumiHome(), "versions", version);
}

const abandonedMs = 24 * 60 * 60 * 1000;

/** How an engine is put into its place. */
export interface InstallOptions {
  /** Fills the folder: `bin/pulumi` must be there when it returns. */
  readonly make: (root: string) => Promise<void>;
  /** Told once when another process is at it already and is waited for. */
  readonly onWait: (pid: number) => void;
  /** Ends the waiting; `make` listens for itself. */
  readonly signal: AbortSignal;
}

/**
 * Makes an engine in a temporary folder beside its place, checks that it answers, and moves it in. Of several processes one
 * makes it and the others wait; when that one fails, the next makes its own.
 * @returns the folder of the version
 * @throws Error with a sentence when what was made does not answer; whatever `make` throws
 */
export async function installVersion(version: string, options: InstallOptions): Promise<string> {
  const versions = join(pulumiHome(), "versions");
  await mkdir(versions, { recursive: true });
  await removeAbandoned(versions);
  for (;;) {
    const unfinished = await mkdtemp(join(versions, unfinishedName(version)));
    try {
      const first = await firstMaker(versions, version);
      if (first === undefined || first.folder === unfinished) {
        return await makeIn(unfinished, version, options.make);
      }
      await rm(unfinished, { recursive: true, force: true });
      options.onWait(first.pid);
      while (isAlive(first.pid) && (await isFolder(first.folder))) {
        await pause(500, undefined, { signal: options.signal });
      }
      const answer = await askVersion(executableIn(versionRoot(version)));
      if (answer.problem === undefined) return versionRoot(version);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  }
}

async function makeIn(
  unfinished: string,
  version: string,
  make: InstallOptions["make"],
): Promise<string> {
  await make(unfinished);
  const answer = await askVersion(executableIn(unfinished));
  if (answer.problem !== undefined) {
    throw new Error(`The new engine cannot be used: ${answer.problem}.`);
  }
  await moveIn(unfinished, versionRoot(version));
  return versionRoot(version);
}

async function moveIn(from: string, to: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (attempt === 3 || !(await isFolder(to))) throw error;
    }
    if ((await askVersion(executableIn(to))).problem === undefined) return;
    // What is in the place does not work: it makes way.
    await rename(to, `${from}-broken`).catch(() => undefined);
    await rm(`${from}-broken`, { recursive: true, force: true });
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}

/** Removes what a killed process left more than a day ago. */
async function removeAbandoned(versions: string): Promise<void> {
  for (const name of await readdir(versions)) {
    if (!name.startsWith(UNFINISHED)) continue;
    const path = join(versions, name);
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > abandonedMs) {
      await rm(path, { recursive: true, force: true });
    }
  }
}
