// A package or a manifest that somebody else made, opened in memory: its manifest with the place of every value, and its files.
import type { Issue } from "../issue.js";
import { type JsonText, readJsonText } from "./manifest-text.js";
import { readZipContent } from "./zip-content.js";
import { readZipDirectory, type ZipDirectory } from "./zip-directory.js";
import { replaceEntry } from "./zip-write.js";

/** The one name that Teams looks for. */
export const MANIFEST_NAME = "manifest.json";
/** Bytes that a file may have before it is even looked at. */
export const MOST_PACKAGE_BYTES = 50 * 1024 * 1024;

/** A package, or a manifest alone. */
export interface OpenedApp {
  /** How messages call it. */
  readonly file: string;
  readonly manifest: JsonText;
  /** Every file of the package by name; left out for a manifest alone. */
  readonly files?: ReadonlyMap<string, Uint8Array>;
  /** The bytes of the whole with another manifest, everything else as it was. */
  readonly withManifest: (text: string) => Uint8Array;
}

/** Opens `manifest.json` or a zip, whichever the bytes are. */
export function openApp(file: string, bytes: Uint8Array): { app?: OpenedApp; issues: Issue[] } {
  return looksLikeZip(file, bytes) ? openPackage(file, bytes) : openManifest(file, bytes);
}

function looksLikeZip(file: string, bytes: Uint8Array): boolean {
  return /\.zip$/i.test(file) || (bytes[0] === 0x50 && bytes[1] === 0x4b);
}

function openManifest(file: string, bytes: Uint8Array): { app?: OpenedApp; issues: Issue[] } {
  const { document, issues } = readJsonText(file, bytes);
  if (document === undefined) return { issues };
  const withManifest = (text: string) => new TextEncoder().encode(text);
  return { app: { file, manifest: document, withManifest }, issues };
}

function openPackage(file: string, bytes: Uint8Array): { app?: OpenedApp; issues: Issue[] } {
  const { directory, issues } = readZipDirectory(file, bytes);
  if (directory === undefined) return { issues };
  const content = readZipContent(file, bytes, directory);
  if (content.files === undefined) return { issues: content.issues };
  const text = content.files.get(MANIFEST_NAME);
  if (text === undefined) return { issues: [noManifest(file, directory)] };
  const read = readJsonText(`${file}/${MANIFEST_NAME}`, text);
  if (read.document === undefined) return { issues: read.issues };
  const withManifest = (changed: string) =>
    replaceEntry(bytes, directory, MANIFEST_NAME, new TextEncoder().encode(changed));
  return {
    app: { file, manifest: read.document, files: content.files, withManifest },
    issues: [],
  };
}

function noManifest(file: string, { entries }: ZipDirectory): Issue {
  const names = entries.map(({ name }) => name);
  const misplaced = names.find((name) => /(^|\/)manifest\.json$/i.test(name));
  return {
    path: file,
    rule: `must have ${MANIFEST_NAME} at its top`,
    whose: "Teams app package",
    ...(misplaced === undefined ? {} : { got: JSON.stringify(misplaced) }),
    fix:
      misplaced === undefined
        ? `Put the manifest into it as ${MANIFEST_NAME}.`
        : "Zip the files from inside their folder, with that name in lower case.",
  };
}
