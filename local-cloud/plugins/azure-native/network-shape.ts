// Networks, their subnets and security groups, and public addresses (Microsoft.Network, API version 2024-05-01).
import {
  allInProperties,
  anything,
  each,
  flag,
  inProperties,
  integer,
  listOf,
  objectOf,
  type PropertyShape,
  type PropertyShapes,
  SUB_RESOURCE,
  SUB_RESOURCES,
  text,
  textMap,
  texts,
} from "./property-shape.js";
import type { ResourceRow } from "./resource-row.js";

const GROUP = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
export const NETWORK = `${GROUP}/providers/Microsoft.Network`;
export const NETWORK_API_VERSION = "2024-05-01";

/** Answered by everything of this namespace, also by what is inside of a resource. */
export const PART_OUTPUTS: PropertyShapes = {
  ...each(text, "etag", "id", "name", "type"),
  provisioningState: inProperties(text),
};
export const NETWORK_OUTPUTS: PropertyShapes = {
  ...each(text, "etag", "name", "type"),
  ...allInProperties(each(text, "provisioningState", "resourceGuid")),
};

const RULE_SETTINGS: PropertyShapes = {
  ...each(text, "access", "description", "direction", "protocol"),
  ...each(text, "destinationAddressPrefix", "destinationPortRange"),
  ...each(text, "sourceAddressPrefix", "sourcePortRange"),
  ...each(texts, "destinationAddressPrefixes", "destinationPortRanges"),
  ...each(texts, "sourceAddressPrefixes", "sourcePortRanges"),
  destinationApplicationSecurityGroups: SUB_RESOURCES,
  sourceApplicationSecurityGroups: SUB_RESOURCES,
  priority: integer,
};
const RULES_OUTPUT = listOf({ ...PART_OUTPUTS, ...allInProperties(RULE_SETTINGS) });

const SUBNET_SETTINGS: PropertyShapes = {
  addressPrefix: text,
  addressPrefixes: texts,
  applicationGatewayIPConfigurations: anything,
  defaultOutboundAccess: flag,
  delegations: listOf({
    ...each(text, "id", "name", "type"),
    ...allInProperties({ serviceName: text, actions: texts }),
  }),
  ipAllocations: SUB_RESOURCES,
  ipamPoolPrefixAllocations: anything,
  natGateway: SUB_RESOURCE,
  networkSecurityGroup: SUB_RESOURCE,
  privateEndpointNetworkPolicies: { type: "string", default: "Disabled" },
  privateLinkServiceNetworkPolicies: { type: "string", default: "Enabled" },
  routeTable: SUB_RESOURCE,
  serviceEndpointPolicies: SUB_RESOURCES,
  serviceEndpoints: listOf({ service: text, locations: texts, networkIdentifier: SUB_RESOURCE }),
  sharingScope: text,
};
const SUBNET_OUTPUTS: PropertyShapes = {
  ...each(text, "etag", "name", "type"),
  ...allInProperties({
    ...each(text, "provisioningState", "purpose"),
    ...each(anything, "ipConfigurationProfiles", "privateEndpoints", "resourceNavigationLinks"),
    ipConfigurations: SUB_RESOURCES,
    serviceAssociationLinks: anything,
  }),
};

export const VIRTUAL_NETWORK_ROW: ResourceRow = {
  token: "azure-native:network:VirtualNetwork",
  path: `${NETWORK}/virtualNetworks/{virtualNetworkName}`,
  apiVersion: NETWORK_API_VERSION,
  autoName: "random",
  body: {
    extendedLocation: anything,
    location: text,
    tags: textMap,
    ...allInProperties({
      addressSpace: objectOf({ addressPrefixes: texts, ipamPoolPrefixAllocations: anything }),
      ...each(anything, "bgpCommunities", "virtualNetworkPeerings"),
      ddosProtectionPlan: SUB_RESOURCE,
      dhcpOptions: objectOf({ dnsServers: texts }),
      enableDdosProtection: { type: "boolean", default: false },
      enableVmProtection: { type: "boolean", default: false },
      encryption: objectOf({ enabled: flag, enforcement: text }, ["enabled"]),
      flowTimeoutInMinutes: integer,
      ipAllocations: SUB_RESOURCES,
      privateEndpointVNetPolicies: text,
      subnets: listOf({
        ...each(text, "id", "name", "type"),
        ...allInProperties(SUBNET_SETTINGS),
      }),
    }),
  },
  outputs: {
    ...NETWORK_OUTPUTS,
    flowLogs: inProperties(anything),
    subnets: inProperties(
      listOf({ id: text, ...allInProperties(SUBNET_SETTINGS), ...SUBNET_OUTPUTS }),
    ),
  },
  replaces: ["location"],
  subResources: ["subnets", "virtualNetworkPeerings"],
  longRunningPut: true,
};

/** `name` is a property of the body that the path has as well, under another name. */
export const SUBNET_ROW: ResourceRow = {
  token: "azure-native:network:Subnet",
  path: `${NETWORK}/virtualNetworks/{virtualNetworkName}/subnets/{subnetName}`,
  apiVersion: NETWORK_API_VERSION,
  autoName: "copy",
  body: { ...each(text, "name", "type"), ...allInProperties(SUBNET_SETTINGS) },
  outputs: SUBNET_OUTPUTS,
  replaces: [],
  longRunningPut: true,
};

export const NETWORK_SECURITY_GROUP_ROW: ResourceRow = {
  token: "azure-native:network:NetworkSecurityGroup",
  path: `${NETWORK}/networkSecurityGroups/{networkSecurityGroupName}`,
  apiVersion: NETWORK_API_VERSION,
  autoName: "random",
  body: {
    location: text,
    tags: textMap,
    ...allInProperties({
      flushConnection: flag,
      securityRules: listOf(
        { ...each(text, "id", "name", "type"), ...allInProperties(RULE_SETTINGS) },
        ["access", "direction", "protocol"],
      ),
    }),
  },
  outputs: {
    ...NETWORK_OUTPUTS,
    ...allInProperties({
      flowLogs: anything,
      defaultSecurityRules: RULES_OUTPUT,
      securityRules: RULES_OUTPUT,
      networkInterfaces: SUB_RESOURCES,
      subnets: SUB_RESOURCES,
    }),
  },
  // The service's description marks nothing as fixed: it is the service that refuses another location.
  replaces: [],
  subResources: ["securityRules"],
  longRunningPut: true,
};

const ADDRESS_SKU: PropertyShape = objectOf(each(text, "name", "tier"));
const IP_TAGS = listOf(each(text, "ipTagType", "tag"));

export const PUBLIC_IP_ADDRESS_ROW: ResourceRow = {
  token: "azure-native:network:PublicIPAddress",
  path: `${NETWORK}/publicIPAddresses/{publicIpAddressName}`,
  apiVersion: NETWORK_API_VERSION,
  autoName: "random",
  body: {
    extendedLocation: anything,
    location: text,
    tags: textMap,
    sku: ADDRESS_SKU,
    zones: texts,
    ...allInProperties({
      ...each(anything, "ddosSettings", "linkedPublicIPAddress", "servicePublicIPAddress"),
      ...each(text, "deleteOption", "ipAddress", "migrationPhase"),
      ...each(text, "publicIPAddressVersion", "publicIPAllocationMethod"),
      dnsSettings: objectOf(
        each(text, "domainNameLabel", "domainNameLabelScope", "fqdn", "reverseFqdn"),
      ),
      idleTimeoutInMinutes: integer,
      ipTags: IP_TAGS,
      natGateway: SUB_RESOURCE,
      publicIPPrefix: SUB_RESOURCE,
    }),
  },
  outputs: { ...NETWORK_OUTPUTS, ipConfiguration: inProperties(SUB_RESOURCE) },
  replaces: ["location", "publicIPAddressVersion", "publicIPPrefix", "sku"],
  longRunningPut: true,
};

export const PUBLIC_IP_PREFIX_ROW: ResourceRow = {
  token: "azure-native:network:PublicIPPrefix",
  path: `${NETWORK}/publicIPPrefixes/{publicIpPrefixName}`,
  apiVersion: NETWORK_API_VERSION,
  autoName: "random",
  body: {
    extendedLocation: anything,
    location: text,
    tags: textMap,
    sku: ADDRESS_SKU,
    zones: texts,
    ...allInProperties({
      customIPPrefix: SUB_RESOURCE,
      ipTags: IP_TAGS,
      natGateway: SUB_RESOURCE,
      prefixLength: integer,
      publicIPAddressVersion: text,
    }),
  },
  outputs: {
    ...NETWORK_OUTPUTS,
    ...allInProperties({
      ipPrefix: text,
      loadBalancerFrontendIpConfiguration: SUB_RESOURCE,
      publicIPAddresses: SUB_RESOURCES,
    }),
  },
  replaces: [],
  longRunningPut: true,
};
