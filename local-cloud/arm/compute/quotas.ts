// How many vCPUs a subscription may have in a region, of each family and altogether ("Check vCPU quotas"). Tests lower them.
import type { Store } from "../../state/store.js";
import type { ArmCloud } from "../mechanics/arm-call.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import { notAllowed } from "./compute-error.js";
import { type VmSize, vmSize } from "./vm-sizes.js";

export const SCALE_SET_TYPE = "Microsoft.Compute/virtualMachineScaleSets";
/** Quota names beside those of families. */
export const REGIONAL = "cores";
export const SPOT = "lowPriorityCores";

const LIMIT = 350;
const REGIONAL_LIMIT = 1000;

export class ComputeQuotas {
  constructor(private readonly store: Store) {}

  /** @param name of a family, `cores` or `lowPriorityCores` */
  limit(location: string, name: string): number {
    const set = this.store.get<number>("armComputeQuotas", key(location, name));
    return set ?? (name === REGIONAL ? REGIONAL_LIMIT : LIMIT);
  }

  setLimit(location: string, name: string, limit: number): void {
    this.store.put("armComputeQuotas", key(location, name), limit);
  }
}

function key(location: string, name: string): string {
  return `${location}|${name.toLowerCase()}`;
}

/** vCPUs in use in a region, by quota. */
export function coresInUse(
  { resources }: ArmCloud,
  subscriptionId: string,
  location: string,
  without?: string,
): ReadonlyMap<string, number> {
  const used = new Map<string, number>();
  const add = (name: string, cores: number) => used.set(name, (used.get(name) ?? 0) + cores);
  for (const record of resources.inSubscription(subscriptionId, SCALE_SET_TYPE)) {
    if (record.location !== location || record.id === without) continue;
    const { cores, quota } = needOf(record);
    add(quota, cores);
    if (quota !== SPOT) add(REGIONAL, cores);
  }
  return used;
}

function needOf({ sku, properties }: ResourceRecord) {
  const size = vmSize(String(sku?.["name"]));
  const spot = Object(properties["virtualMachineProfile"]).priority === "Spot";
  return {
    cores: (size?.vcpus ?? 0) * Number(sku?.["capacity"] ?? 0),
    quota: spot ? SPOT : (size?.family.name ?? ""),
  };
}

export interface CoresWanted {
  readonly subscriptionId: string;
  readonly location: string;
  readonly size: VmSize;
  readonly capacity: number;
  readonly spot: boolean;
  /** Of the scale set, whose present machines do not count. */
  readonly resourceId: string;
}

/** Throws 409 when so many machines are more than the subscription may have. */
export function checkQuota(cloud: ArmCloud, wanted: CoresWanted): void {
  const { location, size, capacity, spot, subscriptionId, resourceId } = wanted;
  const quotas = new ComputeQuotas(cloud.context.store);
  const used = coresInUse(cloud, subscriptionId, location);
  const others = coresInUse(cloud, subscriptionId, location, resourceId);
  const needed = size.vcpus * capacity;
  for (const name of spot ? [SPOT] : [size.family.name, REGIONAL]) {
    const limit = quotas.limit(location, name);
    const total = (others.get(name) ?? 0) + needed;
    const inUse = used.get(name) ?? 0;
    // What is there already stays, also when the limit was lowered since.
    if (total <= limit || total <= inUse) continue;
    throw exceeded(name, { location, limit, inUse, total });
  }
}

function exceeded(
  name: string,
  {
    location,
    limit,
    inUse,
    total,
  }: { location: string; limit: number; inUse: number; total: number },
) {
  const title = name === REGIONAL ? "Total Regional" : name === SPOT ? "LowPriority" : name;
  const page = name === REGIONAL ? "regional-quota-requests" : "per-vm-quota-requests";
  return notAllowed(
    `Operation could not be completed as it results in exceeding approved ${title} Cores quota. Additional details - Deployment Model: Resource Manager, Location: ${location}, Current Limit: ${limit}, Current Usage: ${inUse}, Additional Required: ${total - inUse}, (Minimum) New Limit Required: ${total}. Setup Alerts when Quota reaches threshold. Learn more at https://aka.ms/quotamonitoringalerting . Submit a request for Quota increase at https://aka.ms/ProdportalCRP/#blade/Microsoft_Azure_Capacity/UsageAndQuota.ReactView by specifying parameters listed in the 'Details' section for deployment to succeed. Please read more about quota limits at https://docs.microsoft.com/en-us/azure/azure-supportability/${page}`,
  );
}
