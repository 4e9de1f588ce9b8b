// The network from which a bot's process reaches out: one subnet, so that the vault can be closed to everyone else.
import { VirtualNetwork } from "@pulumi/azure-native/network/virtualNetwork.js";
import * as pulumi from "@pulumi/pulumi";
import { defined } from "../defined.js";
import { azureTags } from "../left-over-tags.js";

/** Nothing is peered with it, so the range only has to be large enough: 123 addresses. */
const ADDRESS_SPACE = "10.20.0.0/24";
const SUBNET_RANGE = "10.20.0.0/25";
const SUBNET_NAME = "host";

export interface HostNetworkArgs {
  readonly resourceGroupName: pulumi.Input<string>;
  readonly virtualNetworkName: pulumi.Input<string>;
  readonly location?: pulumi.Input<string> | undefined;
  readonly tags?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
  /** The service that the subnet is handed to, such as `Microsoft.Web/serverFarms`. */
  readonly delegation?: string | undefined;
}

/**
 * Makes the network; returns the ARM id of its subnet. Each service that a subnet is handed to has a network of its own: a bot
 * that moves from one kind of host to another keeps the old one until the old host has left it.
 */
export function hostSubnet(
  name: string,
  args: HostNetworkArgs,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const { delegation } = args;
  const suffix = delegation === undefined ? "" : `-${shortNamespace(delegation)}`;
  const virtualNetwork = new VirtualNetwork(
    `${name}${suffix}-network`,
    {
      resourceGroupName: args.resourceGroupName,
      virtualNetworkName: pulumi.interpolate`${args.virtualNetworkName}${suffix}`,
      tags: azureTags(name, args.tags),
      ...defined({ location: args.location }),
      addressSpace: { addressPrefixes: [ADDRESS_SPACE] },
      subnets: [
        {
          name: SUBNET_NAME,
          addressPrefix: SUBNET_RANGE,
          serviceEndpoints: [{ service: "Microsoft.KeyVault" }],
          ...(delegation === undefined
            ? {}
            : { delegations: [{ name: "host", serviceName: delegation }] }),
        },
      ],
    },
    { parent },
  );
  // Made from the network's id, which no update makes unknown, and not from its list of subnets, which every one does.
  return pulumi.interpolate`${virtualNetwork.id}/subnets/${SUBNET_NAME}`;
}

/** `web` of `Microsoft.Web/serverFarms`. */
function shortNamespace(service: string): string {
  return /\.([a-z]+)\//i.exec(service)?.[1]?.toLowerCase() ?? "";
}
