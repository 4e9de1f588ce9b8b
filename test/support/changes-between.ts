// What differs between two answers of a service, by path: for tests that say what nothing but has changed.

/** A path, and `before -> after`, or `+` and `-` for what came and went. */
export type Change = readonly [path: string, change: string];

/** Written anew with every change. */
const OWN = /(^|\.)(etag|@odata\.context)$/;

/** Sorted. Order in a list does not count; entries of a list that are objects with the same API belong together. */
export function changesBetween(before: unknown, after: unknown, path = ""): Change[] {
  if (OWN.test(path) || canonical(before) === canonical(after)) return [];
  if (isAbsent(before) || isAbsent(after)) {
    if (isEmpty(before) && isEmpty(after)) return [];
    if (before === undefined) return [[path, "+"]];
    if (after === undefined) return [[path, "-"]];
  }
  if (Array.isArray(before) && Array.isArray(after)) return listChanges(before, after, path);
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names
      .flatMap((name) =>
        changesBetween(before[name], after[name], path === "" ? name : `${path}.${name}`),
      )
      .sort();
  }
  return [[path, `${canonical(before)} -> ${canonical(after)}`]];
}

function listChanges(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
): Change[] {
  const apis = before.map(apiOf);
  if (apis.length > 0 && apis.every((api, i) => api !== undefined && api === apiOf(after[i]))) {
    return before.flatMap((one, i) => changesBetween(one, after[i], `${path}.${i}`));
  }
  const [were, are] = [before, after].map((list) => list.map((one) => canonical(one)));
  return [
    ...(are ?? []).filter((one) => !were?.includes(one)).map((one): Change => [path, `+ ${one}`]),
    ...(were ?? []).filter((one) => !are?.includes(one)).map((one): Change => [path, `- ${one}`]),
  ];
}

function apiOf(value: unknown): unknown {
  return isObject(value) ? value["resourceAppId"] : undefined;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Services take these for one another: nothing was set, or the default was written out. */
function isEmpty(value: unknown): boolean {
  if (isAbsent(value) || value === false || value === 1) return true;
  return (
    isObject(value) && Object.values(value).every((one) => Array.isArray(one) && one.length === 0)
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** JSON with the members of objects in order. */
function canonical(value: unknown): string {
  const inOrder = (_key: string, member: unknown): unknown =>
    isObject(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member;
  return JSON.stringify(value, inOrder) ?? "undefined";
}
