// Edits of JSON text that look as if whoever wrote the text had made them.
import type { Node } from "jsonc-parser";

/** Replaces `length` characters at `offset`, both in UTF-16 units. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly content: string;
}

/** The text with all edits; they must not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const fromTheEnd = [...edits].sort((a, b) => b.offset - a.offset);
  return fromTheEnd.reduce(
    (now, { offset, length, content }) =>
      now.slice(0, offset) + content + now.slice(offset + length),
    text,
  );
}

/**
 * Adds members behind the last one of an object. What stands between two members, and between a key and its value, is taken
 * from the object itself: its indentation, its line ends, its spaces.
 */
export function insertLast(
  text: string,
  object: Node,
  members: readonly (readonly [key: string, value: unknown])[],
): TextEdit {
  const last = object.children?.at(-1);
  const colon = last === undefined ? ": " : betweenKeyAndValue(text, last);
  const written = members.map(
    ([key, value]) => JSON.stringify(key) + colon + JSON.stringify(value),
  );
  if (last === undefined) {
    return { offset: object.offset + 1, length: 0, content: written.join(", ") };
  }
  const comma = `,${whiteSpaceBefore(text, object, last)}`;
  const content = written.map((member) => comma + member).join("");
  return { offset: last.offset + last.length, length: 0, content };
}

function betweenKeyAndValue(text: string, member: Node): string {
  const [key, value] = member.children ?? [];
  if (key === undefined || value === undefined) return ": ";
  return text.slice(key.offset + key.length, value.offset);
}

// The white space before the last member: a line end and its indentation, a space, or nothing. One member alone on the
// line of its bracket tells nothing, `{ "a": 1 }` and `{"a": 1}` mean the same to the next one; the colon decides then.
function whiteSpaceBefore(text: string, object: Node, last: Node): string {
  const space = /\s*$/.exec(text.slice(object.offset + 1, last.offset))?.[0] ?? "";
  const isOnly = object.children?.length === 1;
  if (!isOnly || /[\r\n]/.test(space))
    return /[\r\n]\s*[\r\n]/.test(space) ? oneLine(space) : space;
  return betweenKeyAndValue(text, last).endsWith(" ") ? " " : "";
}

/** Without empty lines. */
function oneLine(space: string): string {
  return /(\r\n|\r|\n)[^\r\n]*$/.exec(space)?.[0] ?? space;
}
