// The rules that every security group has from birth and that cannot be removed ("Network security groups").
import type { JsonObject } from "../mechanics/body-fields.js";

const RULES = [
  [
    "AllowVnetInBound",
    65000,
    "Inbound",
    "Allow",
    "VirtualNetwork",
    "VirtualNetwork",
    "Allow inbound traffic from all VMs in VNET",
  ],
  [
    "AllowAzureLoadBalancerInBound",
    65001,
    "Inbound",
    "Allow",
    "AzureLoadBalancer",
    "*",
    "Allow inbound traffic from azure load balancer",
  ],
  ["DenyAllInBound", 65500, "Inbound", "Deny", "*", "*", "Deny all inbound traffic"],
  [
    "AllowVnetOutBound",
    65000,
    "Outbound",
    "Allow",
    "VirtualNetwork",
    "VirtualNetwork",
    "Allow outbound traffic from all VMs to all VMs in VNET",
  ],
  [
    "AllowInternetOutBound",
    65001,
    "Outbound",
    "Allow",
    "*",
    "Internet",
    "Allow outbound traffic from all VMs to Internet",
  ],
  ["DenyAllOutBound", 65500, "Outbound", "Deny", "*", "*", "Deny all outbound traffic"],
] as const;

export function defaultSecurityRules(groupId: string): readonly JsonObject[] {
  return RULES.map(([name, priority, direction, access, source, destination, description]) => ({
    name,
    id: `${groupId}/defaultSecurityRules/${name}`,
    type: "Microsoft.Network/networkSecurityGroups/defaultSecurityRules",
    properties: {
      provisioningState: "Succeeded",
      description,
      protocol: "*",
      sourcePortRange: "*",
      destinationPortRange: "*",
      sourceAddressPrefix: source,
      destinationAddressPrefix: destination,
      access,
      priority,
      direction,
      sourcePortRanges: [],
      destinationPortRanges: [],
      sourceAddressPrefixes: [],
      destinationAddressPrefixes: [],
    },
  }));
}
