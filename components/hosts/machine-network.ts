// What lets calls reach the machines of a scale set: a security group and a load balancer, both made from the plan of ports.

import { LoadBalancer } from "@pulumi/azure-native/network/loadBalancer.js";
import { NetworkSecurityGroup } from "@pulumi/azure-native/network/networkSecurityGroup.js";
import {
  LoadBalancerSkuName,
  LoadBalancerSkuTier,
  ProbeProtocol,
  SecurityRuleDirection,
  TransportProtocol,
} from "@pulumi/azure-native/types/enums/network/index.js";
import * as pulumi from "@pulumi/pulumi";
import { inboundRules, natRules } from "../../rules/hosts/network-rules.js";
import type { PortPlan } from "../../rules/hosts/ports.js";
import { azureClient } from "../client-config.js";

const FRONTEND = "calls";
const POOL = "machines";
const PROBE = "health";
/** Seconds between two questions; two without an answer take a machine out of the new calls, as in Microsoft's samples. */
const PROBE_SECONDS = 5;
const PROBE_COUNT = 2;

/** Where they go, as every resource of Azure takes it. */
export interface MachinePlace {
  readonly resourceGroupName: pulumi.Input<string>;
  readonly tags: pulumi.Input<Record<string, pulumi.Input<string>>>;
  readonly location?: pulumi.Input<string>;
}

/** Lets in what the plan names and nothing else; no rule is about what goes out. */
export function machineSecurityGroup(
  name: string,
  place: MachinePlace & { readonly networkSecurityGroupName: pulumi.Input<string> },
  plan: PortPlan,
  parent: pulumi.Resource,
): NetworkSecurityGroup {
  return new NetworkSecurityGroup(
    name,
    {
      ...place,
      securityRules: inboundRules(plan).map((rule) => ({
        ...rule,
        direction: SecurityRuleDirection.Inbound,
        sourcePortRange: "*",
        destinationAddressPrefix: "*",
      })),
    },
    { parent },
  );
}

export interface MachineLoadBalancer {
  readonly id: pulumi.Output<string>;
  /** ARM id of the pool that the machines join. */
  readonly backendPoolId: pulumi.Output<string>;
}

/**
 * A Standard load balancer: 443 goes to any machine that is well, a range of ports to one machine each. An unhealthy machine
 * gets no new calls and keeps the ones it has, because NAT rules ask no probe: that is how a bot drains.
 */
export function machineLoadBalancer(
  name: string,
  place: MachinePlace & { readonly loadBalancerName: pulumi.Input<string> },
  args: {
    readonly plan: PortPlan;
    /** ARM id. */
    readonly publicIpAddressId: pulumi.Input<string>;
    readonly healthPath: string;
  },
  parent: pulumi.Resource,
): MachineLoadBalancer {
  const { plan, publicIpAddressId, healthPath } = args;
  const { subscriptionId } = azureClient(parent);
  // Parts of a load balancer name each other by ids that hold its own, which is not there yet.
  const own = pulumi.interpolate`/subscriptions/${subscriptionId}/resourceGroups/${place.resourceGroupName}/providers/Microsoft.Network/loadBalancers/${place.loadBalancerName}`;
  const part = (kind: string, partName: string) => ({
    id: pulumi.interpolate`${own}/${kind}/${partName}`,
  });
  const frontend = part("frontendIPConfigurations", FRONTEND);
  const pool = part("backendAddressPools", POOL);
  const balancer = new LoadBalancer(
    name,
    {
      ...place,
      sku: {
        name: LoadBalancerSkuName.Standard,
        tier: LoadBalancerSkuTier.Regional,
      },
      frontendIPConfigurations: [{ name: FRONTEND, publicIPAddress: { id: publicIpAddressId } }],
      backendAddressPools: [{ name: POOL }],
      probes: [
        {
          name: PROBE,
          protocol: ProbeProtocol.Https,
          port: plan.signalling.port,
          requestPath: healthPath,
          intervalInSeconds: PROBE_SECONDS,
          probeThreshold: PROBE_COUNT,
        },
      ],
      loadBalancingRules: [
        {
          name: plan.signalling.name,
          protocol: TransportProtocol.Tcp,
          frontendPort: plan.signalling.publicPort,
          backendPort: plan.signalling.port,
          frontendIPConfiguration: frontend,
          backendAddressPool: pool,
          probe: part("probes", PROBE),
          enableTcpReset: true,
          // Machines go out by their own addresses.
          disableOutboundSnat: true,
        },
      ],
      inboundNatRules: natRules(plan).map((rule) => ({
        ...rule,
        protocol: TransportProtocol.Tcp,
        frontendIPConfiguration: frontend,
        backendAddressPool: pool,
        enableTcpReset: true,
      })),
    },
    { parent },
  );
  return {
    id: balancer.id,
    backendPoolId: pulumi.interpolate`${balancer.id}/backendAddressPools/${POOL}`,
  };
}
