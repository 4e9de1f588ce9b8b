// The one network interface that a machine profile describes, read from what is kept of it.

export interface IpConfiguration {
  readonly interfaceName: string;
  readonly name: string;
  readonly subnetId: string;
  readonly poolIds: readonly string[];
  /** Of the network security group. */
  readonly groupId?: string;
  readonly publicAddress?: {
    readonly name: string;
    readonly label?: string;
    readonly prefixId?: string;
  };
}

/** @param networkProfile as the scale set keeps it: checked, with one interface and one IP configuration */
export function interfaceIn(networkProfile: unknown): IpConfiguration {
  const [card] = Object(networkProfile).networkInterfaceConfigurations;
  const [configuration] = card.properties.ipConfigurations;
  const {
    subnet,
    loadBalancerBackendAddressPools = [],
    publicIPAddressConfiguration,
  } = configuration.properties;
  const groupId = card.properties.networkSecurityGroup?.id;
  return {
    interfaceName: card.name,
    name: configuration.name,
    subnetId: subnet.id,
    poolIds: Array.from(loadBalancerBackendAddressPools, ({ id }: { id: string }) => id),
    ...(groupId === undefined ? {} : { groupId }),
    ...(publicIPAddressConfiguration === undefined
      ? {}
      : { publicAddress: addressIn(publicIPAddressConfiguration) }),
  };
}

function addressIn({ name, properties }: { name: string; properties: Record<string, unknown> }) {
  const label = Object(properties["dnsSettings"]).domainNameLabel;
  const prefixId = Object(properties["publicIPPrefix"]).id;
  return {
    name,
    ...(label === undefined ? {} : { label }),
    ...(prefixId === undefined ? {} : { prefixId }),
  };
}
