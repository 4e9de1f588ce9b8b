// How deep a JSON text nests and how much it holds, told in one pass, before anything that recurses or compares sees it.

export interface JsonOutline {
  /** Most brackets that are open at once. */
  readonly depth: number;
  /** Members and entries, within one or two of the truth. */
  readonly values: number;
}

/** Of any text, JSON or not; takes time in proportion to its length. */
export function jsonOutline(text: string): JsonOutline {
  let [open, depth, values] = [0, 0, 0];
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (inString) {
      if (character === "\\") at++;
      else inString = character !== '"';
      continue;
    }
    if (character === '"') inString = true;
    else if (character === ",") values++;
    else if (character === "[" || character === "{") {
      values++;
      depth = Math.max(depth, ++open);
    } else if (character === "]" || character === "}") open--;
  }
  return { depth, values };
}
