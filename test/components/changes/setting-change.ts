// One change of one setting, and what an update then does: a row of docs/changes.md, and a test.
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";

export interface SettingChange<Args> {
  /** The settings that change, as a stack or a program writes them. */
  readonly settings: readonly string[];
  /** What changes about them, in a few words. */
  readonly change: string;
  /** Laid over the arguments so far, and kept for the changes that follow; may follow from what the stack put out last. */
  readonly to: Partial<Args> | ((outputs: Readonly<Record<string, unknown>>) => Partial<Args>);
  /** `update Bot bot`, `replace Channel bot-teams`, ... in alphabetical order: all that the update does. */
  readonly steps: readonly string[];
  /** What a person should know before. */
  readonly note?: string;
}

/** Changes that are made one after the other to one deployment. */
export interface ChangeWalk<Args extends object> {
  readonly title: string;
  readonly start: Args;
  readonly changes: readonly SettingChange<Args>[];
  readonly program: (args: Args) => Awaited<ReturnType<PulumiFn>>;
}

/** The engine reports a replacement as several steps; here it is one. */
export function plainSteps(steps: readonly string[]): string[] {
  const replaced = new Set(
    steps.flatMap(
      (step) => /^(?:create-replacement|replace|delete-replaced) (.*)$/.exec(step)?.[1] ?? [],
    ),
  );
  return [
    ...new Set(
      steps.map((step) => {
        const what = step.slice(step.indexOf(" ") + 1);
        return replaced.has(what) ? `replace ${what}` : step;
      }),
    ),
  ].sort();
}
