// Differences between two property bags, path by path, as a plugin's Diff answers them.
import { Asset } from "./asset.js";
import { at, inside } from "./property-paths.js";
import { isList, isProperties, type Properties, type PropertyValue } from "./property-values.js";

type DifferenceKind = "add" | "delete" | "update";

export interface Difference {
  readonly kind: DifferenceKind;
  /** Whether the resource cannot be changed in place. */
  readonly replaces: boolean;
}

/** Property path to what happened there. */
export type DetailedDiff = ReadonlyMap<string, Difference>;

export interface DiffRules {
  /** Top-level properties that cannot be changed in place. */
  readonly replaces: ReadonlySet<string>;
  /** Pairs that count as equal although they differ. @default none */
  readonly same?: (path: string, before: PropertyValue, after: PropertyValue) => boolean;
  /** Whether adding this value changes nothing, e.g. because it is the default. @default never */
  readonly addsNothing?: (path: string, after: PropertyValue) => boolean;
  /** Whether a list's order means nothing. @default never */
  readonly unordered?: (path: string) => boolean;
}

/** Compares two bags. Names that begin with two underscores are the plugins' own and are passed over. */
export function detailedDiff(
  before: Properties,
  after: Properties,
  rules: DiffRules,
): DetailedDiff {
  const found = new Map<string, Difference>();
  for (const name of namesOf(before, after)) {
    if (name.startsWith("__")) continue;
    const replaces = rules.replaces.has(name);
    const note = (path: string, kind: DifferenceKind) => found.set(path, { kind, replaces });
    compare(inside("", name), before[name], after[name], rules, note);
  }
  return found;
}

type Note = (path: string, kind: DifferenceKind) => void;

function compare(
  path: string,
  before: PropertyValue | undefined,
  after: PropertyValue | undefined,
  rules: DiffRules,
  note: Note,
): void {
  if (before === undefined) {
    if (after !== undefined && rules.addsNothing?.(path, after) !== true) note(path, "add");
  } else if (after === undefined) {
    note(path, "delete");
  } else if (rules.same?.(path, before, after) === true) {
    return;
  } else if (isProperties(before) && isProperties(after)) {
    for (const name of namesOf(before, after)) {
      compare(inside(path, name), before[name], after[name], rules, note);
    }
  } else if (isList(before) && isList(after)) {
    if (rules.unordered?.(path) === true) compareSets(path, before, after, note);
    else compareLists(path, before, after, rules, note);
  } else if (!equal(before, after)) {
    note(path, "update");
  }
}

function compareLists(
  path: string,
  before: readonly PropertyValue[],
  after: readonly PropertyValue[],
  rules: DiffRules,
  note: Note,
): void {
  for (let index = 0; index < Math.max(before.length, after.length); index++) {
    compare(at(path, index), before[index], after[index], rules, note);
  }
}

function compareSets(
  path: string,
  before: readonly PropertyValue[],
  after: readonly PropertyValue[],
  note: Note,
): void {
  const gone = indexesWithout(before, after);
  const come = indexesWithout(after, before);
  for (const index of new Set([...gone, ...come])) {
    const kind = !come.has(index) ? "delete" : gone.has(index) ? "update" : "add";
    note(at(path, index), kind);
  }
}

/** Where the items are that the other list has not. */
function indexesWithout(
  items: readonly PropertyValue[],
  others: readonly PropertyValue[],
): ReadonlySet<number> {
  const missing = items.flatMap((item, index) =>
    others.some((other) => equal(item, other)) ? [] : [index],
  );
  return new Set(missing);
}

/** Deep equality; two unknown values are equal, an unknown one and a known one are not. */
export function equal(a: PropertyValue | undefined, b: PropertyValue | undefined): boolean {
  if (a === b) return true;
  if (a instanceof Asset && b instanceof Asset) return a.hash === b.hash;
  if (isList(a) && isList(b)) {
    return a.length === b.length && a.every((item, index) => equal(item, b[index]));
  }
  if (!isProperties(a) || !isProperties(b)) return false;
  return namesOf(a, b).every((name) => equal(a[name], b[name]));
}

function namesOf(a: Properties, b: Properties): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])];
}
