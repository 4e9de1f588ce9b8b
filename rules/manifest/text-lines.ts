// Lines and columns of a text, as editors count them.

/** Offsets, in UTF-16 units, at which the lines of a text begin; the first is 0. */
export function lineStartsOf(text: string): number[] {
  const ends = text.matchAll(/\r\n|\r|\n/g);
  return [0, ...Array.from(ends, (end) => end.index + end[0].length)];
}

/** `:14:7`, both counted from 1. */
export function placeAt(lineStarts: readonly number[], offset: number): string {
  let [line, after] = [0, lineStarts.length];
  while (after - line > 1) {
    const middle = (line + after) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) line = middle;
    else after = middle;
  }
  return `:${line + 1}:${offset - (lineStarts[line] ?? 0) + 1}`;
}
