// All that a local cloud and an engine remember, without what differs from run to run: two runs that did the same compare equal.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { open } from "lmdb";
import { pathsIn } from "../../local-cloud/state/state-folder.js";

/** Records of a local cloud that is closed, sorted. */
export async function cloudContents(folder: string): Promise<string[]> {
  const database = open<unknown, string[]>({ path: pathsIn(folder).store });
  const records = Array.from(database.getRange({}))
    .filter(({ key: [collection = ""] }) => !NOT_CONTENT.includes(collection))
    .map(({ key, value }) => comparable([key, value], ""));
  await database.close();
  return records.map((record) => JSON.stringify(record)).sort();
}

/** Resources in the state of a stack, and operations that were under way, sorted. */
export function stateContents(stateFolder: string, stackName: string): string[] {
  const path = join(stateFolder, ".pulumi", "stacks", "teams-calling-bot", `${stackName}.json`);
  const { checkpoint } = JSON.parse(readFileSync(path, "utf8"));
  const { resources = [], pending_operations: pending = [] } = checkpoint.latest ?? {};
  return [...resources, ...pending].map((one) => JSON.stringify(comparable(one, ""))).sort();
}

/** What services and the engine choose anew in every run, and what follows from it. */
const CHOSEN: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, "<guid>"],
  [/\b[0-9a-f]{64}\b/gi, "<hash>"],
  [/\b[0-9a-f]{32}\b/g, "<version>"],
  [/[\w.~-]{3}8Q~[\w.~-]{30,}/g, "<secret>"],
  [/(?<![\w-])[\w-]{43}(?![\w-])/g, "<id>"],
  [/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, "<time>"],
];

/** How the service came to what it has. */
const NOT_CONTENT = ["armOperations", "armPendingOperations"];

/** Notes of when and how, and not of what. An import writes no trigger yet; what it is made of is among the inputs. */
const NOTES = [
  "ciphertext",
  "contentMd5",
  "created",
  "etag",
  "exp",
  "expires",
  "hidden",
  "hint",
  "importID",
  "modified",
  "replacementTrigger",
  "siteId",
  "sourcePosition",
  "stackTrace",
  "updated",
];

function comparable(value: unknown, name: string): unknown {
  if (typeof value === "string") {
    // Pages hold app ids.
    const text = name === "base64" ? Buffer.from(value, "base64").toString() : value;
    return withoutChosen(text);
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => comparable(item, ""));
    // Dependencies are a set.
    return items.every((item) => String(item).startsWith("urn:pulumi:")) ? items.sort() : items;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key]) => !NOTES.includes(key))
    .map(([key, inner]) => [withoutChosen(key), comparable(settled(key, inner), key)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}

/** What a service still works on it will have done when somebody looks. */
function settled(key: string, value: unknown): unknown {
  const isUnderWay = value === "Creating" || value === "Updating";
  return key === "provisioningState" && isUnderWay ? "Succeeded" : value;
}

function withoutChosen(text: string): string {
  return CHOSEN.reduce((left, [pattern, mark]) => left.replace(pattern, mark), text);
}
