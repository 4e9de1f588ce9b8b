// Tags of the Azure resources: a stack's own, and the three by which a left-over can be found.
import { type Issue, shown } from "./issue.js";

/** Names of the tags that every resource of a stack carries. */
export const OWN_TAGS = {
  project: "pulumi-project",
  stack: "pulumi-stack",
  name: "pulumi-name",
} as const;

const MAX_TAGS = 50;
const MAX_NAME = 512;
const MAX_VALUE = 256;

/** Issues of a stack's tags. Source: "Use tags to organize your Azure resources", section Limitations. */
export function checkTags(path: string, tags: Readonly<Record<string, string>>): Issue[] {
  const names = Object.keys(tags);
  const most = MAX_TAGS - Object.keys(OWN_TAGS).length;
  const issues = Object.entries(tags).flatMap(([name, value]) => checkTag(path, name, value));
  if (names.length > most) {
    issues.push({
      path,
      rule: `must have at most ${most} tags, because Azure allows ${MAX_TAGS} and this package sets ${MAX_TAGS - most}`,
      whose: "Azure Resource Manager",
      got: String(names.length),
      fix: "Remove some, or put several values into one tag as JSON.",
    });
  }
  const taken = new Set<string>(Object.values(OWN_TAGS));
  for (const name of names) {
    const lower = name.toLowerCase();
    if (taken.has(lower)) {
      issues.push({
        path: tagPath(path, name),
        rule: "must have a name of its own, whatever its case",
        whose: "Azure Resource Manager",
        fix: `Rename it; ${Object.values(OWN_TAGS).join(", ")} are set by this package.`,
      });
    }
    taken.add(lower);
  }
  return issues;
}

function checkTag(path: string, name: string, value: string): Issue[] {
  const at = { path: tagPath(path, name), whose: "Azure Resource Manager" };
  const issues: Issue[] = [];
  if (name === "" || name.length > MAX_NAME || /[<>%&\\?/\p{Cc}]/u.test(name)) {
    const rule = `must have a name of 1 to ${MAX_NAME} characters without < > % & \\ ? /`;
    issues.push({ ...at, rule, fix: "Rename the tag." });
  }
  if (/^(azure|microsoft|windows)/i.test(name)) {
    const rule = "must not have a name that starts with azure, microsoft or windows";
    issues.push({ ...at, rule, fix: "Rename the tag." });
  }
  if (value.length > MAX_VALUE) {
    const rule = `must have a value of at most ${MAX_VALUE} characters`;
    issues.push({ ...at, rule, got: shown(value), fix: "Shorten the value." });
  }
  return issues;
}

function tagPath(path: string, name: string): string {
  return /^[\w-]+$/.test(name) ? `${path}.${name}` : `${path}[${shown(name)}]`;
}
