// What a program's changes mean for a resource. The real provider compares what the program said last time with what it
// says now; the service's state plays no part, so drift shows only after a refresh.
import { type DetailedDiff, detailedDiff, equal } from "../wire/detailed-diff.js";
import { isProperties, type Properties, type PropertyValue } from "../wire/property-values.js";
import type { DiffAnswer } from "../wire/resource-plugin.js";
import { CREATE_BEFORE_DELETE } from "./defaults.js";
import type { PropertyShape } from "./property-shape.js";
import { pathParameters, type ResourceRow } from "./resource-row.js";

export function diffInputs(
  row: ResourceRow,
  oldInputs: Properties,
  oldOutputs: Properties,
  news: Properties,
): DiffAnswer {
  const found = detailedDiff(knownVersion(oldInputs, oldOutputs), news, {
    replaces: new Set([...pathParameters(row), ...row.replaces]),
    same: sameInAzure,
    addsNothing: (path, value) => isDefault(row, path, value),
  });
  const detailed = withoutNeedlessReplacements(found, oldOutputs, news);
  const replaces = [...detailed.values()].some((difference) => difference.replaces);
  const invented = oldInputs[CREATE_BEFORE_DELETE] === true;
  return { detailed, deleteBeforeReplace: replaces && !invented };
}

/** State written before the API version was an input has it only in the outputs. */
function knownVersion(oldInputs: Properties, oldOutputs: Properties): Properties {
  const version = oldInputs["azureApiVersion"] ?? oldOutputs["azureApiVersion"];
  return version === undefined ? oldInputs : { ...oldInputs, azureApiVersion: version };
}

/** Locations count without case and spaces, resource groups without case. */
function sameInAzure(path: string, before: PropertyValue, after: PropertyValue): boolean {
  if (typeof before !== "string" || typeof after !== "string") return false;
  if (path === "location") return normalLocation(before) === normalLocation(after);
  return path === "resourceGroupName" && before.toLowerCase() === after.toLowerCase();
}

function normalLocation(location: string): string {
  return location.toLowerCase().replaceAll(" ", "");
}

function isDefault(row: ResourceRow, path: string, value: PropertyValue): boolean {
  let shape: PropertyShape | undefined = { type: "object", properties: row.body };
  for (const name of path.split(".")) {
    shape = shape?.type === "object" ? shape.properties[name] : undefined;
  }
  return shape?.default !== undefined && shape.default === value;
}

/** A value that the service had chosen by itself and that the program now writes down changes nothing. */
function withoutNeedlessReplacements(
  found: DetailedDiff,
  oldOutputs: Properties,
  news: Properties,
): DetailedDiff {
  const entries = [...found].map(([path, difference]): [string, typeof difference] => {
    const { kind, replaces } = difference;
    const needless = kind === "add" && replaces && equal(oldOutputs[path], news[path]);
    return [path, needless ? { kind, replaces: false } : difference];
  });
  return new Map(entries);
}

/**
 * The inputs after a refresh: those of the state, changed only where the service's answer changed since
 * (`before` and `after` are the two answers, cut down to what a program could have written).
 */
export function refreshedInputs(
  inputs: Properties,
  before: Properties,
  after: Properties,
): Properties {
  const refreshed: Record<string, PropertyValue> = { ...inputs };
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[name], after[name]];
    if (equal(was, is)) continue;
    if (is === undefined) delete refreshed[name];
    else refreshed[name] = refreshedValue(inputs[name], was, is);
  }
  return refreshed;
}

function refreshedValue(
  input: PropertyValue | undefined,
  was: PropertyValue | undefined,
  is: PropertyValue,
): PropertyValue {
  if (isProperties(input) && isProperties(was) && isProperties(is)) {
    return refreshedInputs(input, was, is);
  }
  return is;
}
