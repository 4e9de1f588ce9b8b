// What of a scale set cannot be changed after it was made ("Modify a Virtual Machine Scale Set", create-time properties).
import { isJsonObject, type JsonObject } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import { changeNotAllowed } from "./compute-error.js";

/** Path below `properties`, and what the service calls it. */
const FIXED: readonly (readonly [path: string, target: string])[] = [
  ["orchestrationMode", "orchestrationMode"],
  ["platformFaultDomainCount", "platformFaultDomainCount"],
  ["virtualMachineProfile.priority", "priority"],
  ["virtualMachineProfile.evictionPolicy", "evictionPolicy"],
  ["virtualMachineProfile.osProfile.computerNamePrefix", "computerNamePrefix"],
  ["virtualMachineProfile.osProfile.adminUsername", "adminUsername"],
  ["virtualMachineProfile.storageProfile.imageReference.publisher", "imageReference.publisher"],
  ["virtualMachineProfile.storageProfile.imageReference.offer", "imageReference.offer"],
  [
    "virtualMachineProfile.storageProfile.osDisk.managedDisk.storageAccountType",
    "osDisk.managedDisk.storageAccountType",
  ],
  ["virtualMachineProfile.securityProfile.securityType", "securityProfile.securityType"],
];

export interface ScaleSetNow {
  readonly zones: readonly string[];
  readonly properties: JsonObject;
}

/** Throws 409 PropertyChangeNotAllowed. */
export function checkChanges(existing: ResourceRecord | undefined, now: ScaleSetNow): void {
  if (existing === undefined) return;
  // Zones may be added, never taken away, and a regional set does not become a zonal one.
  const before = existing.zones ?? [];
  const lost = before.some((zone) => !now.zones.includes(zone));
  if (lost || (before.length === 0) !== (now.zones.length === 0)) throw changeNotAllowed("zones");
  const single = "singlePlacementGroup";
  if (existing.properties[single] === false && now.properties[single] === true) {
    throw changeNotAllowed(single);
  }
  for (const [path, target] of FIXED) {
    const [was, is] = [at(existing.properties, path), at(now.properties, path)];
    if (isGiven(was) && isGiven(is) && was !== is) throw changeNotAllowed(target);
    // Trusted Launch may be added later (Azure/azure-cli#26972). That leaving it out takes it away is not seen.
    if (target === "securityProfile.securityType" && isGiven(was) && !isGiven(is)) {
      throw changeNotAllowed(target);
    }
  }
  const [network, other] = [networkOf(existing.properties), networkOf(now.properties)];
  // The page names the rule; the service's own words are not seen.
  if (network !== other) throw changeNotAllowed("subnet");
}

/** The network that the first interface is in. */
function networkOf(properties: JsonObject): string | undefined {
  const path = "virtualMachineProfile.networkProfile.networkInterfaceConfigurations.0.properties";
  const subnetId = at(properties, `${path}.ipConfigurations.0.properties.subnet.id`);
  return typeof subnetId === "string" ? subnetId.toLowerCase().split("/subnets/")[0] : undefined;
}

function isGiven(value: unknown): boolean {
  return value !== undefined;
}

function at(properties: JsonObject, path: string): unknown {
  return path.split(".").reduce<unknown>((value, name) => stepInto(value, name), properties);
}

function stepInto(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value[Number(name)];
  return isJsonObject(value) ? value[name] : undefined;
}
