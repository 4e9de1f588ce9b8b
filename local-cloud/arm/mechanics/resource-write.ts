// PUT and PATCH of any resource type.

import type { ArmAnswer, ArmCall, ArmCloud } from "./arm-call.js";
import { ArmError } from "./arm-error.js";
import { BodyFields, isJsonObject, type JsonObject } from "./body-fields.js";
import { checkConditions } from "./conditional.js";
import { normalizeLocation } from "./locations.js";
import { operationHeaders } from "./operation-routes.js";
import { keptReferences } from "./references.js";
import { formatResourceId, type ResourceId } from "./resource-id.js";
import { notFound, parentFor } from "./resource-place.js";
import type { ResourceRecord } from "./resource-store.js";
import { fullType, type ResourceType, type WriteRequest, type Written } from "./resource-type.js";
import { viewOf } from "./resource-view.js";
import { checkTags, type Tags } from "./tags.js";

export function putResource(type: ResourceType, call: ArmCall, id: ResourceId): ArmAnswer {
  const { cloud } = call;
  const group = cloud.groups.open(id.subscriptionId, id.resourceGroup);
  cloud.registrations.require(id.subscriptionId, type.namespace);
  const parent = parentFor(type, cloud, id);
  const existing = cloud.resources.get(id);
  if (existing === undefined) checkName(type, id);
  const body = bodyOf(call);
  return store(type, call, {
    id: existing ?? { ...id, resourceGroup: group.name, names: namesFor(type, id, parent) },
    method: "PUT",
    body,
    existing,
    parent,
    location: locationFor(type, body, existing, id),
  });
}

export function patchResource(type: ResourceType, call: ArmCall, id: ResourceId): ArmAnswer {
  const { cloud } = call;
  cloud.groups.open(id.subscriptionId, id.resourceGroup);
  cloud.registrations.require(id.subscriptionId, type.namespace);
  const parent = parentFor(type, cloud, id);
  const existing = cloud.resources.get(id);
  if (existing === undefined) throw notFound(type, id);
  const patch = bodyOf(call);
  const body = (type.merge ?? mergeProperties)(existing, patch);
  const location = locationFor(type, { location: existing.location, ...patch }, existing, id);
  return store(type, call, { id: existing, method: "PATCH", body, existing, parent, location });
}

interface Prepared {
  readonly id: ResourceId;
  readonly method: "PUT" | "PATCH";
  readonly body: JsonObject;
  readonly existing: ResourceRecord | undefined;
  readonly parent: ResourceRecord | undefined;
  readonly location: string | undefined;
}

function store(type: ResourceType, call: ArmCall, prepared: Prepared): ArmAnswer {
  const { cloud } = call;
  const { id, method, body, existing, parent, location } = prepared;
  checkConditions(call.headers, existing);
  const tags = checkTags(body);
  const request: WriteRequest = {
    cloud,
    caller: call.caller,
    apiVersion: call.apiVersion,
    method,
    id,
    resourceId: formatResourceId({ ...id, type: fullType(type) }),
    body,
    ...(existing === undefined ? {} : { existing }),
    ...(parent === undefined ? {} : { parent }),
    ...(location === undefined ? {} : { location }),
  };
  const goesOn = type.longRunning?.includes(method) === true;
  const written = type.write(request);
  const record = keepResource(cloud, type, id, {
    ...(location === undefined ? {} : { location }),
    ...(tags === undefined ? {} : { tags }),
    ...(goesOn ? underWay(written, existing) : written),
  });
  type.stored?.(record, request);
  const stored = cloud.resources.get(record) ?? record;
  return {
    status: existing === undefined ? (type.created ?? 201) : 200,
    body: viewOf(cloud, stored),
    headers: {
      ...(stored.etag === undefined ? {} : { ETag: stored.etag }),
      ...(goesOn ? operationHeaders(call, record.id, "finish-resource", type.namespace) : {}),
    },
  };
}

/** Keeps what a type has made of a request, or of a part of another resource's body. */
export function keepResource(
  cloud: ArmCloud,
  type: ResourceType,
  id: ResourceId,
  written: Written & { readonly tags?: Tags },
): ResourceRecord {
  const { claims = [], references = [], ...fields } = written;
  const resourceId = formatResourceId({ ...id, type: fullType(type) });
  const kept = keptReferences(cloud, resourceId, references);
  const now = cloud.context.now().toISOString();
  const record: ResourceRecord = {
    ...fields,
    claims,
    subscriptionId: id.subscriptionId,
    resourceGroup: id.resourceGroup,
    names: id.names,
    id: resourceId,
    type: fullType(type),
    ...(kept.length === 0 ? {} : { references: kept }),
    createdTime: cloud.resources.get({ ...id, type: fullType(type) })?.createdTime ?? now,
    changedTime: now,
  };
  cloud.resources.put(record);
  return record;
}

function underWay(written: Written, existing: ResourceRecord | undefined): Written {
  const provisioningState = existing === undefined ? "Creating" : "Updating";
  return { ...written, properties: { ...written.properties, provisioningState } };
}

function bodyOf(call: ArmCall): JsonObject {
  if (isJsonObject(call.body)) return call.body;
  throw new ArmError(
    400,
    "InvalidRequestContent",
    "The request content was invalid and could not be deserialized: the body must be a JSON object.",
  );
}

function mergeProperties(existing: ResourceRecord, patch: JsonObject): JsonObject {
  const { location, tags, kind, sku, identity, zones, properties } = existing;
  const patched = new BodyFields(patch).raw("properties");
  return {
    ...Object.fromEntries(
      Object.entries({ location, tags, kind, sku, identity, zones }).filter(
        ([, value]) => value !== undefined,
      ),
    ),
    ...patch,
    properties: { ...properties, ...(isJsonObject(patched) ? patched : {}) },
  };
}

function namesFor(
  type: ResourceType,
  id: ResourceId,
  parent: ResourceRecord | undefined,
): readonly string[] {
  const own = id.names.at(-1) ?? "";
  return [...(parent?.names ?? []), type.spelling?.(own) ?? own];
}

function checkName(type: ResourceType, id: ResourceId): void {
  const { pattern, minLength, maxLength, says } = type.nameRule;
  const name = id.names.at(-1) ?? "";
  if (pattern.test(name) && name.length >= minLength && name.length <= maxLength) return;
  throw new ArmError(
    400,
    "InvalidResourceName",
    `Resource name '${name}' is invalid for '${fullType(type)}': ${says}, ${minLength} to ${maxLength} characters.`,
    { target: name },
  );
}

function locationFor(
  type: ResourceType,
  body: JsonObject,
  existing: ResourceRecord | undefined,
  id: ResourceId,
): string | undefined {
  if (type.locations === undefined) return undefined;
  const given = new BodyFields(body).string("location");
  if (given === undefined || given.trim() === "") {
    throw new ArmError(
      400,
      "LocationRequired",
      "The location property is required for this definition.",
    );
  }
  const location = normalizeLocation(given);
  if (existing?.location !== undefined && normalizeLocation(existing.location) !== location) {
    throw new ArmError(
      409,
      "InvalidResourceLocation",
      `The resource '${id.names.at(-1)}' already exists in location '${existing.location}' in resource group '${existing.resourceGroup}'. A resource with the same name cannot be created in location '${location}'. Please select a new resource name.`,
    );
  }
  if (!type.locations.includes(location)) {
    throw new ArmError(
      400,
      "LocationNotAvailableForResourceType",
      `The provided location '${given}' is not available for resource type '${fullType(type)}'. List of available regions for the resource type is '${type.locations.join(",")}'.`,
    );
  }
  return location;
}
