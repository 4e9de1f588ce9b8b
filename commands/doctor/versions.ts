// Versions as far as a check needs them: numbers with dots, whatever follows.

function numbersOf(version: string): number[] {
  return (version.replace(/^v/, "").split(/[-+]/)[0] ?? "").split(".").map(Number);
}

/** Whether `version` is not older than `oldest`. */
export function isAtLeast(version: string, oldest: string): boolean {
  const [have, need] = [numbersOf(version), numbersOf(oldest)];
  for (const [index, number] of need.entries()) {
    const other = have[index] ?? 0;
    if (other !== number) return other > number;
  }
  return true;
}

export function majorOf(version: string): number {
  return numbersOf(version)[0] ?? 0;
}
