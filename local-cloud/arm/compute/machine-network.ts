// Network interfaces of a machine profile ("virtualMachineProfile.networkProfile"): what they refer to is Microsoft.Network's to
// check, and its refusals come through.
import { ArmError, notHere } from "../mechanics/arm-error.js";
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import type { Reference } from "../mechanics/references.js";
import { idIn, idsIn, networkReference, type Referrer } from "../network/network-reference.js";
import { PREFIX_TYPE } from "../network/public-ip-prefix.js";
import { SUBNET_TYPE } from "../network/subnet.js";
import { choiceIn, integerIn, invalidParameter, missingParameter } from "./compute-error.js";
import type { VmSize } from "./vm-sizes.js";

const NSG_TYPE = "Microsoft.Network/networkSecurityGroups";
const BALANCERS = "Microsoft.Network/loadBalancers";

export interface MachineNetwork {
  readonly properties: JsonObject;
  readonly references: readonly Reference[];
}

export function machineNetwork(
  profile: BodyFields,
  size: VmSize,
  referrer: Referrer,
): MachineNetwork {
  const fields = profile.object("networkProfile");
  checkNames(fields, {
    of: "scale sets",
    understood: ["healthProbe", "networkApiVersion", "networkInterfaceConfigurations"],
  });
  const interfaces = fields.objects("networkInterfaceConfigurations") ?? [];
  const [first] = interfaces;
  if (first === undefined) throw missingParameter("networkProfile.networkInterfaceConfigurations");
  if (interfaces.length > 1) throw notHere("machines with several network interfaces");
  const references: Reference[] = [];
  const refer = (id: string, type: string, path: string) => {
    references.push(networkReference(id, type, path, referrer));
  };
  const probe = idIn(fields, "healthProbe");
  if (probe !== undefined) refer(probe, `${BALANCERS}/probes`, fields.at("healthProbe"));
  return {
    references,
    properties: {
      ...(probe === undefined ? {} : { healthProbe: { id: probe } }),
      networkInterfaceConfigurations: [interfaceOf(first, size, refer)],
    },
  };
}

type Refer = (id: string, type: string, path: string) => void;

function interfaceOf(item: BodyFields, size: VmSize, refer: Refer): JsonObject {
  const fields = item.object("properties");
  checkNames(fields, {
    of: "scale sets",
    understood: [
      "deleteOption",
      "disableTcpStateTracking",
      "dnsSettings",
      "enableAcceleratedNetworking",
      "enableIPForwarding",
      "ipConfigurations",
      "networkSecurityGroup",
      "primary",
    ],
  });
  const accelerated = fields.boolean("enableAcceleratedNetworking") ?? false;
  if (accelerated && size.vcpus < size.family.acceleratedFrom) {
    throw new ArmError(
      400,
      "VMSizeIsNotPermittedToEnableAcceleratedNetworking",
      `VM size ${size.name} is not permitted to enable accelerated networking on network interface ${item.string("name")}.`,
    );
  }
  const configurations = fields.objects("ipConfigurations") ?? [];
  const [first] = configurations;
  if (first === undefined) throw missingParameter("networkInterfaceConfiguration.ipConfigurations");
  if (configurations.length > 1) throw notHere("network interfaces with several IP configurations");
  const group = idIn(fields, "networkSecurityGroup");
  if (group !== undefined) refer(group, NSG_TYPE, fields.at("networkSecurityGroup"));
  return {
    name: nameOf(item),
    properties: {
      primary: true,
      enableAcceleratedNetworking: accelerated,
      disableTcpStateTracking: fields.boolean("disableTcpStateTracking") ?? false,
      ...(group === undefined ? {} : { networkSecurityGroup: { id: group } }),
      dnsSettings: { dnsServers: fields.object("dnsSettings").strings("dnsServers") ?? [] },
      enableIPForwarding: fields.boolean("enableIPForwarding") ?? false,
      ipConfigurations: [ipConfiguration(first, refer)],
    },
  };
}

function ipConfiguration(item: BodyFields, refer: Refer): JsonObject {
  const fields = item.object("properties");
  checkNames(fields, {
    of: "scale sets",
    understood: [
      "loadBalancerBackendAddressPools",
      "loadBalancerInboundNatPools",
      "primary",
      "privateIPAddressVersion",
      "publicIPAddressConfiguration",
      "subnet",
    ],
  });
  const subnet = idIn(fields, "subnet");
  if (subnet === undefined) throw missingParameter("ipConfiguration.subnet");
  refer(subnet, SUBNET_TYPE, fields.at("subnet"));
  const lists = {
    loadBalancerBackendAddressPools: `${BALANCERS}/backendAddressPools`,
    loadBalancerInboundNatPools: `${BALANCERS}/inboundNatPools`,
  };
  const balanced = Object.entries(lists).flatMap(([name, type]) => {
    const ids = idsIn(fields, name);
    for (const id of ids) refer(id, type, fields.at(name));
    return ids.length === 0 ? [] : [[name, ids.map((id) => ({ id }))] as const];
  });
  if ((choiceIn(fields, "privateIPAddressVersion", ["IPv4", "IPv6"]) ?? "IPv4") !== "IPv4") {
    throw notHere("machines with IPv6 addresses");
  }
  return {
    name: nameOf(item),
    properties: {
      primary: true,
      subnet: { id: subnet },
      privateIPAddressVersion: "IPv4",
      ...(fields.has("publicIPAddressConfiguration")
        ? {
            publicIPAddressConfiguration: publicAddress(
              fields.object("publicIPAddressConfiguration"),
              refer,
            ),
          }
        : {}),
      ...Object.fromEntries(balanced),
    },
  };
}

function publicAddress(item: BodyFields, refer: Refer): JsonObject {
  checkNames(item, { of: "scale sets", understood: ["name", "properties", "sku", "tags"] });
  const fields = item.object("properties");
  checkNames(fields, {
    of: "scale sets",
    understood: [
      "deleteOption",
      "dnsSettings",
      "idleTimeoutInMinutes",
      "publicIPAddressVersion",
      "publicIPPrefix",
    ],
    answered: ["ipTags"],
  });
  const name = choiceIn(item.object("sku"), "name", ["Basic", "Standard"]) ?? "Basic";
  if (name !== "Standard") {
    // As for an address of its own: Basic ones can no longer be made.
    throw new ArmError(
      400,
      "IPv4BasicSkuPublicIpCountLimitReached",
      "Cannot create more than 0 IPv4 Basic SKU public IP addresses for this subscription in this region.",
    );
  }
  const dns = fields.object("dnsSettings");
  checkNames(dns, { of: "scale sets", understood: ["domainNameLabel"] });
  const label = dns.string("domainNameLabel");
  const prefix = idIn(fields, "publicIPPrefix");
  if (prefix !== undefined) refer(prefix, PREFIX_TYPE, fields.at("publicIPPrefix"));
  return {
    name: nameOf(item),
    sku: { name, tier: "Regional" },
    properties: {
      idleTimeoutInMinutes: integerIn(fields, "idleTimeoutInMinutes", 4, 30) ?? 10,
      ...(label === undefined ? {} : { dnsSettings: { domainNameLabel: label } }),
      ...(prefix === undefined ? {} : { publicIPPrefix: { id: prefix } }),
      ipTags: [],
      publicIPAddressVersion: "IPv4",
    },
  };
}

function nameOf(item: BodyFields): string {
  const name = item.string("name");
  if (name === undefined || name === "") throw missingParameter(`${item.path}.name`);
  if (/^[a-zA-Z0-9]([\w.-]{0,78}\w)?$/.test(name)) return name;
  throw invalidParameter(
    item.at("name"),
    `The entity name '${name}' is invalid according to its validation rule.`,
  );
}
