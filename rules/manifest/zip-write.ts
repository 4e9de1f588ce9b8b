// Zips: a new one whose bytes depend on its files alone, and one that exists with a single file exchanged.
import { deflateSync, zipSync } from "fflate";
import { crc32 } from "./crc32.js";
import type { ZipDirectory, ZipEntry } from "./zip-directory.js";
import { extraFields, ZIP64_SIZES } from "./zip-extra.js";

/**
 * A zip of the files in that order. The same files give the same bytes on every machine, day and time zone: one fixed
 * date, nothing compressed, so that no other version of a compressor makes another archive.
 */
export function deterministicZip(files: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  // Zip times have no zone; the library writes local ones, and noon of this day exists in every zone.
  const date = new Date(1980, 0, 1, 12);
  return zipSync(Object.fromEntries(files), { level: 0, mtime: date });
}

/**
 * The archive with another content of one entry. All other entries, their order, their dates and the archive's comment
 * stay byte for byte; so does how the entry itself is named, dated and stored.
 */
export function replaceEntry(
  bytes: Uint8Array,
  directory: ZipDirectory,
  name: string,
  content: Uint8Array,
): Uint8Array {
  const inOrder = [...directory.entries].sort((a, b) => a.headerStart - b.headerStart);
  const parts: Uint8Array[] = [bytes.subarray(0, inOrder[0]?.headerStart ?? 0)];
  let at = parts[0]?.length ?? 0;
  const starts = new Map<ZipEntry, number>();
  for (const entry of inOrder) {
    const kept = bytes.subarray(entry.headerStart, entry.end);
    const part = entry.name === name ? localEntry(bytes, entry, content) : kept;
    starts.set(entry, at);
    parts.push(part);
    at += part.length;
  }
  const directoryStart = at;
  for (const entry of directory.entries) {
    const record = bytes.slice(entry.recordStart, entry.recordEnd);
    const view = new DataView(record.buffer);
    if (entry.name === name) writeFacts(view, 8, 16, entry, content);
    view.setUint32(42, starts.get(entry) ?? 0, true);
    parts.push(record);
    at += record.length;
  }
  const end = bytes.slice(directory.endStart);
  const view = new DataView(end.buffer);
  view.setUint32(12, at - directoryStart, true);
  view.setUint32(16, directoryStart, true);
  return joined([...parts, end]);
}

const SIZES_FOLLOW = 0x0008;

function localEntry(bytes: Uint8Array, entry: ZipEntry, content: Uint8Array): Uint8Array {
  const named = bytes.slice(entry.headerStart, entry.dataStart);
  const extraStart = 30 + new DataView(named.buffer).getUint16(26, true);
  // Sizes that stood there were those of the old content.
  const kept = extraFields(named.subarray(extraStart)).filter(({ id }) => id !== ZIP64_SIZES);
  const header = joined([named.subarray(0, extraStart), ...kept.map(({ whole }) => whole)]);
  const view = new DataView(header.buffer);
  view.setUint16(28, header.length - extraStart, true);
  writeFacts(view, 6, 14, entry, content);
  return joined([header, packed(entry, content)]);
}

/** Flags, checksum and both sizes; the header then says them itself, whatever it did before. */
function writeFacts(
  view: DataView,
  flagsAt: number,
  factsAt: number,
  entry: ZipEntry,
  content: Uint8Array,
): void {
  view.setUint16(flagsAt, entry.flags & ~SIZES_FOLLOW, true);
  view.setUint32(factsAt, crc32(content), true);
  view.setUint32(factsAt + 4, packed(entry, content).length, true);
  view.setUint32(factsAt + 8, content.length, true);
}

function packed(entry: ZipEntry, content: Uint8Array): Uint8Array {
  return entry.method === 0 ? content : deflateSync(content, { level: 9 });
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}
