// Rules of one load balancer that would claim the same port.
import type { JsonObject } from "../mechanics/body-fields.js";
import type { Part, Parts } from "./load-balancer-parts.js";
import { badRequest } from "./network-type.js";

interface Forward {
  readonly part: Part;
  readonly protocol: string;
  readonly frontend: string;
  readonly first: number;
  readonly last: number;
  readonly backendPort: number;
  readonly pool: string | undefined;
  readonly floating: boolean;
}

/** Throws 400 when two rules share a port of a frontend, or send to the same port of the same machines. */
export function checkPorts(parts: Parts): void {
  if (parts.inboundNatPools.length > 0 && parts.inboundNatRules.length > 0) {
    // The code was not seen; "Inbound NAT rules" says that the two exclude each other.
    throw badRequest(
      "InboundNatPoolsAndRulesCannotCoexist",
      `Load balancer cannot have inbound NAT pools (${parts.inboundNatPools[0]?.id}) and inbound NAT rules (${parts.inboundNatRules[0]?.id}) at the same time.`,
    );
  }
  const { loadBalancingRules, inboundNatRules, inboundNatPools } = parts;
  const all = [...loadBalancingRules, ...inboundNatRules, ...inboundNatPools].map(forward);
  for (const [index, a] of all.entries()) {
    for (const b of all.slice(index + 1)) {
      if (a.protocol !== b.protocol) continue;
      if (a.frontend === b.frontend && a.first <= b.last && b.first <= a.last)
        throw sameFrontend(a, b);
      if (a.pool !== undefined && a.pool === b.pool && a.backendPort === b.backendPort) {
        if (!a.floating && !b.floating) throw sameBackend(a, b);
      }
    }
  }
}

/** The code is what deployments report of two rules with one port; for ranges it was not seen. */
function sameFrontend(a: Forward, b: Forward) {
  return badRequest(
    "RulesUseSameFrontendPortProtocolAndIPConfig",
    `Load balancer rules ${a.part.id} (${ports(a)}) and ${b.part.id} (${ports(b)}) use the same frontend port and protocol ${a.protocol}, and must not be used with the same frontend IP configuration ${a.frontend}.`,
  );
}

function sameBackend(a: Forward, b: Forward) {
  return badRequest(
    "RulesUseSameBackendPortProtocolAndPool",
    `Load balancing rules ${a.part.name} and ${b.part.name} with floating IP disabled use the same protocol ${a.protocol} and backend port ${a.backendPort}, and must not be used with the same backend address pool ${nameOf(a.pool)}.`,
  );
}

function forward(part: Part): Forward {
  const { properties } = part;
  const port = Number(properties["frontendPort"] ?? 0);
  return {
    part,
    protocol: String(properties["protocol"]),
    frontend: idOf(properties, "frontendIPConfiguration") ?? "",
    first: port > 0 ? port : Number(properties["frontendPortRangeStart"]),
    last: port > 0 ? port : Number(properties["frontendPortRangeEnd"]),
    backendPort: Number(properties["backendPort"]),
    pool: idOf(properties, "backendAddressPool"),
    floating: properties["enableFloatingIP"] === true,
  };
}

function idOf(properties: JsonObject, name: string): string | undefined {
  const value = properties[name];
  if (typeof value !== "object" || value === null || !("id" in value)) return undefined;
  return String(value.id);
}

function ports({ first, last }: Forward): string {
  return first === last ? String(first) : `${first}-${last}`;
}

function nameOf(id: string | undefined): string {
  return id?.slice(id.lastIndexOf("/") + 1) ?? "";
}
