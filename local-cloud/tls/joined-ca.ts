// NODE_EXTRA_CA_CERTS takes one file, and a machine may need one already: join, never replace.
import { readFileSync } from "node:fs";
import { writeWhole } from "../state/write-whole.js";

/** Writes `ours` (PEM text) after what `existing` (a path, as NODE_EXTRA_CA_CERTS held it) holds, into `target`; returns `target`. */
export function writeJoinedCa(target: string, ours: string, existing: string | undefined): string {
  const all = [...extraAuthorities(existing), ours].map((pem) => `${pem.trim()}\n`);
  writeWhole(target, all.join(""));
  return target;
}

/** What the file that NODE_EXTRA_CA_CERTS names holds: one PEM text, or none. */
export function extraAuthorities(path: string | undefined): string[] {
  if (path === undefined || path === "") return [];
  try {
    return [readFileSync(path, "utf8")];
  } catch {
    // Node itself only warns about a file that cannot be read.
    return [];
  }
}
