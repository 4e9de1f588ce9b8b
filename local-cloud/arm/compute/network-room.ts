// Whether the network has room for the machines of a scale set: addresses in the subnet, ports at the load balancer, a probe
// that somebody uses.
import type { ArmCloud } from "../mechanics/arm-call.js";
import { BodyFields, type JsonObject } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import { parseRange } from "../network/address-range.js";
import { type Part, partsIn } from "../network/load-balancer-parts.js";
import { badRequest } from "../network/network-type.js";
import { interfaceIn } from "./interface-view.js";

/** Azure keeps five addresses of every subnet for itself. */
const RESERVED = 5;

/** @param own id of the scale set, whose present machines do not count */
export function checkRoom(
  cloud: ArmCloud,
  networkProfile: JsonObject,
  capacity: number,
  own: string,
): void {
  const { subnetId, poolIds } = interfaceIn(networkProfile);
  checkSubnet(cloud, subnetId, capacity, own);
  for (const poolId of poolIds) checkNatPorts(cloud, poolId, capacity, own);
}

function checkSubnet(cloud: ArmCloud, subnetId: string, capacity: number, own: string): void {
  const properties = cloud.resources.byId(subnetId)?.properties;
  if (properties === undefined) return;
  const fields = new BodyFields(properties);
  const prefixes = fields.strings("addressPrefixes") ?? [fields.string("addressPrefix") ?? ""];
  const sizes = prefixes.flatMap((prefix) => {
    const range = parseRange(prefix);
    return range?.version === 4 ? [Number(range.last - range.first) + 1 - RESERVED] : [];
  });
  const room = sizes.reduce((sum, size) => sum + size, 0);
  if (machinesAt(cloud, subnetId, own) + capacity <= room) return;
  throw badRequest(
    "SubnetIsFull",
    `Subnet ${subnetId.slice(subnetId.lastIndexOf("/") + 1)} with address prefix ${prefixes.join(", ")} does not have enough capacity for ${capacity} IP addresses.`,
  );
}

/** "Inbound NAT rules": the range of ports must be large enough for every machine of the pool. The code was not seen. */
function checkNatPorts(cloud: ArmCloud, poolId: string, capacity: number, own: string): void {
  const balancer = balancerOf(cloud, poolId);
  if (balancer === undefined) return;
  const needed = machinesAt(cloud, poolId, own) + capacity;
  for (const { id, properties } of partsIn(balancer, "inboundNatRules")) {
    const pool = Object(properties["backendAddressPool"]).id;
    const [first, last] = [
      properties["frontendPortRangeStart"],
      properties["frontendPortRangeEnd"],
    ];
    if (String(pool).toLowerCase() !== poolId.toLowerCase()) continue;
    if (Number(last) - Number(first) + 1 >= needed) continue;
    throw badRequest(
      "InboundNatRulePortRangeTooSmall",
      `Inbound NAT rule ${id} has ports ${first} to ${last}, which are too few for the ${needed} machines of backend address pool ${poolId}.`,
    );
  }
}

/** Throws 400 when the health probe is that of no rule for these machines. */
export function checkProbe(cloud: ArmCloud, networkProfile: JsonObject, resourceId: string): void {
  const probeId = Object(networkProfile["healthProbe"]).id;
  if (typeof probeId !== "string") return;
  const balancer = balancerOf(cloud, probeId);
  if (balancer === undefined) return;
  const { poolIds } = interfaceIn(networkProfile);
  const pools = new Set(poolIds.map((id) => id.toLowerCase()));
  const idOf = (part: Part, name: string) => String(Object(part.properties[name]).id).toLowerCase();
  const rules = partsIn(balancer, "loadBalancingRules").filter((rule) =>
    pools.has(idOf(rule, "backendAddressPool")),
  );
  if (rules.some((rule) => idOf(rule, "probe") === probeId.toLowerCase())) return;
  throw badRequest(
    "CannotUseInactiveHealthProbe",
    `VM scale set ${resourceId} cannot use probe ${probeId} as health probe because load balancing rules (${rules.map(({ id }) => id).join(",")}) that send traffic to this scale set IPs are not using the probe. Please make sure that there are load balancing rules using this probe.`,
  );
}

function machinesAt({ resources }: ArmCloud, id: string, own: string): number {
  const mine = `${own}/`.toLowerCase();
  return resources
    .usersOf(id)
    .filter((user) => /\/ipConfigurations\//i.test(user) && !user.toLowerCase().startsWith(mine))
    .length;
}

function balancerOf({ resources }: ArmCloud, partId: string): ResourceRecord | undefined {
  return resources.byId(partId.split("/").slice(0, -2).join("/"));
}
