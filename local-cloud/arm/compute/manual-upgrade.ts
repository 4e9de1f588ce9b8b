// `manualupgrade`: brings machines to the model that their scale set has.
import type { ArmAnswer, ArmCall } from "../mechanics/arm-call.js";
import { operationHeaders } from "../mechanics/operation-routes.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { ResourceAction } from "../mechanics/resource-type.js";
import { namedMachines } from "./named-machines.js";
import { applyModel } from "./scale-set-machines.js";

export const manualUpgrade: ResourceAction = { name: "manualupgrade", handle: upgrade };

function upgrade(call: ArmCall, set: ResourceRecord): ArmAnswer {
  for (const machine of namedMachines(call, set)) applyModel(call.cloud, set, machine);
  return {
    status: 202,
    headers: operationHeaders(call, set.id, "finish-resource", "Microsoft.Compute"),
  };
}
