// What the project's program calls its one bot: logical names are part of the names that are given in Azure.
import { join } from "node:path";
import { readFile } from "../../files/file-access.js";

const MOST_BYTES = 1024 * 1024;

/**
 * The first argument of the program's one `new CallingBot("...")`; undefined where the file that runs shows none, several, or
 * one whose name is computed.
 * @param main as Pulumi.yaml names it: a file, or a folder with one. @default the project's own folder
 */
export function logicalBotName(cwd: string, main = "."): string | undefined {
  const text = programText(join(cwd, main));
  const made = [
    ...withoutComments(text).matchAll(/\bnew\s+CallingBot\s*\(\s*(?:(["'`])([^"'`\\$]+)\1\s*,)?/g),
  ];
  const [only] = made;
  return made.length === 1 ? only?.[2] : undefined;
}

/** Of the file itself, or of the one in the folder that Node and Pulumi take; empty where there is none. */
function programText(path: string): string {
  const candidates = [path, join(path, "index.ts"), join(path, "index.js")];
  for (const candidate of candidates) {
    const { bytes } = readFile(candidate, candidate, MOST_BYTES);
    if (bytes !== undefined) return new TextDecoder().decode(bytes);
  }
  return "";
}

/** Whole lines and blocks: what else follows a `//` may be an address. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}
