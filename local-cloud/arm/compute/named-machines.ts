// The machines of a scale set that a request names by their instance ids.
import type { ArmCall } from "../mechanics/arm-call.js";
import { BodyFields } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import { invalidParameter, missingParameter } from "./compute-error.js";
import { machinesOf } from "./scale-set-machines.js";

/** `instanceIds` of the body, `*` for all. Throws 400 when there are none, or one that is no machine. */
export function namedMachines({ cloud, body }: ArmCall, set: ResourceRecord): ResourceRecord[] {
  const wanted = new BodyFields(body).strings("instanceIds") ?? [];
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
  return machines.filter(
    ({ names }) => wanted.includes("*") || wanted.includes(names.at(-1) ?? ""),
  );
}
