// Zips that no sound tool writes: every field of every header can be set.
import { deflateRawSync } from "node:zlib";
import { crc32 } from "../../../rules/manifest/crc32.js";

export interface CraftedEntry {
  readonly name: string;
  readonly content?: Uint8Array | string;
  /** @default 0 stored */
  readonly method?: number;
  readonly flags?: number;
  /** Unix mode, for the upper half of the external attributes. */
  readonly mode?: number;
  /** What both headers claim. @default the truth */
  readonly size?: number;
  readonly crc?: number;
  /** In the local header only. @default the entry's name */
  readonly localName?: string;
  /** @default where it is */
  readonly offset?: number;
  /** Written behind the data, with bit 3 of the flags. */
  readonly descriptor?: boolean;
  /** Extra fields of the local header. */
  readonly extra?: Uint8Array;
  /** Sizes in the local header. @default the truth */
  readonly localSizes?: number;
}

export interface CraftedArchive {
  readonly comment?: string;
  /** Number of entries that the end record claims. */
  readonly count?: number;
  readonly prefix?: Uint8Array;
}

export function craftedZip(
  entries: readonly CraftedEntry[],
  archive: CraftedArchive = {},
): Uint8Array {
  const parts: Buffer[] = [Buffer.from(archive.prefix ?? [])];
  const records: Buffer[] = [];
  let at = parts[0]?.length ?? 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content ?? "");
    const { method = 0, descriptor = false } = entry;
    const flags = (entry.flags ?? 0x0800) | (descriptor ? 8 : 0);
    const data = method === 8 ? deflateRawSync(content) : content;
    const facts = [entry.crc ?? crc32(content), data.length, entry.size ?? content.length];
    const localName = Buffer.from(entry.localName ?? entry.name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(0x5a8b6c21, 10);
    for (const [i, fact] of (descriptor ? [0, 0, 0] : facts).entries())
      local.writeUInt32LE(fact, 14 + i * 4);
    if (entry.localSizes !== undefined)
      for (const at of [18, 22]) local.writeUInt32LE(entry.localSizes, at);
    const extra = Buffer.from(entry.extra ?? []);
    local.writeUInt16LE(localName.length, 26);
    local.writeUInt16LE(extra.length, 28);
    const tail = Buffer.alloc(descriptor ? 16 : 0);
    if (descriptor) {
      tail.writeUInt32LE(0x08074b50, 0);
      for (const [i, fact] of facts.entries()) tail.writeUInt32LE(fact, 4 + i * 4);
    }
    const name = Buffer.from(entry.name);
    const record = Buffer.alloc(46);
    record.writeUInt32LE(0x02014b50, 0);
    record.writeUInt16LE(0x0314, 4);
    record.writeUInt16LE(20, 6);
    record.writeUInt16LE(flags, 8);
    record.writeUInt16LE(method, 10);
    record.writeUInt32LE(0x5a8b6c21, 12);
    for (const [i, fact] of facts.entries()) record.writeUInt32LE(fact, 16 + i * 4);
    record.writeUInt16LE(name.length, 28);
    record.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38);
    record.writeUInt32LE(entry.offset ?? at, 42);
    parts.push(local, localName, extra, data, tail);
    records.push(record, name);
    at += 30 + localName.length + extra.length + data.length + tail.length;
  }
  const directory = Buffer.concat(records);
  const comment = Buffer.from(archive.comment ?? "");
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(archive.count ?? entries.length, 8);
  end.writeUInt16LE(archive.count ?? entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return Uint8Array.from(Buffer.concat([...parts, directory, end, comment]));
}
