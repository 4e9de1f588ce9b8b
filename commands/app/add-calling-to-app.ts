// `app add-calling`: calling for the bot of an app that exists, in place.
import { resolve } from "node:path";
import { writeFileWhole } from "../../files/file-access.js";
import type { Issue } from "../../rules/issue.js";
import { addCalling } from "../../rules/manifest/add-calling.js";
import { checkAppFiles } from "../../rules/manifest/app-files.js";
import { openApp } from "../../rules/manifest/open-package.js";
import type { Report } from "../report.js";
import type { Surroundings } from "../surroundings.js";
import { readApp } from "./read-app.js";

export interface AddCallingToAppOptions {
  readonly file: string;
  /** @default false */
  readonly video?: boolean;
  /** @default false */
  readonly upgrade?: boolean;
}

const NOTHING_WRITTEN = "Nothing was written.";

export function addCallingToApp(
  surroundings: Surroundings,
  options: AddCallingToAppOptions,
): Report {
  const { file } = options;
  const refuse = (issues: readonly Issue[]): Report => ({
    lines: [],
    issues,
    afterIssues: NOTHING_WRITTEN,
    data: { file, changed: false },
  });
  const { app, issues } = readApp(surroundings, file);
  if (app === undefined) return refuse(issues);
  const { added, issues: unfit } = addCalling(app.manifest, options);
  if (added === undefined) return refuse(unfit);
  const version = String(app.manifest.value["manifestVersion"]);
  const broken = checkAppFiles(app, version, false).issues;
  if (broken.length > 0) return refuse(broken);

  const { text, changes, kept: warnings } = added;
  const data = { file, changed: changes.length > 0, changes };
  if (changes.length === 0) {
    const lines = [`${file} has calling already; it stays as it is.`];
    return { lines, issues: [], warnings, data };
  }
  const result = app.withManifest(text);
  // The result is opened as the original was, so that what is written can be read again.
  const again = openApp(file, result);
  if (again.app?.manifest.text !== text) return refuse(again.issues);
  const unwritten = writeFileWhole(resolve(surroundings.cwd, file), file, result);
  if (unwritten.length > 0) return refuse(unwritten);
  const lines = [
    `${file} has calling now.`,
    ...changes.map((change) => `  ${change}`),
    "Next: raise version in the manifest, publish the app and reinstall it.",
  ];
  return { lines, issues: [], warnings, data };
}
