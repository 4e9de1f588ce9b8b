// How resources go: what is nested in them first.
import type { ArmCloud } from "./arm-call.js";
import type { ArmErrorDetail } from "./arm-error.js";
import type { OperationEffect } from "./operations.js";
import type { ResourceRecord } from "./resource-store.js";
import { fullType } from "./resource-type.js";
import { segmentsOf } from "./route-table.js";

/** Removes a resource and everything nested in it. A type may refuse by throwing ArmError. */
export function removeResource(cloud: ArmCloud, record: ResourceRecord): void {
  const type = cloud.types.get(record.type);
  type?.removing?.(record, cloud);
  for (const childType of type === undefined ? [] : cloud.types.childrenOf(type)) {
    for (const child of cloud.resources.children(record, fullType(childType))) {
      removeResource(cloud, child);
    }
  }
  cloud.resources.remove(record);
  cloud.extensions.removeWith(record.id);
  type?.removed?.(record, cloud);
}

/** Empties a resource group. */
export function removeGroupContents(cloud: ArmCloud, subscriptionId: string, group: string): void {
  for (const record of cloud.resources.inGroup(subscriptionId, group)) {
    // A nested one may have gone with its parent by now.
    if (cloud.resources.get(record) !== undefined) removeResource(cloud, record);
  }
}

/** What is left to do when a long-running operation is over. */
export function carryOutOn(
  cloud: ArmCloud,
): (effect: OperationEffect, target: string) => ArmErrorDetail | undefined {
  return (effect, target) => {
    if (effect === "delete-group") {
      const [, subscriptionId = "", , name = ""] = segmentsOf(target);
      const group = cloud.groups.get(subscriptionId, name);
      if (group !== undefined) cloud.groups.remove(group);
      cloud.extensions.removeWith(target);
      return undefined;
    }
    const record = cloud.resources.byId(target);
    if (record === undefined) return undefined;
    if (effect === "finish-resource") return finishResource(cloud, record);
    removeResource(cloud, record);
    return undefined;
  };
}

function finishResource(cloud: ArmCloud, record: ResourceRecord): ArmErrorDetail | undefined {
  // A delete that came since goes on.
  if (record.properties["provisioningState"] === "Deleting") return undefined;
  const error = cloud.types.get(record.type)?.finished?.(record, cloud);
  const provisioningState = error === undefined ? "Succeeded" : "Failed";
  // What `finished` has written is kept.
  const { properties, ...now } = cloud.resources.get(record) ?? record;
  cloud.resources.put({ ...now, properties: { ...properties, provisioningState } });
  return error;
}
