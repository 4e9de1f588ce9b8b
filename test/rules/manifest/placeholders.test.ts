import { describe, expect, it } from "vitest";
import { hasPlaceholder } from "../../../rules/manifest/placeholders.js";

describe("a placeholder", () => {
  it.each([
    "$" + "{{TEAMS_APP_ID}}",
    "https://{{BOT_DOMAIN}}/privacy",
    "<<APP-ID>>",
    "#{BotId}#",
    "$(BotId)",
    "<YOUR-MICROSOFT-APP-ID>",
    "[BotId]",
    "{TODO: BotId}",
  ])("is %s", (value) => {
    expect(hasPlaceholder(value)).toBe(true);
  });

  it.each([
    "",
    "b5561ec9-8cab-4aa3-8aa2-d8d7172e4311",
    "a < b and c > d",
    "[draft] Reception",
    "{}",
    "#ffffff",
    7,
    undefined,
    { id: "{{A}}" },
  ])("is not %j", (value) => {
    expect(hasPlaceholder(value)).toBe(false);
  });
});
