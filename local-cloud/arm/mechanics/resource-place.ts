// Whether the place of a resource exists: its parent, and itself.

import type { ArmCloud } from "./arm-call.js";
import { ArmError } from "./arm-error.js";
import type { ResourceId } from "./resource-id.js";
import type { ResourceRecord } from "./resource-store.js";
import { fullType, type ResourceType } from "./resource-type.js";

/** The parent of a nested resource; undefined for a top-level one. Throws 404 ParentResourceNotFound. */
export function parentFor(
  type: ResourceType,
  cloud: ArmCloud,
  id: ResourceId,
): ResourceRecord | undefined {
  const parentType = cloud.types.parentOf(type);
  if (parentType === undefined) return undefined;
  const names = id.names.slice(0, parentType.type.split("/").length);
  const parent = cloud.resources.get({ ...id, type: fullType(parentType), names });
  if (parent !== undefined) return parent;
  throw new ArmError(
    404,
    "ParentResourceNotFound",
    `Can not perform requested operation on nested resource. Parent resource '${names.join("/")}' not found.`,
  );
}

/** 404 ResourceNotFound. */
export function notFound(type: ResourceType, id: ResourceId): ArmError {
  return resourceNotFound({ ...id, type: fullType(type) });
}

/** The same, spelled as `id` is. */
export function resourceNotFound(id: ResourceId): ArmError {
  const [namespace = "", ...types] = id.type.split("/");
  const path = types.map((type, index) => `${type}/${id.names[index] ?? ""}`);
  return new ArmError(
    404,
    "ResourceNotFound",
    `The Resource '${namespace}/${path.join("/")}' under resource group '${id.resourceGroup}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}
