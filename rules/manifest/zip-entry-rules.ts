// What an entry of an app package may be called and be. The first breach ends the reading: see zip-directory.ts.

import { extraFields, UNICODE_PATH } from "./zip-extra.js";

/** Why an archive is refused, and which entry is to blame. */
export class BadZip extends Error {
  constructor(
    readonly rule: string,
    readonly fix: string,
    readonly entry?: string,
  ) {
    super(rule);
  }
}

/** The fix for what no sound tool writes. */
export const AGAIN = "Make the zip again from the files themselves.";

/** What an archive says of how an entry is packed. */
export interface PackedEntry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly headerStart: number;
}

/** Throws unless the name is a relative path inside the package, with / between its parts. */
export function checkName(name: string): void {
  const outside = "must not have a path that leads out of the package";
  if (name === "") throw new BadZip("must hold only entries with a name", AGAIN);
  if (/[\p{Cc}\ufffd]/u.test(name)) {
    throw new BadZip("must have a name of printable characters", AGAIN, name);
  }
  if (name.startsWith("/") || /^[a-z]:/i.test(name)) {
    throw new BadZip(
      "must not have an absolute path",
      "Zip the files from inside their folder.",
      name,
    );
  }
  if (name.includes("\\")) {
    throw new BadZip("must separate folders with / and not with \\", AGAIN, name);
  }
  const parts = name.replace(/\/$/, "").split("/");
  if (parts.includes(".."))
    throw new BadZip(outside, "Zip the files from inside their folder.", name);
  if (parts.includes("") || parts.includes(".")) {
    throw new BadZip("must have a plain path", AGAIN, name);
  }
}

/** Throws when a header's extra fields give the entry another name, under which some readers would know it. */
export function checkOtherName(name: string, extra: Uint8Array): void {
  // Before the name stand a version and the checksum of the name that it replaces.
  const others = extraFields(extra)
    .filter(({ id }) => id === UNICODE_PATH)
    .map(({ data }) => new TextDecoder().decode(data.subarray(5)));
  if (others.every((other) => other === name)) return;
  throw new BadZip("must not have a second name", AGAIN, name);
}

/** Throws for a name that is there twice: Windows and Teams do not tell upper from lower case in names. */
export function checkNames(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    const key = name.normalize("NFC").toLowerCase();
    if (seen.has(key)) throw new BadZip("must not be there twice", "Remove one of the two.", name);
    seen.add(key);
  }
}

const FILE_TYPE = 0o170000;
const PLAIN_TYPES = [0, 0o100000, 0o040000];
const SYMBOLIC_LINK = 0o120000;

/** Throws for a link, a device and whatever else is neither file nor folder; `attributes` as the directory has them. */
export function checkKind(name: string, attributes: number): void {
  const type = (attributes >>> 16) & FILE_TYPE;
  if (PLAIN_TYPES.includes(type)) return;
  const what = type === SYMBOLIC_LINK ? "a link" : "a special file";
  throw new BadZip(`must be a plain file and not ${what}`, "Put in the file itself.", name);
}

const ENCRYPTED = 0x0001 | 0x0040 | 0x2000;

/** Throws for an entry that is encrypted, packed by a rare method, or too large for the plain format. */
export function checkReadable(entry: PackedEntry): void {
  const { name, flags, method } = entry;
  if ((flags & ENCRYPTED) !== 0) {
    throw new BadZip("must not be encrypted", "Make the zip without a password.", name);
  }
  if (method !== 0 && method !== 8) {
    const fix = "Make the zip with a common tool's usual settings.";
    throw new BadZip("must be stored or deflated", fix, name);
  }
  const sizes = [entry.compressedSize, entry.size, entry.headerStart];
  if (sizes.includes(0xffffffff)) throw new BadZip("must not be in the zip64 format", AGAIN, name);
}
