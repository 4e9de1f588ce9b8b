// Resource ids, from the path of a type and back.
import { type Properties, textOf } from "../wire/property-values.js";
import type { ResourceRow } from "./resource-row.js";

/** The id of a resource. Throws when a part of it is missing. */
export function resourceId(path: string, inputs: Properties, subscriptionId: string): string {
  return path.replace(/\{(\+?)(\w+)\}/g, (_, manyParts: string, name: string) => {
    const value = name === "subscriptionId" ? subscriptionId : textOf(inputs, name);
    if (value === undefined) throw new Error(`missing required property '${name}'`);
    return manyParts === "" ? encodeURIComponent(value) : value.replace(/^\/+|\/+$/g, "");
  });
}

/** The parameters of an id, by name; in any case, as Resource Manager takes it. Throws when the id is of another type. */
export function parametersOf(row: ResourceRow, id: string): Properties {
  const pattern = row.path
    .replace(/[.*+?^$()|[\]\\]/g, "\\$&")
    .replace(/\{\\\+(\w+)\}/g, "(?<$1>.+)")
    .replace(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  const groups = new RegExp(`^${pattern}/?$`, "i").exec(id)?.groups;
  if (groups === undefined) {
    throw new Error(`'${id}' is no id of ${row.token}, which looks like '${row.path}'.`);
  }
  const entries = Object.entries(groups).filter(([name]) => name !== "subscriptionId");
  return Object.fromEntries(entries.map(([name, value]) => [name, decodeURIComponent(value)]));
}
