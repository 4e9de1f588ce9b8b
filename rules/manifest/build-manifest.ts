// The manifest of a calling bot, from the settings of the app and the facts of the registration.
import type { Cloud } from "../clouds.js";
import type { Issue } from "../issue.js";
import { formatPath } from "../zod-issues.js";
import { type AppSettings, checkAppTogether, manifestVersionOf } from "./app-settings.js";
import { checkAgainstSchema, type DocumentPath } from "./manifest-schema.js";
import { isAtLeast, schemaUrl } from "./manifest-versions.js";
import { resourceSpecificName } from "./resource-specific.js";

/** What the registration says. */
export interface RegistrationOfApp {
  /** The bot's app id: a GUID. */
  readonly appId: string;
  readonly cloud: Cloud;
}

/** Names of the icons inside the package. */
export const COLOR_ICON = "color.png";
export const OUTLINE_ICON = "outline.png";

/**
 * The manifest, or everything that its schema and Teams refuse, in terms of the settings.
 * Every key is in a fixed order and is written only where it says something, so that the same input is the same text.
 * @param path what the settings are called in messages: `app`
 */
export function buildManifest(
  path: string,
  settings: AppSettings,
  registration: RegistrationOfApp,
): { manifest?: Readonly<Record<string, unknown>>; issues: Issue[] } {
  const manifest = manifestOf(settings, registration);
  const version = manifestVersionOf(settings, registration.cloud);
  const together = checkAppTogether(path, settings, registration.cloud);
  if (together.length > 0) return { issues: together };
  const issues = checkAgainstSchema(manifest, version).map(
    (problem): Issue => ({ path: settingOf(path, problem.path), ...problem.issue }),
  );
  return issues.length === 0 ? { manifest, issues } : { issues };
}

function manifestOf(settings: AppSettings, { appId, cloud }: RegistrationOfApp) {
  const version = manifestVersionOf(settings, cloud);
  const { name, description, developer, resourceSpecificPermissions, validDomains } = settings;
  const rights = resourceSpecificPermissions.map((wanted) => ({
    name: resourceSpecificName(wanted),
    type: "Application",
  }));
  return {
    $schema: schemaUrl(version),
    manifestVersion: version,
    version: settings.version,
    id: settings.id ?? appId,
    developer: {
      name: developer.name,
      websiteUrl: developer.websiteUrl,
      privacyUrl: developer.privacyUrl,
      termsOfUseUrl: developer.termsOfUseUrl,
    },
    name: { short: name.short, full: name.full ?? name.short },
    description: { short: description.short, full: description.full ?? description.short },
    icons: { color: COLOR_ICON, outline: OUTLINE_ICON },
    accentColor: settings.accentColor,
    bots: [
      {
        botId: appId,
        scopes: settings.scopes,
        isNotificationOnly: settings.notificationOnly,
        supportsCalling: settings.calling,
        supportsVideo: settings.video,
      },
    ],
    ...(validDomains.length > 0 ? { validDomains } : {}),
    webApplicationInfo: {
      id: appId,
      // Resource-specific consent needs one, and any will do.
      ...(rights.length > 0 ? { resource: "https://RscBasedStoreApp" } : {}),
    },
    ...(rights.length > 0 && isAtLeast(version, "1.12")
      ? { authorization: { permissions: { resourceSpecific: rights } } }
      : {}),
  };
}

const ELSEWHERE: readonly (readonly [prefix: string, setting: string])[] = [
  ["bots[0].botId", "appId"],
  ["webApplicationInfo.id", "appId"],
  ["bots[0].scopes", "scopes"],
  ["authorization.permissions.resourceSpecific", "resourceSpecificPermissions"],
];

/** Most keys of a manifest are settings of the same name. */
function settingOf(path: string, place: DocumentPath): string {
  const key = formatPath(place);
  const found = ELSEWHERE.find(([prefix]) => key.startsWith(prefix));
  if (found === undefined) return `${path}.${key}`;
  const [prefix, setting] = found;
  return setting === "appId"
    ? setting
    : `${path}.${setting}${key.slice(prefix.length).replace(/\.name$/, "")}`;
}
