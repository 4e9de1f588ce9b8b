// Values that another tool fills in before the app is packed: `${{TEAMS_APP_ID}}` of the Agents Toolkit, `{{BOT_ID}}` and
// `<<APP-ID>>` of Microsoft's samples, `#{BotId}#` and `$(BotId)` of Azure Pipelines, and a value that is nothing but
// `<your app id>`, `[BotId]` or `{BotId}`.
const INSIDE = /\$?\{\{[^{}]*\}\}|<<[^<>]*>>|#\{[^{}]*\}#|\$\([^()]*\)/;
const WHOLE = /^(<[^<>]+>|\[[^[\]]+\]|\{[^{}]+\})$/;

/** Whether a value is left for another tool, or for a person, to fill in. */
export function hasPlaceholder(value: unknown): boolean {
  return typeof value === "string" && (INSIDE.test(value) || WHOLE.test(value));
}

/** The fix for a value that is refused as it stands. @param fix for one that is no placeholder */
export function fixFor(value: unknown, fix: string): string {
  return hasPlaceholder(value)
    ? "It is a placeholder, which the tool that makes the package fills in."
    : fix;
}
