// A copy of a state before it is changed: the way back.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes it into the folder, which is made when missing, for its owner alone; returns the path. */
export function keptCopy(folder: string, stack: string, state: unknown): string {
  mkdirSync(folder, { recursive: true });
  const time = new Date().toISOString().replaceAll(/[:.]/g, "-");
  const path = join(folder, `${stack}-before-recovery-${time}.json`);
  writeFileSync(path, `${JSON.stringify(state, null, 2)}\n`, {
    mode: 0o600,
    flag: "wx",
    flush: true,
  });
  return path;
}
