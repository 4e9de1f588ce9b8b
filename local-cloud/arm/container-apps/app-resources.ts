// CPU and memory of an app's containers: together they are one of the pairs that its profile has ("Containers in Azure
// Container Apps", section Allocations).
import { ArmError } from "../mechanics/arm-error.js";
import type { BodyFields } from "../mechanics/body-fields.js";
import { invalidRequest } from "./container-app-error.js";
import { CONSUMPTION, largestReplica } from "./workload-profiles.js";

export interface ContainerResources {
  readonly cpu: number;
  readonly memory: string;
}

export function resourcesOf(container: BodyFields, path: string): ContainerResources {
  const given = container.object("resources");
  const cpu = given.number("cpu") ?? 0.5;
  const memory = given.string("memory") ?? "1Gi";
  if (!/^\d+(\.\d+)?Gi$/.test(memory)) {
    throw invalidRequest(
      `${path}.Resources.Memory`,
      `It is a number of Gi, as in 1.0Gi, got '${memory}'`,
    );
  }
  return { cpu, memory };
}

/** @param profile type of the app's workload profile; undefined in an environment without any */
export function checkTotal(
  containers: readonly ContainerResources[],
  profile: string | undefined,
): void {
  const cpu = sum(containers.map((container) => container.cpu));
  const memory = sum(containers.map((container) => gibibytes(container.memory)));
  const [most, mostMemory] = largestReplica(profile);
  if (profile !== undefined && profile !== CONSUMPTION) {
    if (cpu > 0 && cpu <= most && memory > 0 && memory <= mostMemory) return;
    // The words were not seen.
    throw invalidRequest(
      "Template.Containers.Resources",
      `A replica on ${profile} has at most ${most} vCPUs and ${mostMemory}Gi, got ${cpu} and ${memory}Gi`,
    );
  }
  if (Number.isInteger(cpu * 4) && cpu > 0 && cpu <= most && memory === cpu * 2) return;
  const pairs = Array.from({ length: most * 4 }, (_, index) => (index + 1) / 4).map(
    (step) => `[cpu: ${decimal(step)}, memory: ${decimal(step * 2)}Gi]`,
  );
  // Azure/bicep-types-az#1924.
  throw new ArmError(
    400,
    "ContainerAppInvalidResourceTotal",
    `The total requested CPU and memory resources for this application (CPU: ${cpu}, memory: ${memory}) is invalid. Total CPU and memory for all containers defined in a Container App must add up to one of the following CPU - Memory combinations: ${pairs.join("; ")}`,
  );
}

function gibibytes(memory: string): number {
  return Number(memory.slice(0, -2));
}

function sum(values: readonly number[]): number {
  return Math.round(values.reduce((total, value) => total + value, 0) * 1000) / 1000;
}

function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
