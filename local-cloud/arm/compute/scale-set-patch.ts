// How a PATCH is laid over a scale set.
import { isJsonObject, type JsonObject } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";

/** A PATCH names what changes, however deep; lists are changed as a whole. */
export function patched(existing: ResourceRecord, patch: JsonObject): JsonObject {
  const { location, tags, sku, identity, zones, properties } = existing;
  return laidOver({ location, tags, sku, identity, zones, properties }, patch);
}

function laidOver(below: JsonObject, above: JsonObject): JsonObject {
  const names = new Set([...Object.keys(below), ...Object.keys(above)]);
  return Object.fromEntries(
    [...names].map((name) => {
      const [was, is] = [below[name], above[name]];
      if (is === undefined) return [name, was];
      return [name, isJsonObject(was) && isJsonObject(is) ? laidOver(was, is) : is];
    }),
  );
}
