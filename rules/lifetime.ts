// What a stack says of how long its bot lives: `protect` and `ephemeral`.
import type { Issue } from "./issue.js";

/** What a destroy of a protected bot keeps, and how to go on from there. */
export function keptSentence(kept: readonly string[]): string {
  const [first = "", ...others] = kept;
  const last = others.pop();
  const list = last === undefined ? first : `${[first, ...others].join(", ")} and ${last}`;
  return `protect is set: a destroy is refused and keeps ${list}. To take them away set protect to false and deploy once before.`;
}

/** An issue for a stack that wants to keep and to drop. */
export function checkLifetime(protect: unknown, ephemeral: unknown): Issue[] {
  if (protect !== true || ephemeral !== true) return [];
  return [
    {
      path: "ephemeral",
      rule: "must be left out when protect is true, because what is kept goes with nothing",
      whose: "this package",
      fix: "Remove one of the two.",
    },
  ];
}
