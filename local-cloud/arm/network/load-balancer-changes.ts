// What the parts of a load balancer owe each other, and the scale sets that use them.
import type { ArmCloud } from "../mechanics/arm-call.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { WriteRequest } from "../mechanics/resource-type.js";
import {
  PART_KINDS,
  type Part,
  type PartKind,
  type Parts,
  partsIn,
} from "./load-balancer-parts.js";
import { badRequest } from "./network-type.js";

export function checkSnat({ loadBalancingRules, outboundRules }: Parts): void {
  for (const outbound of outboundRules) {
    const frontends = JSON.stringify(outbound.properties["frontendIPConfigurations"]);
    const rule = loadBalancingRules.find(
      ({ properties }) =>
        properties["disableOutboundSnat"] !== true &&
        frontends.includes(JSON.stringify(properties["frontendIPConfiguration"])),
    );
    if (rule === undefined) continue;
    throw badRequest(
      "LoadBalancingRuleMustDisableSNATSinceSameFrontendIPConfigurationIsReferencedByOutboundRule",
      `Load balancing rule ${rule.id} must disable SNAT since the same frontend IP configuration is referenced by outbound rule ${outbound.id}.`,
    );
  }
}

const USED_PARTS: Readonly<Partial<Record<PartKind, string>>> = {
  backendAddressPools: "backend address pool",
  inboundNatPools: "inbound nat pool",
  probes: "probe",
};

/** What a scale set uses stays. Of these codes only the last was seen. */
export function checkGone({ cloud, existing }: WriteRequest, parts: Parts): void {
  if (existing === undefined) return;
  for (const kind of PART_KINDS) {
    for (const { id, name } of partsIn(existing, kind)) {
      const [user] = cloud.resources.usersOf(id);
      if (user === undefined || parts[kind].some((part) => part.name === name)) continue;
      throw badRequest(
        "LoadBalancerInUseByVirtualMachineScaleSet",
        `Cannot remove ${USED_PARTS[kind] ?? kind} ${name} from load balancer since it is in use by virtual machine scale set ${user.replace(/\/virtualMachines\/.*$/i, "")}.`,
      );
    }
  }
  checkProbeRules(cloud, existing, parts);
}

function checkProbeRules(cloud: ArmCloud, existing: ResourceRecord, parts: Parts): void {
  for (const { id, name } of partsIn(existing, "probes")) {
    const [user] = cloud.resources.usersOf(id);
    if (user === undefined) continue;
    const uses = ({ properties }: Part) =>
      JSON.stringify(properties["probe"]) === JSON.stringify({ id });
    if (parts.loadBalancingRules.some(uses)) continue;
    const rule = partsIn(existing, "loadBalancingRules").find(uses);
    if (rule === undefined) continue;
    throw badRequest(
      "CannotRemoveRuleUsedByProbeUsedByVMSS",
      `Load balancer rule ${rule.name} cannot be removed because the rule references the load balancer probe ${name} that is used as health probe by VM scale set ${user}. To remove this rule, please update VM scale set to remove the reference to the probe.`,
    );
  }
}
