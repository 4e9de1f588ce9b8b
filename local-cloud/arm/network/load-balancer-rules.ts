// Rules of a load balancer: balanced ports, ports of single machines, and outbound connections ("Azure Load Balancer
// components", "Inbound NAT rules"). Where a code is not one that deployments report, it was not seen.
import { notHere } from "../mechanics/arm-error.js";
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import {
  ownPartId,
  type Part,
  partId,
  requiredPartId,
  subResource,
} from "./load-balancer-parts.js";
import { idIn, idsIn } from "./network-reference.js";
import { badRequest, choiceOf, unreadable } from "./network-type.js";

export interface Ends {
  readonly frontends: readonly Part[];
  readonly pools: readonly Part[];
  readonly probes: readonly Part[];
}

const FORWARDING = [
  "backendPort",
  "enableFloatingIP",
  "enableTcpReset",
  "frontendIPConfiguration",
  "idleTimeoutInMinutes",
  "protocol",
];
const ANSWERED = ["provisioningState"];

export function loadBalancingRule(fields: BodyFields, id: string, ends: Ends): JsonObject {
  checkNames(fields, {
    of: "load balancing rules",
    understood: [
      ...FORWARDING,
      "backendAddressPool",
      "backendAddressPools",
      "disableOutboundSnat",
      "frontendPort",
      "loadDistribution",
      "probe",
    ],
    answered: ANSWERED,
  });
  const pool = poolOf(fields, id, ends.pools);
  return {
    ...forwarding(fields, id, ends),
    frontendPort: port(fields, "frontendPort", id, 65534),
    loadDistribution:
      choiceOf(fields, "loadDistribution", ["Default", "SourceIP", "SourceIPProtocol"]) ??
      "Default",
    ...subResource("probe", partId(fields, "probe", "probes", ends.probes, id)),
    disableOutboundSnat: fields.boolean("disableOutboundSnat") ?? false,
    ...subResource("backendAddressPool", pool),
    ...(pool === undefined ? {} : { backendAddressPools: [{ id: pool }] }),
  };
}

/** The pool, which may be said in the singular, in the plural, or in both. */
function poolOf(fields: BodyFields, from: string, pools: readonly Part[]): string | undefined {
  const several = idsIn(fields, "backendAddressPools");
  if (several.length > 1) throw notHere("load balancing rules with several backend pools");
  const id = idIn(fields, "backendAddressPool") ?? several[0];
  const path = fields.at("backendAddressPool");
  return id === undefined ? undefined : ownPartId(id, path, "backendAddressPools", pools, from);
}

/** A range of ports for the machines of a pool, or one port of one machine. */
export function inboundNatRule(fields: BodyFields, id: string, ends: Ends): JsonObject {
  checkNames(fields, {
    of: "inbound NAT rules",
    understood: [
      ...FORWARDING,
      "backendAddressPool",
      "frontendPort",
      "frontendPortRangeEnd",
      "frontendPortRangeStart",
    ],
    answered: [...ANSWERED, "backendIPConfiguration"],
  });
  const pool = partId(fields, "backendAddressPool", "backendAddressPools", ends.pools, id);
  const hasRange = ["frontendPortRangeStart", "frontendPortRangeEnd"].some(
    (name) => (fields.integer(name) ?? 0) !== 0,
  );
  const single = fields.integer("frontendPort") ?? 0;
  if ((pool !== undefined) !== hasRange || (hasRange && single !== 0)) {
    throw badRequest(
      "InvalidInboundNatRulePorts",
      `Inbound NAT rule ${id} must have either frontendPort, or backendAddressPool with frontendPortRangeStart and frontendPortRangeEnd.`,
    );
  }
  return {
    ...forwarding(fields, id, ends),
    ...(hasRange
      ? { frontendPort: 0, ...portRange(fields, id) }
      : { frontendPort: port(fields, "frontendPort", id, 65534) }),
    ...subResource("backendAddressPool", pool),
  };
}

export function inboundNatPool(fields: BodyFields, id: string, ends: Ends): JsonObject {
  const understood = [...FORWARDING, "frontendPortRangeEnd", "frontendPortRangeStart"];
  checkNames(fields, { of: "inbound NAT pools", understood, answered: ANSWERED });
  return { ...forwarding(fields, id, ends), ...portRange(fields, id) };
}

export function outboundRule(fields: BodyFields, id: string, ends: Ends): JsonObject {
  checkNames(fields, {
    of: "outbound rules",
    understood: [
      "allocatedOutboundPorts",
      "backendAddressPool",
      "enableTcpReset",
      "frontendIPConfigurations",
      "idleTimeoutInMinutes",
      "protocol",
    ],
    answered: ANSWERED,
  });
  const path = fields.at("frontendIPConfigurations");
  const frontends = idsIn(fields, "frontendIPConfigurations").map((one) => ({
    id: ownPartId(one, path, "frontendIPConfigurations", ends.frontends, id),
  }));
  return {
    allocatedOutboundPorts: fields.integer("allocatedOutboundPorts") ?? 0,
    protocol: protocolOf(fields),
    enableTcpReset: fields.boolean("enableTcpReset") ?? false,
    idleTimeoutInMinutes: idleTimeout(fields, id),
    ...subResource(
      "backendAddressPool",
      requiredPartId(fields, "backendAddressPool", "backendAddressPools", ends.pools, id),
    ),
    frontendIPConfigurations: frontends,
  };
}

function forwarding(fields: BodyFields, id: string, { frontends }: Ends): JsonObject {
  const protocol = protocolOf(fields);
  if (protocol === "All") throw notHere("load balancer rules for all protocols at once (HA ports)");
  return {
    ...subResource(
      "frontendIPConfiguration",
      requiredPartId(fields, "frontendIPConfiguration", "frontendIPConfigurations", frontends, id),
    ),
    backendPort: port(fields, "backendPort", id, 65535),
    enableFloatingIP: fields.boolean("enableFloatingIP") ?? false,
    idleTimeoutInMinutes: idleTimeout(fields, id),
    protocol,
    enableTcpReset: fields.boolean("enableTcpReset") ?? false,
  };
}

function protocolOf(fields: BodyFields): string {
  const protocol = choiceOf(fields, "protocol", ["Tcp", "Udp", "All"]);
  if (protocol !== undefined) return protocol;
  throw unreadable(
    "MissingJsonProperty",
    `Value for the required property 'protocol' is missing. Path '${fields.at("protocol")}'.`,
  );
}

function idleTimeout(fields: BodyFields, id: string): number {
  const minutes = fields.integer("idleTimeoutInMinutes") ?? 4;
  if (minutes >= 4 && minutes <= 100) return minutes;
  throw badRequest(
    "InvalidIdleTimeout",
    `IdleTimeoutInMinutes of ${id} must be between 4 and 100, got ${minutes}.`,
  );
}

function port(fields: BodyFields, name: string, id: string, last: number): number {
  const value = fields.integer(name);
  if (value !== undefined && value >= 1 && value <= last) return value;
  throw badRequest(
    "InvalidPort",
    `Port ${name} of ${id} must be between 1 and ${last}, got ${value ?? "nothing"}.`,
  );
}

function portRange(fields: BodyFields, id: string): JsonObject {
  const frontendPortRangeStart = port(fields, "frontendPortRangeStart", id, 65534);
  const frontendPortRangeEnd = port(fields, "frontendPortRangeEnd", id, 65534);
  if (frontendPortRangeStart <= frontendPortRangeEnd) {
    return { frontendPortRangeStart, frontendPortRangeEnd };
  }
  throw badRequest(
    "InvalidPortRange",
    `Port range of ${id} ends before it begins: ${frontendPortRangeStart} to ${frontendPortRangeEnd}.`,
  );
}
