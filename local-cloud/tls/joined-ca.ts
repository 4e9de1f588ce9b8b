// NODE_EXTRA_CA_CERTS takes one file, and a machine may need one already: join, never replace.
import { readFileSync } from "node:fs";
import { writeWhole } from "../state/write-whole.js";

/** Writes `ours` (PEM text) after what `existing` (a path, as NODE_EXTRA_CA_CERTS held it) holds, into `target`; returns `target`. */
export function writeJoinedCa(target: string, ours: string, existing: string | undefined): string {
  writeWhole(target, `${readIfThere(existing)}${ours.trim()}\n`);
  return target;
}

function readIfThere(path: string | undefined): string {
  if (path === undefined || path === "") return "";
  try {
    return `${readFileSync(path, "utf8").trim()}\n`;
  } catch {
    // Node itself only warns about an NODE_EXTRA_CA_CERTS that cannot be read.
    return "";
  }
}
