// `manualupgrade`: brings machines to the model that their scale set has.
import type { ArmAnswer, ArmCall } from "../mechanics/arm-call.js";
import { BodyFields } from "../mechanics/body-fields.js";
import { operationHeaders } from "../mechanics/operation-routes.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { ResourceAction } from "../mechanics/resource-type.js";
import { invalidParameter, missingParameter } from "./compute-error.js";
import { applyModel, machinesOf } from "./scale-set-machines.js";

export const manualUpgrade: ResourceAction = { name: "manualupgrade", handle: upgrade };

function upgrade(call: ArmCall, set: ResourceRecord): ArmAnswer {
  const { cloud } = call;
  const wanted = new BodyFields(call.body).strings("instanceIds") ?? [];
  if (wanted.length === 0) throw missingParameter("instanceIds");
  const machines = machinesOf(cloud, set);
  const strange = wanted.find(
    (id) => id !== "*" && !machines.some(({ names }) => names.at(-1) === id),
  );
  if (strange !== undefined) {
    throw invalidParameter(
      "instanceIds",
      `The provided instanceId ${strange} is not an active Virtual Machine Scale Set VM instanceId.`,
    );
  }
  for (const machine of machines) {
    if (wanted.includes("*") || wanted.includes(machine.names.at(-1) ?? "")) {
      applyModel(cloud, set, machine);
    }
  }
  return {
    status: 202,
    headers: operationHeaders(call, set.id, "finish-resource", "Microsoft.Compute"),
  };
}
