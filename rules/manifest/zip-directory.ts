// The table of contents of a zip that somebody else made. It is taken as hostile: whatever could be read in two ways, or
// could reach out of the archive, is refused before a single entry is opened (APPNOTE.TXT, the zip file format).
import { type Issue, shown } from "../issue.js";
import {
  AGAIN,
  BadZip,
  checkKind,
  checkName,
  checkNames,
  checkOtherName,
  checkReadable,
} from "./zip-entry-rules.js";

/** One entry, as the central directory has it. All numbers are bytes from the start of the archive, or lengths in bytes. */
export interface ZipEntry {
  readonly name: string;
  readonly flags: number;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Of the local header. */
  readonly headerStart: number;
  readonly dataStart: number;
  /** Where the next entry, or the directory, begins. */
  readonly end: number;
  /** Of its record in the central directory. */
  readonly recordStart: number;
  readonly recordEnd: number;
}

/** What an archive holds, in the order of its central directory. */
export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  readonly directoryStart: number;
  /** Of the record that ends the archive. */
  readonly endStart: number;
}

/** What an app package may hold: far more than any real one, far less than what hurts. */
export const MOST_ENTRIES = 1000;
const WHOSE = "Teams app package";
const END = 0x06054b50;
const RECORD = 0x02014b50;
const LOCAL = 0x04034b50;
const END_LENGTH = 22;
const LONGEST_COMMENT = 0xffff;

/** Reads the directory. The first thing wrong is the only issue: behind it nothing can be trusted. */
export function readZipDirectory(
  file: string,
  bytes: Uint8Array,
): { directory?: ZipDirectory; issues: Issue[] } {
  try {
    return { directory: readDirectory(bytes), issues: [] };
  } catch (error) {
    if (!(error instanceof BadZip)) throw error;
    const { entry, rule, fix } = error;
    const path = entry === undefined ? file : `${file} entry ${shown(entry)}`;
    return { issues: [{ path, rule, whose: WHOSE, fix }] };
  }
}

function readDirectory(bytes: Uint8Array): ZipDirectory {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const endStart = findEnd(view);
  const count = view.getUint16(endStart + 10, true);
  const length = view.getUint32(endStart + 12, true);
  const directoryStart = view.getUint32(endStart + 16, true);
  if (count === 0xffff || length === 0xffffffff || directoryStart === 0xffffffff) {
    throw new BadZip(
      "must not be in the zip64 format",
      `A package is too small to need it. ${AGAIN}`,
    );
  }
  if (view.getUint16(endStart + 4, true) !== 0 || view.getUint16(endStart + 8, true) !== count) {
    throw new BadZip("must be one file, not a part of several", AGAIN);
  }
  if (count > MOST_ENTRIES) {
    throw new BadZip(
      `must hold at most ${MOST_ENTRIES} entries, and this has ${count}`,
      "Put in only what the manifest names.",
    );
  }
  if (directoryStart + length !== endStart) throw damaged();

  const found: Omit<ZipEntry, "end">[] = [];
  let at = directoryStart;
  for (let i = 0; i < count; i++) {
    const entry = readRecord(bytes, view, at, endStart);
    found.push(entry);
    at = entry.recordEnd;
  }
  if (at !== endStart) throw damaged();
  checkNames(found.map(({ name }) => name));
  return { entries: withEnds(found, directoryStart), directoryStart, endStart };
}

// Readers differ in where they look for the end, so there has to be one alone, and nothing behind it.
function findEnd(view: DataView): number {
  const last = view.byteLength - END_LENGTH;
  for (let at = view.byteLength - 4; at >= 0 && at >= last - LONGEST_COMMENT; at--) {
    if (view.getUint32(at, true) !== END) continue;
    if (at <= last && at + END_LENGTH + view.getUint16(at + 20, true) === view.byteLength)
      return at;
    throw new BadZip(
      "must be one whole zip archive, with nothing cut off and nothing behind it",
      AGAIN,
    );
  }
  throw new BadZip("must be a zip archive", "Give the package that Teams would take.");
}

function readRecord(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  endStart: number,
): Omit<ZipEntry, "end"> {
  if (at + 46 > endStart || view.getUint32(at, true) !== RECORD) throw damaged();
  const nameLength = view.getUint16(at + 28, true);
  const extraEnd = at + 46 + nameLength + view.getUint16(at + 30, true);
  const recordEnd = extraEnd + view.getUint16(at + 32, true);
  if (recordEnd > endStart) throw damaged();
  const rawName = bytes.subarray(at + 46, at + 46 + nameLength);
  const entry = {
    name: new TextDecoder().decode(rawName),
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    compressedSize: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    headerStart: view.getUint32(at + 42, true),
    recordStart: at,
    recordEnd,
  };
  checkName(entry.name);
  checkOtherName(entry.name, bytes.subarray(at + 46 + nameLength, extraEnd));
  checkKind(entry.name, view.getUint32(at + 38, true));
  checkReadable(entry);
  return { ...entry, dataStart: dataStart(bytes, view, entry, rawName, at) };
}

// What the central directory says has to stand in front of the data as well: two readers must not see two archives.
function dataStart(
  bytes: Uint8Array,
  view: DataView,
  entry: {
    readonly name: string;
    readonly flags: number;
    readonly method: number;
    readonly headerStart: number;
  },
  rawName: Uint8Array,
  limit: number,
): number {
  const at = entry.headerStart;
  if (at + 30 > limit || view.getUint32(at, true) !== LOCAL) throw damaged(entry.name);
  const nameLength = view.getUint16(at + 26, true);
  const start = at + 30 + nameLength + view.getUint16(at + 28, true);
  checkOtherName(entry.name, bytes.subarray(at + 30 + nameLength, start));
  const name = bytes.subarray(at + 30, at + 30 + nameLength);
  const sameName = name.length === rawName.length && name.every((byte, i) => byte === rawName[i]);
  const sameForm =
    view.getUint16(at + 6, true) === entry.flags && view.getUint16(at + 8, true) === entry.method;
  if (!sameName || !sameForm || start > limit) {
    throw new BadZip(
      "must be described alike in both places where a zip does so",
      AGAIN,
      entry.name,
    );
  }
  return start;
}

function withEnds(entries: readonly Omit<ZipEntry, "end">[], directoryStart: number): ZipEntry[] {
  const starts = entries.map(({ headerStart }) => headerStart).sort((a, b) => a - b);
  return entries.map((entry) => {
    const end = starts.find((start) => start > entry.headerStart) ?? directoryStart;
    const shared = starts.filter((start) => start === entry.headerStart).length > 1;
    if (shared || entry.dataStart + entry.compressedSize > end) {
      throw new BadZip("must not share its bytes with another entry", AGAIN, entry.name);
    }
    return { ...entry, end };
  });
}

function damaged(entry?: string): BadZip {
  return new BadZip("must be a whole zip archive, and this one is damaged", AGAIN, entry);
}
