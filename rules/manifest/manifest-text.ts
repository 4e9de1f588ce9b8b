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
import { jsonOutline } from "./json-outline.js";
import type { DocumentPath, SchemaProblem } from "./manifest-schema.js";
import { fixFor } from "./placeholders.js";
import { lineStartsOf, placeAt } from "./text-lines.js";

/** A JSON document that was read, with its places. */
export interface JsonText {
  /** How messages call it: `manifest.json`, `app.zip/manifest.json`. */
  readonly file: string;
  readonly text: string;
  /** See {@link lineStartsOf}. */
  readonly lineStarts: readonly number[];
  readonly value: Readonly<Record<string, unknown>>;
  readonly tree: Node;
}

const MOST_BYTES = 2 * 1024 * 1024;
const DEEPEST = 64;
// Ten times what the largest real manifests hold; some of Microsoft's rules compare every entry of a list with every other.
const MOST_VALUES = 20_000;
const JSON_RULE = "RFC 8259";

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
      "Check that this is the right file.",
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
      "The file is empty: check that it is the right one.",
    );
  const { depth, values } = jsonOutline(text);
  if (depth > DEEPEST) {
    return refuse("", `must not nest deeper than ${DEEPEST}`, "Check that this is the right file.");
  }
  if (values > MOST_VALUES) {
    const rule = `must hold at most ${MOST_VALUES} values, and this holds about ${values}`;
    return refuse("", rule, "Check that this is the right file.");
  }
  const lineStarts = lineStartsOf(text);
  const placeOf = (offset: number) => placeAt(lineStarts, offset);

  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [error] = errors;
  if (error !== undefined) {
    const { rule, fix } = explainParseError(error, text);
    return refuse(placeOf(error.offset), rule, fix);
  }
  const value = parsed(text);
  if (tree === undefined || value === undefined) {
    return refuse("", "must be JSON", "Open it in an editor that checks JSON.");
  }
  const twice = repeatedKey(tree);
  if (twice !== undefined) {
    const key = `must not have the key "${String(twice.value)}" twice in one object`;
    return refuse(placeOf(twice.offset), key, "Remove one of the two.");
  }
  if (!isObject(value)) {
    return refuse(":1:1", "must hold a JSON object", "Begin it with { and end it with }.");
  }
  return { document: { file, text, lineStarts, value, tree }, issues: [] };
}

/** `manifest.json:14:7 bots[0].scopes`; without line and column for what is not there. */
export function placeIn(document: JsonText, path: DocumentPath): string {
  const node = path.length === 0 ? undefined : findNodeAtLocation(document.tree, [...path]);
  const name = formatPath(path).replace(/^\["(\$schema)"\]$/, "$1");
  const place = node === undefined ? "" : placeAt(document.lineStarts, node.offset);
  return `${document.file}${place}${name === "" ? "" : ` ${name}`}`;
}

/** The issue of a schema's problem, with the place where it stands in the text. */
export function locate(document: JsonText, { path, issue, value }: SchemaProblem): Issue {
  return { path: placeIn(document, path), ...issue, fix: fixFor(value, issue.fix) };
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
  const [unseen] = /^[\p{Cf}\p{Z}\p{Cc}]/u.exec(text.slice(offset, offset + 1)) ?? [];
  if (code === "InvalidSymbol" && unseen !== undefined) {
    return { rule: "must be JSON", fix: `Remove the invisible character ${codePoint(unseen)}.` };
  }
  const fix = SYNTAX_FIXES.get(code) ?? "Open it in an editor that checks JSON.";
  return { rule: "must be JSON", fix };
}

/** `U+00A0` */
function codePoint(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
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
  ["InvalidCharacter", "A text must not contain line breaks, tabs or other control characters."],
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
