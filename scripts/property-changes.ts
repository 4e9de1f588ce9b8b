// Which properties of a resource a step changes, and from what to what, as the engine's events say it.

import type { StepEventMetadata } from "@pulumi/pulumi/automation/index.js";

/** One property of a resource that a step changes. */
export interface PropertyChange {
  /** e.g. "properties.endpoint" or "tags[0]" */
  readonly path: string;
  /** True when the change makes the engine replace the resource. */
  readonly replaces: boolean;
  /** Undefined when there was none, or when the engine does not tell. Secrets are "[secret]". */
  readonly before: unknown;
  readonly after: unknown;
}

/** The marks that the engine puts in place of a secret and of a value that is known only later. */
const secretMark = "4dabf18193072939515e22adb298388d";
const unknownMark = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What the display shows instead of a secret, and of an unknown value. */
export const hiddenValue = "[secret]";
const laterValue = "(known after up)";

/** The changes of an update or replacement, in the engine's order; empty for every other step. */
export function propertyChanges(step: StepEventMetadata): PropertyChange[] {
  const detailed = Object.entries(step.detailedDiff ?? {});
  if (detailed.length > 0) {
    return detailed.map(([path, { diffKind, inputDiff }]) => ({
      path,
      replaces: diffKind.endsWith("-replace"),
      // A difference to the real state compares with the old outputs.
      before: readable(
        valueAt(inputDiff ? step.old?.inputs : step.old?.outputs, path) ??
          valueAt(step.old?.inputs, path),
      ),
      after: readable(valueAt(step.new?.inputs, path) ?? valueAt(step.new?.outputs, path)),
    }));
  }
  return (step.diffs ?? []).map((path) => ({
    path,
    replaces: (step.keys ?? []).includes(path),
    before: readable(valueAt(step.old?.inputs, path)),
    after: readable(valueAt(step.new?.inputs, path)),
  }));
}

/** A value with its marks replaced by words, ready to be shown. */
export function readable(value: unknown): unknown {
  if (value === unknownMark) return laterValue;
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  if (secretMark in value) return hiddenValue;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, readable(item)]));
}

/** Follows a path such as `a.b[0].c` or `a["x.y"]`; undefined where it leads nowhere. */
function valueAt(root: unknown, path: string): unknown {
  let value = root;
  for (const [, quoted, index, name] of path.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([^.[\]]+)/g)) {
    if (typeof value !== "object" || value === null) return undefined;
    if (secretMark in value) return value;
    value = Reflect.get(value, quoted ?? index ?? name ?? "");
  }
  return value;
}
