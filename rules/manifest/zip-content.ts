// Opens the entries of a zip, in memory and never beyond what an app package can need: every limit holds while inflating.
import { Inflate } from "fflate";
import { type Issue, shown } from "../issue.js";
import { crc32 } from "./crc32.js";
import type { ZipDirectory, ZipEntry } from "./zip-directory.js";

/** Bytes that all entries together may have once inflated. */
export const MOST_INFLATED_BYTES = 50 * 1024 * 1024;
/** An entry may become this many times its size; small ones are let be, they cannot do harm. */
export const HIGHEST_RATIO = 100;
const RATIO_FREE_BYTES = 64 * 1024;
const SLICE_BYTES = 1024;

/** Every file's bytes by name, folders left out; or the first thing wrong. */
export function readZipContent(
  file: string,
  bytes: Uint8Array,
  directory: ZipDirectory,
): { files?: ReadonlyMap<string, Uint8Array>; issues: Issue[] } {
  const files = new Map<string, Uint8Array>();
  let left = MOST_INFLATED_BYTES;
  for (const entry of directory.entries) {
    if (entry.name.endsWith("/")) continue;
    const data = bytes.subarray(entry.dataStart, entry.dataStart + entry.compressedSize);
    const { content, problem } = open(entry, data, left);
    if (content === undefined) {
      const [rule, fix] = problem ?? ["cannot be opened", "Make the zip again."];
      const path = `${file} entry ${shown(entry.name)}`;
      return { issues: [{ path, rule, whose: "Teams app package", fix }] };
    }
    left -= content.length;
    files.set(entry.name, content);
  }
  return { files, issues: [] };
}

interface Opened {
  readonly content?: Uint8Array;
  /** The rule and the fix. */
  readonly problem?: readonly [string, string];
}

const DAMAGED: Opened = {
  problem: ["must be whole, and its content is damaged", "Make the zip again."],
};

function open(entry: ZipEntry, data: Uint8Array, left: number): Opened {
  const opened = entry.method === 0 ? stored(data, left) : inflated(data, left);
  const { content } = opened;
  if (content === undefined) return opened;
  return content.length === entry.size && crc32(content) === entry.crc ? opened : DAMAGED;
}

const TOO_MUCH: Opened = {
  problem: [
    `must not make the package more than ${MOST_INFLATED_BYTES / 1024 / 1024} MB once inflated`,
    "Put in only what the manifest names.",
  ],
};

function stored(data: Uint8Array, left: number): Opened {
  return data.length > left ? TOO_MUCH : { content: data };
}

function inflated(data: Uint8Array, left: number): Opened {
  const chunks: Uint8Array[] = [];
  let total = 0;
  const inflate = new Inflate((chunk) => {
    total += chunk.length;
    if (total <= left) chunks.push(chunk);
  });
  try {
    for (let at = 0; at === 0 || at < data.length; at += SLICE_BYTES) {
      inflate.push(data.subarray(at, at + SLICE_BYTES), at + SLICE_BYTES >= data.length);
      const read = Math.min(at + SLICE_BYTES, data.length);
      if (total > left) return TOO_MUCH;
      if (total > RATIO_FREE_BYTES && total > read * HIGHEST_RATIO) {
        const rule = `must not inflate to more than ${HIGHEST_RATIO} times its size`;
        return { problem: [rule, "Replace it by a real file: no part of an app shrinks so far."] };
      }
    }
  } catch {
    return DAMAGED;
  }
  return { content: joined(chunks, total) };
}

function joined(chunks: readonly Uint8Array[], total: number): Uint8Array {
  const whole = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
