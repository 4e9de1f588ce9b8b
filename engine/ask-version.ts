// Asks an engine for its version and judges the answer: a broken or hanging one is found out here.

import semver from "semver";
import { runBounded } from "./bounded-process.js";
import { testedEngineVersion } from "./version.js";

/** How long `pulumi version` may take, in milliseconds; it takes about 300. */
const answerLimitMs = 10_000;

/** The version that an executable reports, or why it cannot be used. */
export type VersionAnswer =
  | { readonly version: string; readonly problem?: undefined }
  | { readonly version?: undefined; readonly problem: string };

/** How an executable is asked. */
export interface AskVersionOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds until it counts as hanging. @default 10,000 */
  readonly limitMs?: number;
}

/** Asks an executable for its version and judges the answer. */
export async function askVersion(
  executable: string,
  { signal, limitMs = answerLimitMs }: AskVersionOptions = {},
): Promise<VersionAnswer> {
  const result = await runBounded(executable, ["version"], {
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    limitMs,
    ...(signal === undefined ? {} : { signal }),
  });
  if (result.problem !== undefined) return { problem: `it ${result.problem}` };
  if (result.code !== 0) return { problem: `"pulumi version" ended with code ${result.code}` };
  const version = semver.parse(result.stdout.trim());
  if (version === null) return { problem: `"pulumi version" did not print a version` };
  if (version.major !== semver.major(testedEngineVersion)) {
    return {
      problem: `version ${version} is of another major version than ${testedEngineVersion}`,
    };
  }
  if (semver.lt(version, testedEngineVersion)) {
    return { problem: `version ${version} is older than ${testedEngineVersion}` };
  }
  return { version: version.version };
}
