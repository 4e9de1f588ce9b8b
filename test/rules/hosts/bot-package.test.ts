import { describe, expect, it } from "vitest";
import {
  type BotPackage,
  checkBotPackage,
  packageAudience,
} from "../../../rules/hosts/bot-package.js";
import { formatIssue } from "../../../rules/issue.js";

const GOOD = {
  url: "https://contoso.blob.core.windows.net/builds/bot.zip",
  sha256: "0123456789abcdef".repeat(4),
  command: "EchoBot.exe",
};

function refusals(given: Partial<BotPackage>, hasImage = false): string[] {
  return checkBotPackage("host.package", { command: "EchoBot.exe", ...given }, hasImage).map(
    formatIssue,
  );
}

describe("a bot's package", () => {
  it("is a zip with its hash and the program in it", () => {
    expect(refusals(GOOD)).toEqual([]);
    expect(refusals({ ...GOOD, command: "app/bin/EchoBot.exe" })).toEqual([]);
  });

  it("carries no signature in its URL, which would be a secret in the state", () => {
    const sas = `${GOOD.url}?sv=2024-01-01&sig=c2VjcmV0`;
    expect(refusals({ ...GOOD, url: sas })).toEqual([
      'host.package.url must have no query, because a signature in it would stand in the state in plain text (this package), got "https://contoso.blob.core.windows.net/builds/bot.zip?...". Give the host\'s identity the role Storage Blob Data Reader on the storage account, and the URL alone.',
    ]);
  });

  it("is fetched over https and checked", () => {
    expect(refusals({ ...GOOD, url: "http://contoso.com/bot.zip", sha256: "abc" })).toEqual([
      'host.package.url must start with https:// (this package), got "http://contoso.com/bot.zip". Serve it over TLS and write https://contoso.com.',
      'host.package.sha256 must be the SHA-256 of the zip, 64 hexadecimal digits (this package), got "abc". Take it from the build: `certutil -hashfile bot.zip SHA256` or `sha256sum bot.zip`.',
    ]);
    expect(refusals({ url: GOOD.url })).toHaveLength(1);
  });

  it.each([
    "",
    "..\\Bot.exe",
    "a/../../Bot.exe",
    "C:\\Bot.exe",
    "\\Bot.exe",
    'Bot".exe',
    "bot.ps1",
  ])("runs nothing but a program in it, not %j", (command) => {
    expect(refusals({ ...GOOD, command })).toEqual([
      `host.package.command must be the path of a program in the zip (this package), got ${JSON.stringify(command)}. Write it relative to the top of the zip, as in EchoBot.exe.`,
    ]);
  });

  it("may be left out where an image holds the bot", () => {
    expect(refusals({ command: "C:\\bot\\EchoBot.exe" }, true)).toEqual([]);
    expect(refusals({ command: "EchoBot.exe" }, true)).toEqual([
      'host.package.command must be the whole path of a program on the image (this package), got "EchoBot.exe". Write it as in C:\\bot\\EchoBot.exe.',
    ]);
    expect(refusals({ command: "C:\\..\\EchoBot.exe" }, true)).toHaveLength(1);
    expect(refusals({ sha256: GOOD.sha256 })).toEqual([
      "host.package.sha256 must be left out without host.package.url (this package). Give the URL of the zip that it belongs to, or remove it.",
      "host.package.url must be given unless an image holds the bot (this package). Give the https URL of a zip of the bot, or the id of an image that has it.",
    ]);
  });

  it("is read from a blob with a token, and from elsewhere without one", () => {
    expect(packageAudience(GOOD.url)).toBe("https://storage.azure.com/");
    expect(packageAudience("https://contoso.com/bot.zip")).toBeUndefined();
    expect(packageAudience("https://x.blob.core.windows.net.contoso.com/bot.zip")).toBeUndefined();
  });
});
