// The smallest choice when each need can be met in several ways. Pure arithmetic; capabilities.ts gives it meaning.

/**
 * The fewest values that contain all of `given` and meet every need, sorted; the order of the needs does not matter.
 * A need lists values of which any one is enough, the preferred first. Among equally small sets the one that keeps nearest
 * to the preferences wins, then the one with fewer values to avoid, then the first by name.
 * Needs with one value are fixed, so only real choices are tried out: a handful in practice.
 */
export function leastSet(
  given: readonly string[],
  needs: readonly (readonly string[])[],
  avoid: (value: string) => boolean = () => false,
): string[] {
  const singles = needs.flatMap((need) => (need.length === 1 ? need : []));
  const fixed = new Set([...given, ...singles]);
  const open = new Map(
    needs
      .filter((need) => !need.some((value) => fixed.has(value)))
      .map((need) => [need.join("|"), need]),
  );
  let sets: ReadonlySet<string>[] = [fixed];
  for (const need of open.values()) sets = sets.flatMap((set) => extended(set, need));

  const ranked = sets.map((set) => {
    const values = [...set].sort();
    const regret = [...open.values()].reduce((sum, need) => sum + firstMet(need, set), 0);
    return { values, rank: [values.length, regret, values.filter(avoid).length] };
  });
  return ranked.reduce((a, b) => (isBefore(b, a) ? b : a)).values;
}

interface Ranked {
  readonly values: readonly string[];
  /** Compared from left to right; less is better. */
  readonly rank: readonly number[];
}

function extended(set: ReadonlySet<string>, need: readonly string[]): ReadonlySet<string>[] {
  if (need.some((value) => set.has(value))) return [set];
  return need.map((value) => new Set([...set, value]));
}

/** How far down its list a need had to go. */
function firstMet(need: readonly string[], set: ReadonlySet<string>): number {
  return need.findIndex((value) => set.has(value));
}

function isBefore(a: Ranked, b: Ranked): boolean {
  const differing = a.rank.findIndex((part, i) => part !== b.rank[i]);
  if (differing === -1) return a.values.join() < b.values.join();
  return (a.rank[differing] ?? 0) < (b.rank[differing] ?? 0);
}
