// Whether and how an app is sent to the organisation's catalogue, so that sending it again does no harm.
import type { Issue } from "../issue.js";
import { compareAppVersions, nextAppVersion } from "./app-version.js";

/** A version that the catalogue holds. */
export interface PublishedVersion {
  readonly version: string;
  /** `published`, `submitted` (an administrator has to look at it) or `rejected`. */
  readonly state: string;
}

/** What to do. */
export type Publication =
  | { readonly action: "create" }
  | { readonly action: "addVersion" }
  | { readonly action: "nothing"; readonly state: string }
  | { readonly action: "refuse"; readonly issue: Issue };

/**
 * @param version of the package
 * @param versions what the catalogue holds of this app; `undefined` when it has no such app
 * @param path how messages call the version in the package
 */
export function planPublication(
  version: string,
  versions: readonly PublishedVersion[] | undefined,
  path: string,
): Publication {
  if (versions === undefined) return { action: "create" };
  const same = versions.find((other) => compareAppVersions(other.version, version) === 0);
  if (same !== undefined && same.state !== "rejected") {
    return { action: "nothing", state: same.state };
  }
  const newest = versions.reduce(
    (highest, other) => (compareAppVersions(other.version, highest) > 0 ? other.version : highest),
    version,
  );
  if (same === undefined && newest === version) return { action: "addVersion" };
  return {
    action: "refuse",
    issue: {
      path,
      rule:
        same === undefined
          ? `must be higher than ${newest}, which is in the catalogue`
          : `must be higher than ${newest}, because an administrator rejected ${same.version}`,
      whose: "Microsoft Teams",
      got: JSON.stringify(version),
      fix: `Raise it to "${nextAppVersion(newest)}" and build the package again.`,
    },
  };
}

/** What a Graph token says of who is signed in. */
export interface PublisherClaims {
  /** Delegated permissions, separated by spaces; absent from an application's own token. */
  readonly scp?: string | undefined;
}

/** Any one of these, delegated, lets a person publish ("Publish teamsApp"; least privileged first). */
export const PUBLISHING_SCOPES = [
  "AppCatalog.Submit",
  "AppCatalog.ReadWrite.All",
  "Directory.ReadWrite.All",
];

/**
 * An issue for a sign-in with which Graph refuses to publish: an application's own, whatever roles it holds, or a person's
 * through a client that may not.
 */
export function checkPublisher(claims: PublisherClaims): Issue[] {
  const whose = "Microsoft Graph";
  const fix = "Sign in as a person with --sign-in device-code or --sign-in browser.";
  if (claims.scp === undefined) {
    const rule = `must be that of a person with the delegated permission ${PUBLISHING_SCOPES[0]}: an application cannot publish to the catalogue, whatever it is granted`;
    return [{ path: "The sign-in", rule, whose, fix }];
  }
  const held = claims.scp.split(" ");
  if (PUBLISHING_SCOPES.some((scope) => held.includes(scope))) return [];
  const rule = `must have the delegated permission ${PUBLISHING_SCOPES.slice(0, 2).join(" or ")}`;
  return [{ path: "The sign-in", rule, whose, fix }];
}
