// Lists in pages, with a `nextLink` that is absolute and followed verbatim.
import type { ArmCall } from "./arm-call.js";
import { ArmError } from "./arm-error.js";

const PAGE_SIZE = 1000;

export interface Page<T> {
  readonly value: readonly T[];
  readonly nextLink?: string;
}

/** The page that `$top` and `$skiptoken` ask for. */
export function pageOf<T>(call: ArmCall, all: readonly T[]): Page<T> {
  const top = numberIn(call, "$top", 1) ?? PAGE_SIZE;
  const skip = numberIn(call, "$skiptoken", 0) ?? 0;
  const size = Math.min(top, PAGE_SIZE);
  const value = all.slice(skip, skip + size);
  if (skip + size >= all.length) return { value };
  const query = new URLSearchParams(call.query);
  query.set("$skiptoken", String(skip + size));
  const { arm } = call.cloud.context.origins();
  return { value, nextLink: `${arm}${encodeURI(call.path)}?${query.toString()}` };
}

function numberIn(call: ArmCall, name: string, least: number): number | undefined {
  const text = call.query.get(name);
  if (text === null) return undefined;
  if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text);
  throw new ArmError(
    400,
    "InvalidQueryParameter",
    `The query parameter '${name}' must be a number from ${least} on, got '${text}'.`,
  );
}
