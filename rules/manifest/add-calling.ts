// Adds calling to a manifest that exists, as a person would by hand: the two keys of the bot, where they belong, in the
// manner of the lines around them. Everything else stays byte for byte.
import { findNodeAtLocation, type Node } from "jsonc-parser";
import type { Issue } from "../issue.js";
import { checkAgainstSchema, type SchemaProblem } from "./manifest-schema.js";
import { type JsonText, locate, placeIn, readJsonText } from "./manifest-text.js";
import {
  checkManifestVersion,
  FIRST_WITH_CALLING,
  isAtLeast,
  schemaFolder,
} from "./manifest-versions.js";
import { hasPlaceholder } from "./placeholders.js";
import { applyEdits, insertLast, type TextEdit } from "./text-edits.js";

/** What to add besides `supportsCalling`. */
export interface AddCallingOptions {
  /** `supportsVideo` as well. @default false */
  readonly video?: boolean;
  /** Raise a version before 1.8, which cannot say that a bot takes calls, to 1.8. @default false: it is refused */
  readonly upgrade?: boolean;
}

/** A manifest with calling. */
export interface CallingAdded {
  /** The whole manifest; the same text when it had calling already. */
  readonly text: string;
  /** One sentence a change, in the order of the text; empty when nothing had to change. */
  readonly changes: readonly string[];
  /** What the schema does not know and was kept, and placeholders that were left for another tool to fill in. */
  readonly kept: readonly Issue[];
}

/**
 * The manifest with `supportsCalling`, or why not. Idempotent. The result is checked with the schema of its version: a
 * problem is an issue and nothing is edited, except keys that the schema does not know and values with a placeholder
 * (`${{TEAMS_APP_ID}}`), which were there before and are kept.
 */
export function addCalling(
  manifest: JsonText,
  options: AddCallingOptions = {},
): { added?: CallingAdded; issues: Issue[] } {
  const unfit = [...checkVersion(manifest, options), ...checkBot(manifest)];
  if (unfit.length > 0) return { issues: unfit };
  const wanted = ["supportsCalling", ...(options.video === true ? ["supportsVideo"] : [])];
  const edits = [...versionEdits(manifest), ...botEdits(manifest, wanted)];
  const text = applyEdits(manifest.text, edits);

  const { document, issues } = readJsonText(manifest.file, new TextEncoder().encode(text));
  if (document === undefined) return { issues };
  const version = String(document.value["manifestVersion"]);
  const problems = checkAgainstSchema(document.value, version);
  const refused = problems.filter((problem) => !isKept(problem));
  if (refused.length > 0) return { issues: refused.map((problem) => locate(document, problem)) };
  const kept = problems.filter(isKept).map((problem) => locate(document, problem));
  return { added: { text, changes: edits.map(({ what }) => what), kept }, issues: [] };
}

/** Issues unless the manifest holds exactly one bot; for what has to know it. */
export function checkBot(manifest: JsonText): Issue[] {
  const bots = manifest.value["bots"];
  const whose = "Microsoft Teams";
  const path = placeIn(manifest, ["bots"]);
  if (bots === undefined || (Array.isArray(bots) && bots.length === 0)) {
    const fix = "Add the bot with its botId and scopes first; calling is something a bot can do.";
    return [{ path, rule: "must hold the app's bot", whose, fix }];
  }
  if (!Array.isArray(bots)) {
    return [{ path, rule: "must be a list of one bot", whose, fix: "Put it between [ and ]." }];
  }
  if (bots.length > 1) {
    const fix = "Keep the one that takes calls; a second bot needs an app of its own.";
    return [{ path, rule: "must hold one bot only", whose, got: String(bots.length), fix }];
  }
  const [bot]: unknown[] = bots;
  if (typeof bot === "object" && bot !== null && !Array.isArray(bot)) return [];
  const fix = 'Write { "botId": "...", "scopes": ["personal"] }.';
  return [{ path: placeIn(manifest, ["bots", 0]), rule: "must be an object", whose, fix }];
}

function checkVersion(manifest: JsonText, options: AddCallingOptions): Issue[] {
  const version = manifest.value["manifestVersion"];
  const path = placeIn(manifest, ["manifestVersion"]);
  const unknown = checkManifestVersion(path, version);
  if (unknown.length > 0) return unknown;
  if (isAtLeast(String(version), FIRST_WITH_CALLING) || options.upgrade === true) return [];
  return [
    {
      path,
      rule: `must be ${FIRST_WITH_CALLING} or later for a bot that takes calls`,
      whose: "Microsoft Teams",
      got: `"${String(version)}"`,
      fix: `Run the command with --upgrade to raise it to ${FIRST_WITH_CALLING}.`,
    },
  ];
}

interface Change extends TextEdit {
  /** One sentence. */
  readonly what: string;
}

function versionEdits({ tree, value }: JsonText): Change[] {
  const from = String(value["manifestVersion"]);
  if (isAtLeast(from, FIRST_WITH_CALLING)) return [];
  const version = findNodeAtLocation(tree, ["manifestVersion"]);
  const schema = findNodeAtLocation(tree, ["$schema"]);
  const edits: Change[] = [];
  if (typeof schema?.value === "string") {
    const folder = `/teams/${schemaFolder(FIRST_WITH_CALLING)}/`;
    const address = schema.value.replace(/\/teams\/v[^/]+\//, folder);
    if (address !== schema.value) edits.push(replaced(schema, address, "$schema"));
  }
  if (version !== undefined) edits.push(replaced(version, FIRST_WITH_CALLING, "manifestVersion"));
  return edits.sort((a, b) => a.offset - b.offset);
}

function botEdits({ tree, text }: JsonText, wanted: readonly string[]): Change[] {
  const bot = findNodeAtLocation(tree, ["bots", 0]);
  if (bot === undefined) return [];
  const missing: string[] = [];
  const edits: Change[] = [];
  for (const key of wanted) {
    const present = findNodeAtLocation(bot, [key]);
    if (present === undefined) missing.push(key);
    else if (present.value === false) edits.push(replaced(present, true, `bots[0].${key}`));
  }
  if (missing.length > 0) {
    const members = missing.map((key): [string, boolean] => [key, true]);
    const what = `Added ${missing.map((key) => `bots[0].${key}`).join(" and ")}: true.`;
    edits.push({ ...insertLast(text, bot, members), what });
  }
  return edits.sort((a, b) => a.offset - b.offset);
}

function replaced(node: Node, value: string | boolean, name: string): Change {
  const { offset, length } = node;
  const what = `Changed ${name} from ${JSON.stringify(node.value)} to ${JSON.stringify(value)}.`;
  return { offset, length, content: JSON.stringify(value), what };
}

function isKept({ keyword, value, path }: SchemaProblem): boolean {
  if (keyword === "additionalProperties") return path.at(-1) !== "supportsCalling";
  return hasPlaceholder(value);
}
