// `app validate`: everything that is wrong with an app, without changing it.
import { checkApp } from "../../rules/manifest/check-app.js";
import type { Report } from "../report.js";
import type { Surroundings } from "../surroundings.js";
import { readApp } from "./read-app.js";
import { type RegistrationOptions, registrationFacts } from "./registration-facts.js";

export interface ValidateOptions extends RegistrationOptions {
  readonly file: string;
}

export async function validateApp(
  surroundings: Surroundings,
  options: ValidateOptions,
): Promise<Report> {
  const { file } = options;
  const { facts, issues: unclear } = await registrationFacts(surroundings, options);
  const { app, issues: unreadable } = readApp(surroundings, file);
  if (app === undefined || unclear.length > 0) {
    const issues = [...unclear, ...unreadable];
    return { lines: [], issues, data: { file } };
  }
  const { issues, warnings } = checkApp(app, facts);
  const version = String(app.manifest.value["manifestVersion"]);
  const what = app.files === undefined ? "manifest" : "package";
  const lines = [`${file} is a valid Teams app ${what} of version ${version}.`];
  const data = { file, manifestVersion: version };
  return { lines, issues, warnings, data };
}
