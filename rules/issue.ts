// A problem as one sentence a person can act on, and the one error that carries all of them at once.
// Every check in this folder returns issues; only `throwIfAny` throws.

/** One broken rule. The texts `rule` and `whose` are written so that {@link formatIssue} reads as a sentence. */
export interface Issue {
  /** Where the value stands, as the person wrote it: `host.callingWebhook`, `replyUrls[2]`. */
  readonly path: string;
  /** What must be true: `must start with https://`. */
  readonly rule: string;
  /** Who demands it: `Azure Bot Service`, `Microsoft Entra ID`, `this package`. */
  readonly whose: string;
  /** The refused value as it may be shown (see {@link shown}). Left out when it is absent or may be a secret. */
  readonly got?: string;
  /** What to do now: a whole sentence with its full stop. */
  readonly fix: string;
}

const LONGEST_SHOWN = 120;

/** `<path> <rule> (<whose>), got <got>. <fix>`; without `, got ...` when there is nothing to show. */
export function formatIssue(issue: Issue): string {
  const got = issue.got === undefined ? "" : `, got ${issue.got}`;
  return onOneLine(`${issue.path} ${issue.rule} (${issue.whose})${got}. ${issue.fix}`);
}

/** What a person wrote may hold signs that move a terminal's cursor, or turn the direction of the text: they are shown by number. */
function onOneLine(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A value for {@link Issue.got}: text in quotes on one line and cut when long, a list or object by its kind only. */
export function shown(value: unknown): string {
  if (typeof value === "string") {
    return JSON.stringify(
      value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}...` : value,
    );
  }
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

/** All problems of one reading, one a line, below a line that says how many. */
export class RulesError extends Error {
  readonly issues: readonly Issue[];

  /** @param nothingWasCreated whether that can be said: only where nothing at all was made yet. @default false */
  constructor(issues: readonly Issue[], { nothingWasCreated = false } = {}) {
    const count = issues.length === 1 ? "1 problem" : `${issues.length} problems`;
    const created = nothingWasCreated ? ". Nothing was created" : "";
    const lines = issues.map((issue) => `  ${formatIssue(issue)}`);
    super([`${count} in the configuration of this stack${created}:`, ...lines].join("\n"));
    this.name = "RulesError";
    this.issues = issues;
  }
}

/** Throws a {@link RulesError} when there is at least one issue. */
export function throwIfAny(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new RulesError(issues);
}
