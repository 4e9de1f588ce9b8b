// The app package: manifest and icons in one zip, whose bytes follow from the settings alone.
import { createHash } from "node:crypto";
import type { Issue } from "../issue.js";
import type { AppSettings } from "./app-settings.js";
import {
  buildManifest,
  COLOR_ICON,
  OUTLINE_ICON,
  type RegistrationOfApp,
} from "./build-manifest.js";
import { defaultColorIcon, defaultOutlineIcon } from "./default-icons.js";
import { checkIcon, IconKind } from "./icon-check.js";
import { deterministicZip } from "./zip-write.js";

/** The icons' bytes, for settings that name files; whoever calls has read them. */
export interface IconFiles {
  readonly color: Uint8Array;
  readonly outline: Uint8Array;
}

export interface AppPackage {
  readonly zip: Uint8Array;
  /** Of the zip, in lower-case hexadecimal digits. */
  readonly sha256: string;
  /** The manifest's text. */
  readonly manifest: string;
}

/**
 * The package, or every reason why there is none. Warnings do not stop it.
 * @param path what the settings are called in messages: `app`
 * @param icons the plain default pair when left out
 */
export function buildPackage(
  path: string,
  settings: AppSettings,
  registration: RegistrationOfApp,
  icons?: IconFiles,
): { package?: AppPackage; issues: Issue[]; warnings: Issue[] } {
  const { manifest, issues } = buildManifest(path, settings, registration);
  const checks = icons === undefined ? [] : iconChecks(path, icons);
  const problems = [...issues, ...checks.flatMap((check) => check.issues)];
  const warnings = checks.flatMap((check) => check.warnings);
  if (manifest === undefined || problems.length > 0) return { issues: problems, warnings };

  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  const zip = deterministicZip([
    ["manifest.json", new TextEncoder().encode(text)],
    [COLOR_ICON, icons?.color ?? defaultColorIcon(settings.accentColor)],
    [OUTLINE_ICON, icons?.outline ?? defaultOutlineIcon()],
  ]);
  const sha256 = createHash("sha256").update(zip).digest("hex");
  return { package: { zip, sha256, manifest: text }, issues: [], warnings };
}

function iconChecks(path: string, { color, outline }: IconFiles) {
  return [
    checkIcon(`${path}.icons.color`, color, IconKind.Color),
    checkIcon(`${path}.icons.outline`, outline, IconKind.Outline),
  ];
}
