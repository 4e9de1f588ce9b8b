// A resource as answers show it.
import type { ArmCloud } from "./arm-call.js";
import type { ResourceRecord } from "./resource-store.js";
import type { ResourceTypes } from "./resource-types.js";

/** The whole resource, without what is hidden. */
export function viewOf(cloud: ArmCloud, record: ResourceRecord): Record<string, unknown> {
  const { location, kind, sku, tags, identity, zones, etag } = record;
  const shown = cloud.types.get(record.type)?.shows?.(record, cloud);
  return {
    id: record.id,
    name: nameOf(cloud.types, record),
    type: record.type,
    ...record.extra,
    ...defined({ etag, location, sku, kind, identity, zones, tags }),
    properties: { ...record.properties, ...shown },
  };
}

/** The short form that lists over all types give. */
export function listViewOf(types: ResourceTypes, record: ResourceRecord): Record<string, unknown> {
  const { location, kind, sku, tags, identity, zones } = record;
  return {
    id: record.id,
    name: nameOf(types, record),
    type: record.type,
    ...defined({ location, sku, kind, identity, zones, tags }),
  };
}

function nameOf(types: ResourceTypes, record: ResourceRecord): string {
  const displayName = types.get(record.type)?.displayName ?? ((names) => names.at(-1) ?? "");
  return displayName(record.names);
}

function defined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
