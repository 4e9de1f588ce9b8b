// Writes a folder of files whole or not at all.
import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Issue } from "../rules/issue.js";
import { reasonOf } from "./file-access.js";

/** A file directly in the folder. */
export interface FolderFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Makes a folder of exactly these files, beside the old one first and then in its place. A folder that exists must be empty or
 * hold nothing but files for which `replaceable` says yes. Issues when it could not be done; the old folder is then as it was.
 */
export function writeFolderWhole(
  path: string,
  shownAs: string,
  files: readonly FolderFile[],
  replaceable: (name: string) => boolean,
): Issue[] {
  const neighbour = (purpose: string) =>
    join(dirname(path), `.${basename(path)}.${randomUUID()}.${purpose}`);
  const fresh = neighbour("tmp");
  try {
    const existing = statSync(path, { throwIfNoEntry: false });
    if (existing !== undefined && !existing.isDirectory()) return [notAFolder(shownAs)];
    const strange = existing && readdirSync(path).find((name) => !replaceable(name));
    if (strange !== undefined) return [notOurs(shownAs, strange)];
    mkdirSync(fresh, { recursive: true });
    for (const { path: name, bytes } of files) {
      writeFileSync(join(fresh, name), bytes, { flag: "wx", flush: true });
    }
    if (existing === undefined) renameSync(fresh, path);
    else replaceFolder(path, fresh, neighbour("old"));
    return [];
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    const [rule, fix] = reasonOf(error);
    return [{ path: shownAs, rule, whose: "this package", fix }];
  }
}

function replaceFolder(path: string, fresh: string, aside: string): void {
  renameSync(path, aside);
  try {
    renameSync(fresh, path);
  } catch (error) {
    renameSync(aside, path);
    throw error;
  }
  rmSync(aside, { recursive: true, force: true });
}

function notAFolder(path: string): Issue {
  const fix = "Give the path of a folder.";
  return { path, rule: "must be a folder", whose: "this package", fix };
}

function notOurs(path: string, name: string): Issue {
  return {
    path,
    rule: `must be a new or an empty folder, or one that this command wrote, and it holds ${name}`,
    whose: "this package",
    fix: "Give another folder.",
  };
}
