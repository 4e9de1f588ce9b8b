// The resource types of Microsoft.Network that a scale set of media bots needs.
import type { ResourceType } from "../mechanics/resource-type.js";
import { loadBalancer } from "./load-balancer.js";
import { networkSecurityGroup } from "./network-security-group.js";
import { publicIpAddress } from "./public-ip-address.js";
import { publicIpPrefix } from "./public-ip-prefix.js";
import { subnet } from "./subnet.js";
import { networkUsages } from "./usages.js";
import { virtualNetwork } from "./virtual-network.js";

export const networkTypes: readonly ResourceType[] = [
  { ...virtualNetwork, routes: [networkUsages] },
  subnet,
  networkSecurityGroup,
  publicIpAddress,
  publicIpPrefix,
  loadBalancer,
];
