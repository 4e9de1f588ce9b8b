// The program that a machine runs: a zip that it fetches, or what its image holds already.
import { type Issue, shown } from "../issue.js";
import { checkUrlShape, shownUrl } from "../url-shape.js";
import { settingPath } from "./setting-path.js";

/** What a stack says of it. */
export interface BotPackage {
  readonly url?: string | undefined;
  readonly sha256?: string | undefined;
  /** The program: its path in the zip, or its whole path on the image. */
  readonly command: string;
}

/** Who reads blobs with a token, whatever the account ("Authorize access to blobs using Microsoft Entra ID"). */
const STORAGE_AUDIENCE = "https://storage.azure.com/";
const BLOB_HOST = /^https:\/\/[a-z0-9]{3,24}\.blob\.core\.(?:windows\.net|usgovcloudapi\.net)\//i;

/** Issues of a package. `hasImage` is whether the machines have an image of the stack's own. */
export function checkBotPackage(path: string, given: BotPackage, hasImage: boolean): Issue[] {
  const { url, sha256, command } = given;
  const at = (setting: string) => settingPath(path, setting);
  if (url !== undefined) {
    return [
      ...checkPackageUrl(at("url"), url),
      ...checkHash(at("sha256"), sha256),
      ...checkCommandInZip(at("command"), command),
    ];
  }
  const issues: Issue[] = [];
  if (sha256 !== undefined) {
    issues.push({
      path: at("sha256"),
      rule: `must be left out without ${at("url")}`,
      whose: "this package",
      fix: "Give the URL of the zip that it belongs to, or remove it.",
    });
  }
  if (!hasImage) {
    issues.push({
      path: at("url"),
      rule: "must be given unless an image holds the bot",
      whose: "this package",
      fix: "Give the https URL of a zip of the bot, or the id of an image that has it.",
    });
    return issues;
  }
  return [...issues, ...checkCommandOnImage(at("command"), command)];
}

/** For whom a token of the identity fetches the package; undefined where anybody may read it. */
export function packageAudience(url: string): string | undefined {
  return BLOB_HOST.test(url) ? STORAGE_AUDIENCE : undefined;
}

function checkPackageUrl(path: string, url: string): Issue[] {
  if (url.includes("?")) {
    return [
      {
        path,
        rule: "must have no query, because a signature in it would stand in the state in plain text",
        whose: "this package",
        got: shownUrl(url),
        fix: "Give the host's identity the role Storage Blob Data Reader on the storage account, and the URL alone.",
      },
    ];
  }
  return checkUrlShape(path, url, {
    whose: "this package",
    example: "https://contoso.blob.core.windows.net/builds/bot-1.4.2.zip",
    allowLocalhost: false,
    httpOnLocalhost: false,
  });
}

function checkHash(path: string, sha256: string | undefined): Issue[] {
  if (sha256 !== undefined && /^[0-9a-f]{64}$/i.test(sha256)) return [];
  return [
    {
      path,
      rule: "must be the SHA-256 of the zip, 64 hexadecimal digits",
      whose: "this package",
      ...(sha256 === undefined ? {} : { got: shown(sha256) }),
      fix: "Take it from the build: `certutil -hashfile bot.zip SHA256` or `sha256sum bot.zip`.",
    },
  ];
}

function checkCommandInZip(path: string, command: string): Issue[] {
  const steps = command.split(/[\\/]/);
  const isBelow = steps.every((step) => /^[^<>:"|?*\p{Cc}]+$/u.test(step) && !/^\.+$/.test(step));
  if (isBelow && /\.exe$/i.test(command)) return [];
  return [
    {
      path,
      rule: "must be the path of a program in the zip",
      whose: "this package",
      got: shown(command),
      fix: "Write it relative to the top of the zip, as in EchoBot.exe.",
    },
  ];
}

function checkCommandOnImage(path: string, command: string): Issue[] {
  const [drive = "", ...steps] = command.split(/[\\/]/);
  const isWhole = /^[a-z]:$/i.test(drive) && steps.length > 0;
  if (isWhole && checkCommandInZip(path, steps.join("\\")).length === 0) return [];
  return [
    {
      path,
      rule: "must be the whole path of a program on the image",
      whose: "this package",
      got: shown(command),
      fix: "Write it as in C:\\bot\\EchoBot.exe.",
    },
  ];
}
