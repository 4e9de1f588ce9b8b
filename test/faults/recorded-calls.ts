import type { LoggedRequest } from "../../local-cloud/http/request-log.js";

/** One call: which service, method and path, and the how manieth of its kind. */
export type RecordedCall = Pick<LoggedRequest, "service" | "method"> & {
  /** A regular expression. */
  readonly path: string;
  /** How many of its kind come before it. */
  readonly skip: number;
};

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** The calls in order. */
export function recordedCalls(requests: readonly LoggedRequest[]): RecordedCall[] {
  const seen = new Map<string, number>();
  return requests.map(({ service, method, path }) => {
    const pattern = patternOf(path);
    const key = `${service} ${method} ${pattern}`;
    const skip = seen.get(key) ?? 0;
    seen.set(key, skip + 1);
    return { service, method, path: pattern, skip };
  });
}

function patternOf(path: string): string {
  const escaped = path.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const open = escaped
    .replace(GUID, "[0-9a-f-]{36}")
    // Ids of assignments and of operations are no GUIDs.
    .replace(/(appRoleAssignedTo\/)[^/?\\]+/g, "$1[^/?]+")
    .replace(/(operation(?:s|Results|statuses)\/)[^/?\\]+/gi, "$1[^/?]+");
  return `^${open}$`;
}

/** How a person would call it. */
export function nameOf({ service, method, path, skip }: RecordedCall): string {
  const plain = path
    .replace(/\\([.?])/g, "$1")
    .replace(/^\^|\$$/g, "")
    .replace(/\[0-9a-f-\]\{36\}/g, "{id}");
  return `${service} ${method} ${plain}${skip === 0 ? "" : ` (${skip + 1})`}`;
}
