// `locations/{location}/usages`: how many there are of what, and how many there may be.
import type { ArmAnswer, ArmCall, ArmRoute } from "../mechanics/arm-call.js";
import { normalizeLocation } from "../mechanics/locations.js";
import { NETWORK_API_VERSIONS } from "./network-type.js";

// "Azure subscription and service limits, quotas, and constraints", networking limits.
const LIMITS = [
  ["VirtualNetworks", "Virtual Networks", "virtualNetworks", 1000],
  ["NetworkSecurityGroups", "Network Security Groups", "networkSecurityGroups", 5000],
  ["PublicIPAddresses", "Public IP Addresses", "publicIPAddresses", 1000],
  ["StandardSkuPublicIpAddresses", "Public IPv4 Addresses - Standard", "publicIPAddresses", 1000],
  ["PublicIpPrefixes", "Public Ip Prefixes", "publicIPPrefixes", 100],
  ["StandardSkuLoadBalancers", "Standard Sku Load Balancers", "loadBalancers", 1000],
] as const;

export const networkUsages: ArmRoute = {
  method: "GET",
  pattern:
    "/subscriptions/{subscriptionId}/providers/Microsoft.Network/locations/{location}/usages",
  action: "Microsoft.Network/locations/usages/read",
  apiVersions: NETWORK_API_VERSIONS,
  typeName: "locations/usages",
  handle: usages,
};

function usages({ cloud, params, path }: ArmCall): ArmAnswer {
  const { subscriptionId = "" } = params;
  const location = normalizeLocation(params["location"] ?? "");
  const value = LIMITS.map(([name, localizedValue, type, limit]) => ({
    id: `${path}/${name}`,
    unit: "Count",
    currentValue: cloud.resources
      .inSubscription(subscriptionId, `Microsoft.Network/${type}`)
      .filter((record) => record.location === location).length,
    limit,
    name: { value: name, localizedValue },
  }));
  return { status: 200, body: { value } };
}
