// The folder where the Automation API keeps engines, and how one is put there: made beside its
// place and moved in when whole, so that nobody ever sees half an engine.

import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { askVersion } from "./ask-version.js";
import { executableIn } from "./executable.js";

/** PULUMI_HOME, or `.pulumi` in the user's home folder. */
export function pulumiHome(): string {
  return process.env["PULUMI_HOME"] || join(homedir(), ".pulumi");
}

/** Where `PulumiCommand.install` puts a version (`bin/pulumi` is below it). */
export function versionRoot(version: string): string {
  return join(pulumiHome(), "versions", version);
}

const unfinishedPrefix = ".unfinished-";
const abandonedMs = 24 * 60 * 60 * 1000;

/**
 * Makes an engine in a temporary folder beside its place, checks that it answers, and moves it in.
 * When another process was quicker, the other's engine stays and this one is thrown away.
 * @param make fills the folder: `bin/pulumi` must be there when it returns
 * @returns the folder of the version
 * @throws Error with a sentence when what was made does not answer; whatever `make` throws
 */
export async function installVersion(
  version: string,
  make: (root: string) => Promise<void>,
): Promise<string> {
  const versions = join(pulumiHome(), "versions");
  await mkdir(versions, { recursive: true });
  await removeAbandoned(versions);
  const unfinished = await mkdtemp(join(versions, `${unfinishedPrefix}${version}-`));
  try {
    await make(unfinished);
    const answer = await askVersion(executableIn(unfinished));
    if (answer.problem !== undefined) {
      throw new Error(`The new engine cannot be used: ${answer.problem}.`);
    }
    await moveIn(unfinished, versionRoot(version));
    return versionRoot(version);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
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
    if (!name.startsWith(unfinishedPrefix)) continue;
    const path = join(versions, name);
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > abandonedMs) {
      await rm(path, { recursive: true, force: true });
    }
  }
}
