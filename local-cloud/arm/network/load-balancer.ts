import { notHere } from "../mechanics/arm-error.js";
import { BodyFields, type JsonObject } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import { checkGone, checkSnat } from "./load-balancer-changes.js";
import { addressReferences, frontend } from "./load-balancer-frontend.js";
import { PART_KINDS, type Parts, partsIn, readParts } from "./load-balancer-parts.js";
import { checkPorts } from "./load-balancer-ports.js";
import { probe } from "./load-balancer-probe.js";
import {
  inboundNatPool,
  inboundNatRule,
  loadBalancingRule,
  outboundRule,
} from "./load-balancer-rules.js";
import { partRoutes, shownParts } from "./load-balancer-view.js";
import { badRequest, choiceOf, TRACKED_NETWORK_TYPE, writtenFields } from "./network-type.js";

export const loadBalancer: ResourceType = {
  ...TRACKED_NETWORK_TYPE,
  type: "loadBalancers",
  write,
  parts: (record) =>
    PART_KINDS.flatMap((kind) => partsIn(record, kind).map(({ name }) => `${kind}/${name}`)),
  shows: shownParts,
  routes: partRoutes,
  inUse: (record, users, { resources }) => {
    const used = PART_KINDS.flatMap((kind) => partsIn(record, kind)).filter(
      ({ id }) => resources.usersOf(id).length > 0,
    );
    return badRequest(
      "LoadBalancerInUseByVirtualMachineScaleSet",
      `Cannot delete load balancer ${record.id} since its child resources ${used.map(({ name }) => name).join(", ")} are in use by virtual machine scale set ${scaleSetOf(users[0] ?? "")}.`,
    );
  },
};

/** Its machines are users of their own. */
function scaleSetOf(user: string): string {
  return user.replace(/\/virtualMachines\/.*$/i, "");
}

function write(request: WriteRequest): Written {
  const { resourceId, location = "" } = request;
  const body = new BodyFields(request.body);
  const fields = body.object("properties");
  checkNames(fields, {
    of: "load balancers",
    understood: PART_KINDS,
    answered: ["provisioningState", "resourceGuid"],
  });
  const frontends = readParts(fields, "frontendIPConfigurations", resourceId, frontend);
  const pools = readParts(fields, "backendAddressPools", resourceId, backendPool);
  const probes = readParts(fields, "probes", resourceId, probe);
  const ends = { frontends, pools, probes };
  const parts: Parts = {
    frontendIPConfigurations: frontends,
    backendAddressPools: pools,
    probes,
    loadBalancingRules: readParts(fields, "loadBalancingRules", resourceId, (rule, id) =>
      loadBalancingRule(rule, id, ends),
    ),
    inboundNatRules: readParts(fields, "inboundNatRules", resourceId, (rule, id) =>
      inboundNatRule(rule, id, ends),
    ),
    inboundNatPools: readParts(fields, "inboundNatPools", resourceId, (pool, id) =>
      inboundNatPool(pool, id, ends),
    ),
    outboundRules: readParts(fields, "outboundRules", resourceId, (rule, id) =>
      outboundRule(rule, id, ends),
    ),
  };
  checkPorts(parts);
  checkSnat(parts);
  checkGone(request, parts);
  const { common, etag } = writtenFields(request);
  return {
    etag,
    sku: skuOf(body),
    references: addressReferences(request.cloud, fields, resourceId, location),
    properties: { ...common, ...parts },
  };
}

function skuOf(body: BodyFields): JsonObject {
  const sku = body.object("sku");
  const name = choiceOf(sku, "name", ["Basic", "Standard", "Gateway"]) ?? "Basic";
  const tier = choiceOf(sku, "tier", ["Regional", "Global"]) ?? "Regional";
  if (name === "Gateway" || tier === "Global")
    throw notHere(`load balancers of sku ${name} and tier ${tier}`);
  if (name === "Standard") return { name, tier };
  // "Upgrade from a basic to standard load balancer": retired on 2025-09-30. The code was not seen.
  throw badRequest(
    "BasicLoadBalancerRetired",
    "Basic load balancers can no longer be created. Use the sku Standard.",
  );
}

function backendPool(fields: BodyFields): JsonObject {
  checkNames(fields, {
    of: "backend address pools",
    understood: [],
    answered: [
      "backendIPConfigurations",
      "inboundNatRules",
      "loadBalancingRules",
      "outboundRules",
      "provisioningState",
    ],
  });
  return {};
}
