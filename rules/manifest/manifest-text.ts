// A manifest as somebody wrote it: text whose every value has a line and a column, or one sentence on why it is no JSON.
import {
  findNodeAtLocation,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import type { Issue } from "../issue.js";
import { formatPath } from "../zod-issues.js";
import type { DocumentPath, SchemaProblem } from "./manifest-schema.js";

/** A JSON document that was read, with its places. */
export interface JsonText {
  /** How messages call it: `manifest.json`, `app.zip/manifest.json`. */
  readonly file: string;
  readonly text: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly tree: Node;
}

const MOST_BYTES = 2 * 1024 * 1024;
const DEEPEST = 64;
const JSON_RULE = "JSON (RFC 8259)";

/** Reads a JSON object strictly, as Teams does: UTF-8 without a byte-order mark, no comments, no key twice. */
export function readJsonText(
  file: string,
  bytes: Uint8Array,
): { document?: JsonText; issues: Issue[] } {
  const refuse = (place: string, rule: string, fix: string): { issues: Issue[] } => ({
    issues: [{ path: `${file}${place}`, rule, whose: JSON_RULE, fix }],
  });
  if (bytes.length > MOST_BYTES) {
    return refuse(
      "",
      `must be at most ${MOST_BYTES} bytes long`,
      "Check that this is the manifest.",
    );
  }
  const encoding = byteOrderMark(bytes);
  if (encoding !== undefined) {
    return refuse(":1:1", "must not begin with a byte-order mark", `${encoding}.`);
  }
  const text = decoded(bytes);
  if (text === undefined) return refuse("", "must be UTF-8 text", "Save it again as UTF-8.");
  if (text.trim() === "")
    return refuse(
      ":1:1",
      "must hold a JSON object",
      "The file is empty: check that this is the manifest.",
    );
  if (depth(text) > DEEPEST) {
    return refuse("", `must not nest deeper than ${DEEPEST}`, "Check that this is the manifest.");
  }

  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [error] = errors;
  if (error !== undefined) {
    const { rule, fix } = explainParseError(error, text);
    return refuse(placeOf(text, error.offset), rule, fix);
  }
  const value = parsed(text);
  if (tree === undefined || value === undefined) {
    return refuse("", "must be JSON", "Open it in an editor that checks JSON.");
  }
  const twice = repeatedKey(tree);
  if (twice !== undefined) {
    const key = `must not have the key "${String(twice.value)}" twice in one object`;
    return refuse(placeOf(text, twice.offset), key, "Remove one of the two.");
  }
  if (!isObject(value)) {
    return refuse(":1:1", "must hold a JSON object", "Begin it with { and end it with }.");
  }
  return { document: { file, text, value, tree }, issues: [] };
}

/** `manifest.json:14:7 bots[0].scopes`; without line and column for what is not there. */
export function placeIn(document: JsonText, path: DocumentPath): string {
  const node = path.length === 0 ? undefined : findNodeAtLocation(document.tree, [...path]);
  const name = formatPath(path).replace(/^\["(\$schema)"\]$/, "$1");
  const place = node === undefined ? "" : placeOf(document.text, node.offset);
  return `${document.file}${place}${name === "" ? "" : ` ${name}`}`;
}

/** Whether a value is left for another tool to fill in: `${{TEAMS_APP_ID}}`, `{{BOT_ID}}`, `<<APP-ID>>`. */
export function hasPlaceholder(value: unknown): boolean {
  return typeof value === "string" && /\$?\{\{[^{}]*\}\}|<<[^<>]*>>/.test(value);
}

/** The issue of a schema's problem, with the place where it stands in the text. */
export function locate(document: JsonText, { path, issue, value }: SchemaProblem): Issue {
  const located = { path: placeIn(document, path), ...issue };
  if (!hasPlaceholder(value)) return located;
  return {
    ...located,
    fix: "It is a placeholder, which the tool that makes the package fills in.",
  };
}

/** `:14:7`, both counted from 1. */
function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return `:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

function byteOrderMark([a, b, c]: Uint8Array): string | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return "Save the file as UTF-8 without it";
  const wide = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
  return wide ? "The file is UTF-16: save it as UTF-8 without a mark" : undefined;
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// Counted before anything recursive sees the text.
function depth(text: string): number {
  let now = 0;
  let deepest = 0;
  for (const [bracket] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[{\]}]/gs)) {
    if (bracket === "[" || bracket === "{") deepest = Math.max(deepest, ++now);
    else if (bracket === "]" || bracket === "}") now -= 1;
  }
  return deepest;
}

function explainParseError(
  { error, offset }: ParseError,
  text: string,
): { rule: string; fix: string } {
  const code = printParseErrorCode(error);
  if (code === "InvalidCommentToken") {
    return { rule: "must not contain comments", fix: "Remove this one and any others." };
  }
  const before = text.slice(0, offset).trimEnd();
  const trailing = /^\s*[}\]]/.test(text.slice(offset)) && before.endsWith(",");
  if (trailing)
    return { rule: "must not have a comma before a bracket that closes", fix: "Remove it." };
  const fix = SYNTAX_FIXES.get(code) ?? "Open it in an editor that checks JSON.";
  return { rule: "must be JSON", fix };
}

const SYNTAX_FIXES: ReadonlyMap<string, string> = new Map([
  ["PropertyNameExpected", "Here should be a key in quotes."],
  ["ValueExpected", "Here should be a value."],
  ["ColonExpected", "Here should be a colon."],
  ["CommaExpected", "Here should be a comma."],
  ["CloseBraceExpected", "Here should be a }."],
  ["CloseBracketExpected", "Here should be a ]."],
  ["EndOfFileExpected", "Nothing may follow the closing }."],
  ["InvalidSymbol", "This is no value: text stands in double quotes."],
  ["UnexpectedEndOfString", "A text has no closing quote."],
  ["InvalidEscapeCharacter", 'After a backslash only one of " \\ / b f n r t u may stand.'],
  ["InvalidCharacter", "A text must not contain line breaks or tabs."],
  ["InvalidNumberFormat", "This is no number as JSON writes it."],
]);

function repeatedKey(node: Node): Node | undefined {
  const keys = new Set<unknown>();
  for (const child of node.children ?? []) {
    const key = node.type === "object" ? child.children?.[0] : undefined;
    if (key !== undefined && keys.has(key.value)) return key;
    keys.add(key?.value);
    const deeper = repeatedKey(child);
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
