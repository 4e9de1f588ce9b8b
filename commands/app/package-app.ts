// `app package`: the app package from settings in a file, without Pulumi.
import { resolve } from "node:path";
import { readFile, writeFileWhole } from "../../files/file-access.js";
import { Cloud } from "../../rules/clouds.js";
import type { Issue } from "../../rules/issue.js";
import type { AppSettings } from "../../rules/manifest/app-settings.js";
import { buildPackage, type IconFiles } from "../../rules/manifest/build-package.js";
import type { Report } from "../report.js";
import type { Surroundings } from "../surroundings.js";
import { readSettings } from "./app-settings-file.js";
import { type RegistrationOptions, registrationFacts } from "./registration-facts.js";

export interface PackageOptions extends RegistrationOptions {
  /** Path of the file. */
  readonly settings: string;
  readonly out?: string;
}

export async function packageApp(
  surroundings: Surroundings,
  options: PackageOptions,
): Promise<Report> {
  const { cwd } = surroundings;
  const refuse = (issues: readonly Issue[]): Report => ({
    lines: [],
    issues,
    afterIssues: "Nothing was written.",
  });

  const read = readSettings(surroundings, options.settings);
  const { facts, issues: unclear } = await registrationFacts(surroundings, options);
  const missing = facts.appId === undefined && unclear.length === 0 ? [NO_APP_ID] : [];
  if (read.settings === undefined || facts.appId === undefined || unclear.length > 0) {
    return refuse([...read.issues, ...unclear, ...missing]);
  }
  const { settings, path } = read;
  const icons = readIcons(surroundings, path, settings);
  if (icons.issues.length > 0) return refuse(icons.issues);
  const out = options.out ?? settings.packagePath;
  if (out === undefined) return refuse([NO_PLACE]);

  const registration = { appId: facts.appId, cloud: facts.cloud ?? read.cloud ?? Cloud.Public };
  const built = buildPackage(path, settings, registration, icons.files);
  if (built.package === undefined) return refuse(built.issues);
  const { zip, sha256 } = built.package;
  const unwritten = writeFileWhole(resolve(cwd, out), out, zip);
  if (unwritten.length > 0) return refuse(unwritten);
  const lines = [`${out} holds the app package, ${zip.length} bytes.`, `sha256 ${sha256}`];
  const { warnings } = built;
  return { lines, issues: [], warnings, data: { path: out, sha256 } };
}

const NO_APP_ID: Issue = {
  path: "--app-id",
  rule: "must be given, unless --stack or --outputs says which bot",
  whose: "this package",
  fix: "Give the bot's app id, also called client id.",
};

const NO_PLACE: Issue = {
  path: "--out",
  rule: "must be given, unless packagePath stands in the settings",
  whose: "this package",
  fix: "Give the path of the package, such as teams-app/app.zip.",
};

const MOST_ICON_BYTES = 1024 * 1024;

function readIcons(
  { cwd }: Surroundings,
  path: string,
  { icons }: AppSettings,
): { files?: IconFiles; issues: Issue[] } {
  if (icons === undefined) return { issues: [] };
  const color = readFile(resolve(cwd, icons.color), `${path}.icons.color`, MOST_ICON_BYTES);
  const outline = readFile(resolve(cwd, icons.outline), `${path}.icons.outline`, MOST_ICON_BYTES);
  const issues = [...color.issues, ...outline.issues];
  if (color.bytes === undefined || outline.bytes === undefined) return { issues };
  return { files: { color: color.bytes, outline: outline.bytes }, issues };
}
