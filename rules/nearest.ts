// "Did you mean ...?": the known word that a mistyped one most likely stands for.
import { distance } from "fastest-levenshtein";

/**
 * The candidate with the fewest typing mistakes to `word`, ignoring case.
 * `undefined` when even the best one is more than a third of the word away: a wild guess helps nobody.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  const farthest = Math.max(1, Math.floor(word.length / 3));
  let best: string | undefined;
  let fewest = farthest + 1;
  for (const candidate of candidates) {
    // A difference in length is as many mistakes at least; comparing a long word would take long for nothing.
    if (Math.abs(candidate.length - word.length) >= fewest) continue;
    const mistakes = distance(typed, candidate.toLowerCase());
    if (mistakes < fewest) {
      fewest = mistakes;
      best = candidate;
    }
  }
  return best;
}
