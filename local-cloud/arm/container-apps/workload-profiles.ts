// Workload profiles: on what the replicas of an environment's apps run ("Workload profiles in Azure Container Apps").
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import { checkRange, invalidRequest } from "./container-app-error.js";

export const CONSUMPTION = "Consumption";

/** vCPUs and GiB of a machine; Consumption has none of its own. */
const MACHINES: ReadonlyMap<string, readonly [cpu: number, memory: number]> = new Map([
  ["D4", [4, 16]],
  ["D8", [8, 32]],
  ["D16", [16, 64]],
  ["D32", [32, 128]],
  ["E4", [4, 32]],
  ["E8", [8, 64]],
  ["E16", [16, 128]],
  ["E32", [32, 256]],
]);

export interface WorkloadProfile {
  readonly name: string;
  readonly workloadProfileType: string;
}

/** Those of an environment; undefined for one of the older kind, which has none. */
export function profilesFor(
  fields: BodyFields,
  before: unknown,
): readonly (WorkloadProfile & JsonObject)[] | undefined {
  const given = fields.objects("workloadProfiles");
  if (given === undefined || given.length === 0) {
    if (Array.isArray(before))
      throw invalidRequest("WorkloadProfiles", "They cannot be taken away");
    return undefined;
  }
  const profiles = given.map(profileOf);
  const names = profiles.map(({ name }) => name.toLowerCase());
  if (new Set(names).size < names.length) {
    throw invalidRequest("WorkloadProfiles", "Each has a name of its own");
  }
  return profiles;
}

/** vCPUs and GiB that one replica may have on a profile. */
export function largestReplica(
  profile: string | undefined,
): readonly [cpu: number, memory: number] {
  if (profile === undefined) return [2, 4];
  return MACHINES.get(profile) ?? [4, 8];
}

function profileOf(given: BodyFields): WorkloadProfile & JsonObject {
  const type = given.string("workloadProfileType") ?? "";
  const name = given.string("name") ?? "";
  if (name === "") throw invalidRequest("WorkloadProfiles.Name", "It is required");
  if (type !== CONSUMPTION && !MACHINES.has(type)) {
    const known = [CONSUMPTION, ...MACHINES.keys()].join(", ");
    throw invalidRequest("WorkloadProfileType", `It must be one of ${known}, got '${type}'`);
  }
  if (type === CONSUMPTION) return { name, workloadProfileType: type };
  const least = checkRange("MinimumCount", given.number("minimumCount"), 0, 1000) ?? 0;
  const most = checkRange("MaximumCount", given.number("maximumCount"), 1, 1000) ?? 1;
  if (least > most) throw invalidRequest("MinimumCount", "It is at most MaximumCount");
  return { name, workloadProfileType: type, minimumCount: least, maximumCount: most };
}
