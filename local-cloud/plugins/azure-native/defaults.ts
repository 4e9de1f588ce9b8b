// What the provider fills in before anything is checked: a name, a location, the API version.
import { createHash } from "node:crypto";
import {
  containsUnknown,
  type Properties,
  type PropertyValue,
  textOf,
  UNKNOWN,
} from "../wire/property-values.js";
import type { CheckRequest } from "../wire/resource-plugin.js";
import { namedByProvider, type ResourceRow } from "./resource-row.js";

/** Marks names that the provider invented: such a resource can exist twice, so its replacement is made first. */
export const CREATE_BEFORE_DELETE = "__createBeforeDelete";

/** Where to look for a location that the program does not give. */
export interface LocationSources {
  /** `azure-native:location` */
  readonly configured: string | undefined;
  /** Location of an existing resource group; undefined when it cannot be told. */
  ofResourceGroup(name: string): Promise<string | undefined>;
}

type DefaultsRequest = Pick<CheckRequest, "olds" | "news" | "name" | "randomSeed" | "autonaming">;

/** The inputs with what was left out. What cannot be found stays out, for the check to complain. */
export async function withDefaults(
  row: ResourceRow,
  request: DefaultsRequest,
  locations: LocationSources,
): Promise<Properties> {
  const named = { ...request.news, ...defaultName(row, request) };
  return {
    ...named,
    ...(await defaultLocation(row, request.olds, named, locations)),
    ...(named["azureApiVersion"] === undefined ? { azureApiVersion: row.apiVersion } : {}),
  };
}

function defaultName(row: ResourceRow, request: DefaultsRequest): Properties {
  const { olds, news, autonaming, name, randomSeed } = request;
  const key = namedByProvider(row);
  if (news[key] !== undefined) return {};
  const before = olds[key];
  if (before !== undefined) {
    const random = olds[CREATE_BEFORE_DELETE] === true;
    return { [key]: before, ...(random ? { [CREATE_BEFORE_DELETE]: true } : {}) };
  }
  const invented = (value: string) => ({ [key]: value, [CREATE_BEFORE_DELETE]: true });
  if (autonaming?.mode === "disable") return {};
  const proposed = autonaming?.mode === "enforce" || row.autoName !== "uuid";
  if (autonaming !== undefined && proposed) return invented(autonaming.proposedName);
  switch (row.autoName) {
    case "random":
      return invented(name + randomHex(randomSeed, name).slice(0, 8));
    case "uuid":
      return invented(uuidFrom(randomHex(randomSeed, "")));
    case "copy":
      return { [key]: name };
  }
}

/** The same for the same seed, so that preview and update agree. */
function randomHex(seed: Uint8Array, salt: string): string {
  return createHash("sha512").update(seed).update(salt).digest("hex");
}

function uuidFrom(hex: string): string {
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

async function defaultLocation(
  row: ResourceRow,
  olds: Properties,
  news: Properties,
  locations: LocationSources,
): Promise<Properties> {
  if (row.body["location"] === undefined || news["location"] !== undefined) return {};
  const location = await findLocation(olds, news, locations);
  return location === undefined ? {} : { location };
}

async function findLocation(
  olds: Properties,
  news: Properties,
  locations: LocationSources,
): Promise<PropertyValue | undefined> {
  if (olds["location"] !== undefined) return olds["location"];
  if (locations.configured !== undefined) return locations.configured;
  if (containsUnknown(news["resourceGroupName"])) return UNKNOWN;
  const group = textOf(news, "resourceGroupName");
  return group === undefined ? undefined : await locations.ofResourceGroup(group);
}
