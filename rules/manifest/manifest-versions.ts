// The versions of the Teams app manifest: which exist, and from which on it can say what a calling bot has to say.
import { Cloud } from "../clouds.js";
import { type Issue, shown } from "../issue.js";
import { nearest } from "../nearest.js";

/** Every version with a published schema, oldest first, as `manifestVersion` spells it. There is no 1.18. */
export const MANIFEST_VERSIONS: readonly string[] = [
  ...range(0, 17),
  ...range(19, 30),
  "devPreview",
];

function range(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, i) => `1.${first + i}`);
}

/** The newest version that is no preview. */
export const NEWEST_STABLE = "1.30";
/** `supportsCalling` and `supportsVideo` are in the schemas from here on; earlier ones forbid them. */
export const FIRST_WITH_CALLING = "1.8";
/** `authorization.permissions.resourceSpecific` is in the schemas from here on. */
export const FIRST_WITH_RESOURCE_SPECIFIC = "1.12";
/**
 * The newest version for GCC High and DoD. It is ServiceNow's page on GCC High that says so; what Microsoft allows there
 * today is unverified, so the version that is known to have worked is the limit.
 */
export const NEWEST_IN_GOVERNMENT = "1.10";

/** The newest version that a cloud takes. */
export function newestManifestVersion(cloud: Cloud): string {
  return isGovernment(cloud) ? NEWEST_IN_GOVERNMENT : NEWEST_STABLE;
}

/** Whether `version` is `first` or a later one. Previews count as the latest; an unknown version as none. */
export function isAtLeast(version: string, first: string): boolean {
  return MANIFEST_VERSIONS.indexOf(version) >= MANIFEST_VERSIONS.indexOf(first);
}

/** The folder that a version has in the addresses of the schemas: `v1.17`, `vDevPreview`. */
export function schemaFolder(version: string): string {
  return version === "devPreview" ? "vDevPreview" : `v${version}`;
}

/** The address that `$schema` names. */
export function schemaUrl(version: string): string {
  return `https://developer.microsoft.com/json-schemas/teams/${schemaFolder(version)}/MicrosoftTeams.schema.json`;
}

/** An issue for a version that has no schema. */
export function checkManifestVersion(path: string, version: unknown): Issue[] {
  if (typeof version === "string" && MANIFEST_VERSIONS.includes(version)) return [];
  const rule = `must be a published version of the manifest: ${MANIFEST_VERSIONS[0]} to ${NEWEST_STABLE} without 1.18, or devPreview`;
  const whose = "Microsoft Teams";
  if (version === undefined) {
    return [{ path, rule, whose, fix: `Add "manifestVersion": "${NEWEST_STABLE}".` }];
  }
  const isWord = typeof version === "string" && !/^[\d.]+$/.test(version);
  const meant = isWord ? nearest(version, MANIFEST_VERSIONS) : undefined;
  const spelt = typeof version === "number" ? "Put quotes around it, and write" : "Write";
  const fix = `${spelt} the version that the manifest was written for, such as "${meant ?? NEWEST_STABLE}".`;
  return [{ path, rule, whose, got: shown(version), fix }];
}

/** An issue for a version that a government cloud does not take. */
export function checkVersionInCloud(path: string, version: string, cloud: Cloud): Issue[] {
  if (!isGovernment(cloud) || !isAtLeast(version, NEWEST_IN_GOVERNMENT)) return [];
  if (version === NEWEST_IN_GOVERNMENT) return [];
  return [
    {
      path,
      rule: `must be ${NEWEST_IN_GOVERNMENT} or earlier in the cloud ${cloud}`,
      whose: "Microsoft Teams",
      got: shown(version),
      fix: `Write "${NEWEST_IN_GOVERNMENT}".`,
    },
  ];
}

function isGovernment(cloud: Cloud): boolean {
  return cloud === Cloud.GccHigh || cloud === Cloud.Dod;
}
