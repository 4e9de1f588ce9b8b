// CPU and memory of a container app, in the pairs that Azure Container Apps accepts.
import { type Issue, shown } from "../issue.js";

const WHOSE = "Azure Container Apps";
const STEP = 0.25;
const MOST_CPU = 4;

/** vCPUs of a replica when a stack says nothing: a signalling bot waits far more than it computes. */
export const DEFAULT_CPU = 0.5;

/** The memory that belongs to a number of vCPUs, as the service writes it: `1Gi`. */
export function memoryOf(cpu: number): string {
  return `${cpu * 2}Gi`;
}

/**
 * Issues of the pair. The profile Consumption gives 0.25 to 4 vCPUs in steps of 0.25, and always 2 GiB a vCPU
 * ("Containers in Azure Container Apps", section Allocations; "Workload profiles in Azure Container Apps").
 */
export function checkSize(
  path: string,
  {
    cpu = DEFAULT_CPU,
    memory,
  }: { readonly cpu?: number | undefined; readonly memory?: string | undefined },
): Issue[] {
  if (!(cpu >= STEP && cpu <= MOST_CPU && Number.isInteger(cpu / STEP))) {
    return [
      {
        path: `${path}.cpu`,
        rule: `must be ${STEP} to ${MOST_CPU} vCPUs in steps of ${STEP}`,
        whose: WHOSE,
        got: shown(cpu),
        fix: "Choose one of those; a bot that needs more runs on a scale set.",
      },
    ];
  }
  if (memory === undefined || gibibytes(memory) === cpu * 2) return [];
  return [
    {
      path: `${path}.memory`,
      rule: `must be ${memoryOf(cpu)} for ${cpu} vCPUs, because a replica has 2 GiB for each`,
      whose: WHOSE,
      got: shown(memory),
      fix: `Leave it out, or change ${path}.cpu.`,
    },
  ];
}

function gibibytes(memory: string): number {
  const [, number] = /^(\d+(?:\.\d+)?)Gi$/.exec(memory) ?? [];
  return Number(number);
}
