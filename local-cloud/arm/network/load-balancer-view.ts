// A load balancer as answers show it: each part with the ids of those that refer to it, and each pool with its machines.
import type { ArmCall, ArmCloud, ArmRoute } from "../mechanics/arm-call.js";
import type { JsonObject } from "../mechanics/body-fields.js";
import { pageOf } from "../mechanics/pages.js";
import { formatResourceId } from "../mechanics/resource-id.js";
import { resourceNotFound } from "../mechanics/resource-place.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import {
  PART_KINDS,
  type Part,
  type PartKind,
  type Parts,
  partsIn,
  referringParts,
} from "./load-balancer-parts.js";
import { NETWORK_API_VERSIONS } from "./network-type.js";

const RULES = [
  "loadBalancingRules",
  "inboundNatRules",
  "inboundNatPools",
  "outboundRules",
] as const;
const PATTERN =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Network/loadBalancers/{name0}";
const BALANCER = "Microsoft.Network/loadBalancers";

export function shownParts(record: ResourceRecord, cloud: ArmCloud): JsonObject {
  const parts = allParts(record);
  return {
    frontendIPConfigurations: withRules(parts, "frontendIPConfigurations"),
    probes: withRules(parts, "probes"),
    backendAddressPools: withRules(parts, "backendAddressPools").map((pool) => {
      const users = configurationsOf(pool, cloud).map((id) => ({ id }));
      const backendIPConfigurations = users.length === 0 ? {} : { backendIPConfigurations: users };
      return { ...pool, properties: { ...pool.properties, ...backendIPConfigurations } };
    }),
  };
}

/** IP configurations of the machines in a pool. */
function configurationsOf(pool: Part, { resources }: ArmCloud): readonly string[] {
  return resources.usersOf(pool.id).filter((user) => /\/ipConfigurations\//i.test(user));
}

function withRules(parts: Parts, kind: PartKind): readonly Part[] {
  return parts[kind].map((part) => ({
    ...part,
    properties: { ...part.properties, ...referringParts(parts, RULES, part.id) },
  }));
}

/** A pool by itself names its machines too, each with the ports that lead to it alone. */
function withMachines(pool: Part, parts: Parts, cloud: ArmCloud): Part {
  const configurations = configurationsOf(pool, cloud);
  if (configurations.length === 0) return pool;
  const rules = parts.inboundNatRules.filter(({ properties }) => poolIn(properties) === pool.id);
  const loadBalancerBackendAddresses = configurations.map((id) => {
    const machine = cloud.resources.byId(id.replace(/\/networkInterfaces\/.*$/i, ""));
    return {
      name: id.split("/").slice(1).join("_"),
      properties: {
        networkInterfaceIPConfiguration: { id },
        inboundNatRulesPortMapping: rules.map((rule) => portOf(rule, machine)),
      },
    };
  });
  return { ...pool, properties: { ...pool.properties, loadBalancerBackendAddresses } };
}

/** A machine keeps its place in the range for as long as it lives: its slot. */
function portOf({ name, properties }: Part, machine: ResourceRecord | undefined): JsonObject {
  const slot = Number(machine?.hidden?.["slot"] ?? 0);
  return {
    inboundNatRuleName: name,
    protocol: properties["protocol"],
    frontendPort: Number(properties["frontendPortRangeStart"]) + slot,
    backendPort: properties["backendPort"],
  };
}

function poolIn(properties: JsonObject): unknown {
  return Object(properties["backendAddressPool"]).id;
}

function allParts(record: ResourceRecord): Parts {
  return {
    frontendIPConfigurations: partsIn(record, "frontendIPConfigurations"),
    backendAddressPools: partsIn(record, "backendAddressPools"),
    loadBalancingRules: partsIn(record, "loadBalancingRules"),
    probes: partsIn(record, "probes"),
    inboundNatRules: partsIn(record, "inboundNatRules"),
    inboundNatPools: partsIn(record, "inboundNatPools"),
    outboundRules: partsIn(record, "outboundRules"),
  };
}

/** Reading one part, or those of a kind; inbound NAT pools have no address of their own. */
export const partRoutes: readonly ArmRoute[] = PART_KINDS.filter(
  (kind) => kind !== "inboundNatPools",
).flatMap((kind): ArmRoute[] => {
  const common = {
    method: "GET",
    action: `${BALANCER}/${kind}/read`,
    apiVersions: NETWORK_API_VERSIONS,
    typeName: `loadBalancers/${kind}`,
  } as const;
  return [
    {
      ...common,
      pattern: `${PATTERN}/${kind}`,
      scope: "parent",
      handle: (call) => ({ status: 200, body: pageOf(call, shown(call, kind)) }),
    },
    {
      ...common,
      pattern: `${PATTERN}/${kind}/{name1}`,
      handle: (call) => {
        const { name0 = "", name1 = "" } = call.params;
        const part = shown(call, kind).find(
          ({ name }) => name.toLowerCase() === name1.toLowerCase(),
        );
        if (part !== undefined) return { status: 200, body: part };
        throw resourceNotFound({
          ...placeOf(call),
          type: `${BALANCER}/${kind}`,
          names: [name0, name1],
        });
      },
    },
  ];
});

function shown(call: ArmCall, kind: PartKind): readonly Part[] {
  const { cloud, params } = call;
  const id = { ...placeOf(call), type: BALANCER, names: [params["name0"] ?? ""] };
  const record = cloud.resources.byId(formatResourceId(id));
  if (record === undefined) throw resourceNotFound(id);
  const shownProperties = { ...record.properties, ...shownParts(record, cloud) };
  const parts = partsIn({ ...record, properties: shownProperties }, kind);
  return kind === "backendAddressPools"
    ? parts.map((pool) => withMachines(pool, allParts(record), cloud))
    : parts;
}

function placeOf({ params }: ArmCall) {
  const { subscriptionId = "", resourceGroupName = "" } = params;
  return { subscriptionId, resourceGroup: resourceGroupName };
}
