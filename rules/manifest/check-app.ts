// Everything that can be said about an app before Teams sees it: the schema of its version, then what no schema can say.
import type { Cloud } from "../clouds.js";
import type { Issue } from "../issue.js";
import { checkBot } from "./add-calling.js";
import { checkAppFiles } from "./app-files.js";
import { checkAgainstSchema } from "./manifest-schema.js";
import { locate, placeIn } from "./manifest-text.js";
import { checkManifestVersion, checkVersionInCloud } from "./manifest-versions.js";
import type { OpenedApp } from "./open-package.js";
import { checkPublishing } from "./publishing-rules.js";

/** What the app has to agree with. */
export interface Expected {
  /** The bot's app id. @default not compared */
  readonly appId?: string;
  /** @default not compared */
  readonly cloud?: Cloud;
}

/** What is wrong with an app. */
export interface AppFindings {
  /** Reasons for Teams to refuse it, or for the bot not to work. */
  readonly issues: readonly Issue[];
  /** What works, but maybe not as it was meant. */
  readonly warnings: readonly Issue[];
}

/** Checks a package or a manifest alone; for the latter nothing is said about icons and other files. */
export function checkApp(app: OpenedApp, expected: Expected = {}): AppFindings {
  const { manifest } = app;
  const version = manifest.value["manifestVersion"];
  const versionPlace = placeIn(manifest, ["manifestVersion"]);
  const unknown = checkManifestVersion(versionPlace, version);
  const { bots } = manifest.value;
  const hasNone = bots === undefined || (Array.isArray(bots) && bots.length === 0);
  const bot = hasNone ? [] : checkBot(manifest);
  if (unknown.length > 0 || bot.length > 0) return { issues: [...unknown, ...bot], warnings: [] };

  const known = String(version);
  const schema = checkAgainstSchema(manifest.value, known).map((found) => locate(manifest, found));
  const inCloud =
    expected.cloud === undefined ? [] : checkVersionInCloud(versionPlace, known, expected.cloud);
  const publishing = checkPublishing(manifest, known);
  const files = checkAppFiles(app, known);
  const said = new Set(schema.map(({ path }) => path));
  return {
    issues: [
      ...schema,
      ...inCloud,
      ...[...publishing.issues, ...checkIds(app, expected)].filter(({ path }) => !said.has(path)),
      ...files.issues,
    ],
    warnings: [...publishing.warnings, ...files.warnings],
  };
}

function checkIds({ manifest }: OpenedApp, { appId }: Expected): Issue[] {
  if (appId === undefined) return [];
  const { bots, webApplicationInfo } = manifest.value;
  const bot: unknown = Array.isArray(bots) ? bots[0] : undefined;
  const ids = [
    { path: ["bots", 0, "botId"], id: member(bot, "botId") },
    { path: ["webApplicationInfo", "id"], id: member(webApplicationInfo, "id") },
  ];
  return ids
    .filter(({ id }) => typeof id === "string" && id.toLowerCase() !== appId.toLowerCase())
    .map(({ path, id }) => ({
      path: placeIn(manifest, path),
      rule: "must be the app id of the bot that is registered",
      whose: "Microsoft Teams",
      got: JSON.stringify(id),
      fix: `Write "${appId}", or take the package of the same environment.`,
    }));
}

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
