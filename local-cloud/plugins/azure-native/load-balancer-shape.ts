// Load balancers (Microsoft.Network/loadBalancers, API version 2024-05-01): everything in one resource.
import { NETWORK, NETWORK_API_VERSION, NETWORK_OUTPUTS, PART_OUTPUTS } from "./network-shape.js";
import {
  allInProperties,
  anything,
  each,
  flag,
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

/** What rules of all kinds say. */
const FORWARDING: PropertyShapes = {
  backendPort: integer,
  ...each(flag, "enableFloatingIP", "enableTcpReset"),
  frontendIPConfiguration: SUB_RESOURCE,
  idleTimeoutInMinutes: integer,
  protocol: text,
};

interface Part {
  readonly settings: PropertyShapes;
  readonly required?: readonly string[];
  /** Outside of `properties`. */
  readonly more?: PropertyShapes;
  /** Answered only. */
  readonly answers?: PropertyShapes;
}

const PARTS: Readonly<Record<string, Part>> = {
  frontendIPConfigurations: {
    settings: {
      ...each(SUB_RESOURCE, "gatewayLoadBalancer", "publicIPAddress", "publicIPPrefix", "subnet"),
      ...each(text, "privateIPAddress", "privateIPAddressVersion", "privateIPAllocationMethod"),
    },
    more: { zones: texts },
    answers: {
      ...each(SUB_RESOURCES, "inboundNatPools", "inboundNatRules"),
      ...each(SUB_RESOURCES, "loadBalancingRules", "outboundRules"),
    },
  },
  backendAddressPools: {
    settings: {
      drainPeriodInSeconds: integer,
      ...each(anything, "loadBalancerBackendAddresses", "tunnelInterfaces"),
      ...each(text, "location", "syncMode"),
      virtualNetwork: SUB_RESOURCE,
    },
    answers: {
      ...each(SUB_RESOURCES, "backendIPConfigurations", "inboundNatRules"),
      ...each(SUB_RESOURCES, "loadBalancingRules", "outboundRules"),
      outboundRule: SUB_RESOURCE,
    },
  },
  probes: {
    settings: {
      ...each(integer, "intervalInSeconds", "numberOfProbes", "port", "probeThreshold"),
      ...each(text, "noHealthyBackendsBehavior", "protocol", "requestPath"),
    },
    required: ["port", "protocol"],
    answers: { loadBalancingRules: SUB_RESOURCES },
  },
  loadBalancingRules: {
    settings: {
      ...FORWARDING,
      ...each(SUB_RESOURCE, "backendAddressPool", "probe"),
      backendAddressPools: SUB_RESOURCES,
      disableOutboundSnat: flag,
      frontendPort: integer,
      loadDistribution: text,
    },
    required: ["frontendPort", "protocol"],
  },
  inboundNatRules: {
    settings: {
      ...FORWARDING,
      backendAddressPool: SUB_RESOURCE,
      ...each(integer, "frontendPort", "frontendPortRangeEnd", "frontendPortRangeStart"),
    },
    answers: { backendIPConfiguration: SUB_RESOURCE },
  },
  inboundNatPools: {
    settings: { ...FORWARDING, ...each(integer, "frontendPortRangeEnd", "frontendPortRangeStart") },
    required: ["backendPort", "frontendPortRangeEnd", "frontendPortRangeStart", "protocol"],
  },
  outboundRules: {
    settings: {
      ...each(integer, "allocatedOutboundPorts", "idleTimeoutInMinutes"),
      backendAddressPool: SUB_RESOURCE,
      enableTcpReset: flag,
      frontendIPConfigurations: SUB_RESOURCES,
      protocol: text,
    },
    required: ["backendAddressPool", "frontendIPConfigurations", "protocol"],
  },
};

const written = ({ settings, more = {}, required = [] }: Part): PropertyShape =>
  listOf({ ...each(text, "id", "name"), ...more, ...allInProperties(settings) }, required);

const answered = ({ settings, more = {}, answers = {} }: Part): PropertyShape =>
  listOf({ ...PART_OUTPUTS, ...more, ...allInProperties({ ...settings, ...answers }) });

const allParts = (shape: (part: Part) => PropertyShape): PropertyShapes =>
  allInProperties(
    Object.fromEntries(Object.entries(PARTS).map(([name, part]) => [name, shape(part)])),
  );

export const LOAD_BALANCER_ROW: ResourceRow = {
  token: "azure-native:network:LoadBalancer",
  path: `${NETWORK}/loadBalancers/{loadBalancerName}`,
  apiVersion: NETWORK_API_VERSION,
  autoName: "random",
  body: {
    extendedLocation: anything,
    location: text,
    sku: objectOf(each(text, "name", "tier")),
    tags: textMap,
    ...allParts(written),
  },
  outputs: { ...NETWORK_OUTPUTS, ...allParts(answered) },
  replaces: [],
  subResources: ["backendAddressPools", "inboundNatRules"],
  longRunningPut: true,
};
