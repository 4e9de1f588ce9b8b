// `delete`: takes machines away that are named, and with them their part of the set's capacity. Protection from scale-in does
// not keep them ("Instance Protection").
import type { ArmAnswer, ArmCall } from "../mechanics/arm-call.js";
import { operationHeaders } from "../mechanics/operation-routes.js";
import { removeResource } from "../mechanics/resource-removal.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { ResourceAction } from "../mechanics/resource-type.js";
import { namedMachines } from "./named-machines.js";
import { machinesOf } from "./scale-set-machines.js";

export const deleteInstances: ResourceAction = { name: "delete", handle: remove };

function remove(call: ArmCall, set: ResourceRecord): ArmAnswer {
  const { cloud } = call;
  for (const machine of namedMachines(call, set)) removeResource(cloud, machine);
  const sku = { ...set.sku, capacity: machinesOf(cloud, set).length };
  cloud.resources.put({ ...set, sku });
  return {
    status: 202,
    headers: operationHeaders(call, set.id, "finish-resource", "Microsoft.Compute"),
  };
}
