// The version of an app: three numbers, and it has to rise whenever something is published.
import { type Issue, shown } from "../issue.js";

/** An issue unless it is three numbers, the first at least 1 (error codes VersionContainsOnlyNumbersDotSeparated and VersionHasMajorLessThan1). */
export function checkAppVersion(path: string, version: string): Issue[] {
  if (/^[1-9]\d{0,8}(\.(0|[1-9]\d{0,8})){2}$/.test(version)) return [];
  return [
    {
      path,
      rule: "must be three numbers with dots between them, the first at least 1",
      whose: "Microsoft Teams",
      got: shown(version),
      fix: "Write it as in 1.0.0, in quotes.",
    },
  ];
}

/** Negative when `a` is the earlier one, positive when it is the later one, 0 for the same; a part that is missing is 0. */
export function compareAppVersions(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)];
  const differing = left.map((part, i) => part - (right[i] ?? 0)).find((part) => part !== 0);
  return differing ?? 0;
}

/** The next one to publish: `1.4.2` becomes `1.4.3`. */
export function nextAppVersion(version: string): string {
  const [major = 1, minor = 0, patch = 0] = numbers(version);
  return `${major}.${minor}.${patch + 1}`;
}

function numbers(version: string): number[] {
  const parts = version.split(/[.\-+]/);
  return [0, 1, 2].map((i) => Number.parseInt(parts[i] ?? "0", 10) || 0);
}
