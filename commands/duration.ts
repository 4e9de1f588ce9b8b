// A length of time as people write it.
import { type Issue, shown } from "../rules/issue.js";

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };
/** What a timer can hold, and more than anybody waits. */
const LONGEST_HOURS = 24;

/** `90s`, `15m`, `1h`: more than nothing, and at most a day. */
export function readDuration(
  path: string,
  text: string,
): { milliseconds?: number; issues: Issue[] } {
  const [, digits = "", unit = ""] = /^(\d{1,6})([smh])$/.exec(text.trim()) ?? [];
  const milliseconds = Number(digits) * (UNITS[unit] ?? 0);
  if (milliseconds > 0 && milliseconds <= LONGEST_HOURS * 3_600_000) {
    return { milliseconds, issues: [] };
  }
  return {
    issues: [
      {
        path,
        rule: `must be a number of seconds, minutes or hours up to ${LONGEST_HOURS}h`,
        whose: "this package",
        got: shown(text),
        fix: "Write 90s, 15m or 1h.",
      },
    ],
  };
}

/** `2 h`, `14 min`, `45 s`: in the largest unit of which there are two, rounded up. */
export function durationText(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1_000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
}
