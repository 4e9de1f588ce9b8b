// What Teams demands of an app when it is published and the schema does not say ("Publish teamsApp", error response codes),
// and what makes a calling bot silent although everything is valid.
import type { Issue } from "../issue.js";
import type { DocumentPath } from "./manifest-schema.js";
import { type JsonText, placeIn } from "./manifest-text.js";
import { isAtLeast, schemaFolder } from "./manifest-versions.js";
import { fixFor, hasPlaceholder } from "./placeholders.js";
import { checkResourceSpecificName } from "./resource-specific.js";
import { checkValidDomain } from "./valid-domains.js";

const WHOSE = "Microsoft Teams";

/** Reasons for a refusal, and warnings. */
export function checkPublishing(
  manifest: JsonText,
  version: string,
): { issues: Issue[]; warnings: Issue[] } {
  const at = (...path: DocumentPath) => valueAt(manifest.value, path);
  const issue = (path: DocumentPath, rule: string, fix: string): Issue => ({
    path: placeIn(manifest, path),
    rule,
    whose: WHOSE,
    fix,
  });

  const issues: Issue[] = [];
  for (const key of ["websiteUrl", "privacyUrl", "termsOfUseUrl"]) {
    const url = at("developer", key);
    if (typeof url === "string" && !/^https:/i.test(url)) {
      const fix = fixFor(url, "Write it with https://.");
      issues.push(issue(["developer", key], "must be an https URL", fix));
    }
  }
  for (const path of [
    ["name", "short"],
    ["description", "short"],
    ["description", "full"],
  ]) {
    if (at(...path) === "") issues.push(issue(path, "must not be empty", "Fill it in."));
  }
  const appVersion = at("version");
  if (typeof appVersion === "string" && !/^\d+(\.\d+){1,2}$/.test(appVersion)) {
    const rule = "must be three numbers with dots between them";
    issues.push({
      ...issue(["version"], rule, fixFor(appVersion, 'Write it as in "1.0.0".')),
      got: JSON.stringify(appVersion),
    });
  }
  const rights = at("authorization", "permissions", "resourceSpecific");
  if (Array.isArray(rights) && rights.length > 0 && !at("webApplicationInfo", "resource")) {
    const rule = "must be given for resource-specific permissions, with any value";
    const fix = 'Add "resource": "https://RscBasedStoreApp" beside the id.';
    issues.push(issue(["webApplicationInfo", "resource"], rule, fix));
  }
  return {
    issues,
    warnings: [...callingWarnings(manifest, issue), ...otherWarnings(manifest, version, issue)],
  };
}

type Say = (path: DocumentPath, rule: string, fix: string) => Issue;

function callingWarnings({ value }: JsonText, say: Say): Issue[] {
  const calling = valueAt(value, ["bots", 0, "supportsCalling"]) === true;
  const video = valueAt(value, ["bots", 0, "supportsVideo"]) === true;
  if (valueAt(value, ["bots", 0]) === undefined) {
    return [
      say(["bots"], "should hold a bot for an app that takes calls", "Add it with its botId."),
    ];
  }
  if (calling) return [];
  const rule = `should be true ${video ? "as supportsVideo is" : "for a bot that takes calls"}: without it nobody sees a call button and no call arrives`;
  return [
    say(["bots", 0, "supportsCalling"], rule, "Run teams-calling-bot app add-calling on it."),
  ];
}

function otherWarnings({ value }: JsonText, version: string, say: Say): Issue[] {
  const warnings: Issue[] = [];
  const schema = value["$schema"];
  const folder = typeof schema === "string" ? /\/teams\/(v[^/]+)\//.exec(schema)?.[1] : undefined;
  if (folder !== undefined && folder.toLowerCase() !== schemaFolder(version).toLowerCase()) {
    const fix = `Write ${schemaFolder(version)} in the address, or the other version in manifestVersion.`;
    warnings.push(
      say(["$schema"], `should be of the same version as manifestVersion, ${version}`, fix),
    );
  }
  if (schema === undefined && isAtLeast(version, "1.1")) {
    warnings.push(say(["$schema"], "should be given", "Add the address of the schema."));
  }
  const major = value["version"];
  if (typeof major === "string" && /^0+(\.|$)/.test(major)) {
    warnings.push(say(["version"], "should not begin with 0", 'Begin with "1.0.0".'));
  }
  const domains = value["validDomains"];
  for (const [i, domain] of (Array.isArray(domains) ? domains : []).slice(0, 100).entries()) {
    const place = say(["validDomains", i], "", "").path;
    // A placeholder stands for a domain that is not known yet.
    const isPlain = typeof domain === "string" && !hasPlaceholder(domain);
    if (isPlain) warnings.push(...checkValidDomain(place, domain));
  }
  const rights = valueAt(value, ["authorization", "permissions", "resourceSpecific"]);
  for (const [i] of (Array.isArray(rights) ? rights : []).slice(0, 100).entries()) {
    const path = ["authorization", "permissions", "resourceSpecific", i, "name"];
    const name = valueAt(value, path);
    if (typeof name === "string")
      warnings.push(...checkResourceSpecificName(say(path, "", "").path, name));
  }
  return warnings;
}

function valueAt(value: unknown, path: DocumentPath): unknown {
  return path.reduce<unknown>(
    (within, key) =>
      typeof within === "object" && within !== null && Object.hasOwn(within, key)
        ? Reflect.get(within, key)
        : undefined,
    value,
  );
}
