// Finds an engine that is on this machine already: on PATH, or in a version folder under the user's
// Pulumi home. Nothing is downloaded or built here.

import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import semver from "semver";
import { askVersion } from "./ask-version.js";
import type { EngineProgress } from "./engine-progress.js";
import { executableIn, executableOnPath } from "./executable.js";
import { pulumiHome, versionRoot } from "./pulumi-home.js";
import { testedEngineVersion } from "./version.js";

/** An engine that has answered to `pulumi version`. */
export interface EngineLocation {
  /** The folder with the `pulumi` executable, absolute: what goes on a child's PATH. */
  readonly binDir: string;
  /** e.g. "3.259.0" */
  readonly version: string;
  readonly how: "on PATH" | "in the Pulumi home" | "downloaded" | "built with Go";
}

/**
 * The first engine of the right major version that is not older than the tested one: `pulumi` on
 * PATH, then the newest of the version folders. One that hangs, fails or is too old is skipped and
 * said so.
 * @throws the signal's reason when the caller cancelled
 */
export async function locateInstalledEngine(
  progress: EngineProgress,
  signal?: AbortSignal,
): Promise<EngineLocation | undefined> {
  return (await engineOnPath(progress, signal)) ?? (await engineInHome(progress, signal));
}

async function engineOnPath(
  progress: EngineProgress,
  signal: AbortSignal | undefined,
): Promise<EngineLocation | undefined> {
  const executable = await executableOnPath("pulumi");
  if (executable === undefined) return undefined;
  const answer = await askVersion(executable, cancellation(signal));
  if (answer.problem !== undefined) {
    progress.note(`${executable} is skipped: ${answer.problem}.`);
    return undefined;
  }
  return { binDir: dirname(executable), version: answer.version, how: "on PATH" };
}

async function engineInHome(
  progress: EngineProgress,
  signal: AbortSignal | undefined,
): Promise<EngineLocation | undefined> {
  for (const version of await versionsInHome()) {
    const root = versionRoot(version);
    const answer = await askVersion(executableIn(root), cancellation(signal));
    if (answer.problem !== undefined) {
      progress.note(`${executableIn(root)} is skipped: ${answer.problem}.`);
      continue;
    }
    return { binDir: join(root, "bin"), version: answer.version, how: "in the Pulumi home" };
  }
  return undefined;
}

async function versionsInHome(): Promise<string[]> {
  let names: string[];
  try {
    names = await readdir(join(pulumiHome(), "versions"));
  } catch {
    return [];
  }
  return names
    .filter((name) => semver.valid(name) === name && semver.gte(name, testedEngineVersion))
    .sort(semver.rcompare);
}

function cancellation(signal: AbortSignal | undefined): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
