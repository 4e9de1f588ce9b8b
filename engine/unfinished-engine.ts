// An engine that is being made stands in a folder whose name says since when and by whom, so that of several processes that
// want the same one only the first makes it: a build takes all of a machine for minutes.

import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** What the name of every unfinished folder begins with. */
export const UNFINISHED = ".unfinished-";

/** Nothing takes this long; a folder that is older was left behind, and its process id may be another's by now. */
const longestMs = 30 * 60 * 1000;

/** A process that makes an engine. */
export interface EngineMaker {
  readonly pid: number;
  /** Absolute. */
  readonly folder: string;
}

/** The beginning of the name of a new folder; what makes it unlike any other comes after. */
export function unfinishedName(version: string): string {
  return `${UNFINISHED}${version}-${Date.now()}-${process.pid}-`;
}

/** The live process that began first with this version; undefined when none has. */
export async function firstMaker(
  versions: string,
  version: string,
): Promise<EngineMaker | undefined> {
  const makers = (await readdir(versions)).flatMap((name) => {
    if (!name.startsWith(`${UNFINISHED}${version}-`)) return [];
    const [, began, pid] = /-(\d+)-(\d+)-[^-]+$/.exec(name) ?? [];
    const maker = { began: Number(began), pid: Number(pid), folder: join(versions, name) };
    const recent = Date.now() - maker.began < longestMs;
    return recent && isAlive(maker.pid) ? [maker] : [];
  });
  makers.sort((a, b) => a.began - b.began || (a.folder < b.folder ? -1 : 1));
  return makers[0];
}

/** Whether there is such a process. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
