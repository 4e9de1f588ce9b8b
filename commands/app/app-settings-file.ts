// The settings of an app in a file of JSON or YAML, which may be a stack's own.
import { resolve } from "node:path";
import { parseDocument } from "yaml";
import { readFile } from "../../files/file-access.js";
import { Cloud } from "../../rules/clouds.js";
import type { Issue } from "../../rules/issue.js";
import { type AppSettings, appSettings } from "../../rules/manifest/app-settings.js";
import { parseWithIssues } from "../../rules/zod-issues.js";
import type { Surroundings } from "../surroundings.js";

const MOST_BYTES = 1024 * 1024;

interface SettingsRead {
  readonly settings?: AppSettings;
  /** What the settings are called in messages. */
  readonly path: string;
  readonly cloud?: Cloud;
  readonly issues: Issue[];
}

/** The settings in a file, checked one by one, or what is wrong with them. */
export function readSettings({ cwd }: Surroundings, file: string): SettingsRead {
  const { bytes, issues } = readFile(resolve(cwd, file), file, MOST_BYTES);
  if (bytes === undefined) return { path: file, issues };
  const { content, issues: broken } = parsed(file, bytes);
  if (broken.length > 0) return { path: file, issues: broken };
  const { found, path, cloud } = settingsIn(file, content);
  if (found === undefined) return { path, issues: [noSettings(file)] };
  const { value, issues: wrong } = parseWithIssues(appSettings, found);
  const placed = wrong.map((issue) => ({ ...issue, path: inside(path, issue.path) }));
  return {
    path,
    issues: placed,
    ...(value === undefined ? {} : { settings: value }),
    ...(cloud === undefined ? {} : { cloud }),
  };
}

function inside(path: string, setting: string): string {
  return setting === "the configuration" ? path : `${path}.${setting}`;
}

function noSettings(file: string): Issue {
  return {
    path: file,
    rule: "must hold the settings of the app, as JSON or YAML",
    whose: "this package",
    fix: "Write the block `app` of a stack's configuration: name, description, developer.",
  };
}

/** What the file holds; JSON is YAML as well. */
function parsed(file: string, bytes: Uint8Array): { content?: unknown; issues: Issue[] } {
  const refuse = (place: string, why: string, fix: string): { issues: Issue[] } => ({
    issues: [
      { path: `${file}${place}`, rule: `must be JSON or YAML, and ${why}`, whose: "YAML", fix },
    ],
  });
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refuse("", "this is no UTF-8 text", "Give the file with the settings of the app.");
  }
  const document = parseDocument(text);
  const [problem] = document.errors;
  if (problem !== undefined) {
    const { line, col } = problem.linePos?.[0] ?? { line: 1, col: 1 };
    const why = problem.message.split(/ at line | \(\d+:\d+\)|\n/)[0] ?? "it is broken";
    return refuse(`:${line}:${col}`, why, "Correct that line.");
  }
  try {
    // Aliases are limited: a few lines of YAML can stand for gigabytes.
    return { content: document.toJS({ maxAliasCount: 10 }), issues: [] };
  } catch {
    return refuse("", "its aliases stand for too much", "Write the values themselves.");
  }
}

/** The block itself, under `app`, or under `<project>:app` in a stack's file. */
function settingsIn(
  file: string,
  content: unknown,
): { found?: unknown; path: string; cloud?: Cloud } {
  if (typeof content !== "object" || content === null) return { path: file };
  const config: unknown = Reflect.get(content, "config");
  if (typeof config === "object" && config !== null) {
    const key = Object.keys(config).find((name) => /^[^:]+:app$/.test(name));
    if (key === undefined) return { path: file };
    const cloud: unknown = Reflect.get(config, key.replace(/:app$/, ":cloud"));
    const known = Object.values(Cloud).find((name) => name === cloud);
    const found: unknown = Reflect.get(config, key);
    return { found, path: "app", ...(known === undefined ? {} : { cloud: known }) };
  }
  const block: unknown = Reflect.get(content, "app");
  return { found: block ?? content, path: "app" };
}
