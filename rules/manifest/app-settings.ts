// What somebody says about the Teams app, in a stack's configuration or in a file: the one schema of both.
import { z } from "zod";
import type { Cloud } from "../clouds.js";
import { checkGuid } from "../guid.js";
import type { Issue } from "../issue.js";
import { checked } from "../zod-issues.js";
import { checkAppVersion } from "./app-version.js";
import {
  checkManifestVersion,
  checkVersionInCloud,
  FIRST_WITH_CALLING,
  FIRST_WITH_RESOURCE_SPECIFIC,
  isAtLeast,
  newestManifestVersion,
} from "./manifest-versions.js";
import { checkResourceSpecificName } from "./resource-specific.js";
import { checkValidDomain } from "./valid-domains.js";

/** Where people can use the bot. */
export enum BotScope {
  Personal = "personal",
  Team = "team",
  GroupChat = "groupChat",
  /** From manifest version 1.21. */
  Copilot = "copilot",
}

const text = checked(z.string(), (path, value) =>
  value.trim() === "" || /\p{Cc}/u.test(value.replaceAll("\n", ""))
    ? [
        {
          path,
          rule: "must not be empty, nor hold control characters",
          whose: "Microsoft Teams",
          fix: "Fill it in.",
        },
      ]
    : [],
);

const page = checked(z.string(), (path, url) => {
  if (/^https:\/\/[^\s/]/i.test(url) && URL.canParse(url)) return [];
  const fix = "Give the address of the page, such as https://contoso.com/privacy.";
  return [{ path, rule: "must be an https URL", whose: "Microsoft Teams", fix }];
});

const filePath = checked(z.string(), (path, file) =>
  isInside(file)
    ? []
    : [
        {
          path,
          rule: "must be a path inside the project, relative to it",
          whose: "this package",
          got: JSON.stringify(file),
          fix: "Write it as in teams-app/color.png.",
        },
      ],
);

/** Whether a path stays inside the folder it is relative to, on Windows as well. */
export function isInside(file: string): boolean {
  const parts = file.split(/[\\/]/);
  return file.trim() !== "" && !/^[\\/]|^[a-z]:/i.test(file) && !parts.includes("..");
}

/** The settings of an app; what is left out has the default shown. */
export const appSettings = z.strictObject({
  id: checked(z.string(), (path, id) => checkGuid(path, id, "the app's own id")).exactOptional(),
  name: z
    .strictObject({
      short: text.describe("what people see, at most 30 characters"),
      full: text.exactOptional(),
    })
    .describe("the app's name: short, and full if it is longer than 30 characters"),
  description: z
    .strictObject({
      short: text.describe("one sentence, at most 80 characters"),
      full: text.exactOptional(),
    })
    .describe("what the app is for: short and full"),
  developer: z
    .strictObject({
      name: text.describe("who makes the app, at most 32 characters"),
      websiteUrl: page.describe("the https URL of a page about the app"),
      privacyUrl: page.describe("the https URL of its privacy statement"),
      termsOfUseUrl: page.describe("the https URL of its terms of use"),
    })
    .describe("who makes the app: name, websiteUrl, privacyUrl and termsOfUseUrl"),
  version: checked(z.string(), checkAppVersion).default("1.0.0"),
  manifestVersion: checked(z.string(), (path, version) =>
    checkManifestVersion(path, version),
  ).exactOptional(),
  scopes: z.array(z.enum(BotScope)).default([BotScope.Personal, BotScope.Team, BotScope.GroupChat]),
  calling: z.boolean().default(true),
  video: z.boolean().default(false),
  notificationOnly: z.boolean().default(false),
  resourceSpecificPermissions: z.array(checked(z.string(), checkResourceSpecificName)).default([]),
  validDomains: z.array(checked(z.string(), checkValidDomain)).default([]),
  accentColor: z.string().default("#4464EE"),
  icons: z
    .strictObject({
      color: filePath.describe("the path of a PNG of 192x192 pixels"),
      outline: filePath.describe("the path of a PNG of 32x32 pixels, white on transparent"),
    })
    .exactOptional(),
  packagePath: filePath.exactOptional(),
});

/** What was said about an app, with its defaults. */
export type AppSettings = z.output<typeof appSettings>;

/** What can be said about an app. */
export type AppSettingsInput = z.input<typeof appSettings>;

/** The version that the manifest gets: the one that was asked for, or the newest stable one that the cloud takes. */
export function manifestVersionOf(settings: AppSettings, cloud: Cloud): string {
  return settings.manifestVersion ?? newestManifestVersion(cloud);
}

/** Issues of settings that contradict or need each other. `path` is what the settings are called: `app`. */
export function checkAppTogether(path: string, settings: AppSettings, cloud: Cloud): Issue[] {
  const version = manifestVersionOf(settings, cloud);
  const whose = "Microsoft Teams";
  const issues = checkVersionInCloud(`${path}.manifestVersion`, version, cloud);
  if (!isAtLeast(version, FIRST_WITH_CALLING)) {
    issues.push({
      path: `${path}.manifestVersion`,
      rule: `must be ${FIRST_WITH_CALLING} or later for a bot that takes calls`,
      whose,
      got: `"${version}"`,
      fix: "Leave it out to get the newest.",
    });
  }
  if (
    settings.resourceSpecificPermissions.length > 0 &&
    !isAtLeast(version, FIRST_WITH_RESOURCE_SPECIFIC)
  ) {
    issues.push({
      path: `${path}.resourceSpecificPermissions`,
      rule: `must be empty for a manifest before version ${FIRST_WITH_RESOURCE_SPECIFIC}, and this one is ${version}`,
      whose,
      fix: "Raise manifestVersion where the cloud allows it, or ask for app roles in permissions.",
    });
  }
  if (settings.video && !settings.calling) {
    issues.push({
      path: `${path}.video`,
      rule: "must be false for an app without calling",
      whose,
      fix: "Set calling to true as well, or remove video.",
    });
  }
  return issues;
}
