// What a subnet says, alone or inside its network.
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import type { Reference } from "../mechanics/references.js";
import { rangesOf } from "./address-prefix.js";
import type { AddressRange } from "./address-range.js";
import { idIn, referenceAt } from "./network-reference.js";
import { badRequest, choiceOf } from "./network-type.js";

export interface SubnetSettings {
  readonly properties: JsonObject;
  readonly ranges: readonly AddressRange[];
  readonly references: readonly Reference[];
}

const ENDPOINT_POLICIES = [
  "Disabled",
  "Enabled",
  "NetworkSecurityGroupEnabled",
  "RouteTableEnabled",
];

/** Reads `properties` of the subnet `subnetId` of a network in `location`. */
export function subnetSettings(
  fields: BodyFields,
  subnetId: string,
  location: string | undefined,
): SubnetSettings {
  checkNames(fields, {
    of: "subnets",
    understood: [
      "addressPrefix",
      "addressPrefixes",
      "defaultOutboundAccess",
      "delegations",
      "networkSecurityGroup",
      "privateEndpointNetworkPolicies",
      "privateLinkServiceNetworkPolicies",
      "serviceEndpoints",
    ],
    answered: ["ipConfigurations", "provisioningState", "purpose"],
  });
  const prefixes = prefixesOf(fields, subnetId);
  const ranges = rangesOf(prefixes, subnetId);
  const tooSmall = ranges.find(({ version, prefixLength }) =>
    version === 4 ? prefixLength > 29 : prefixLength !== 64,
  );
  if (tooSmall !== undefined) {
    // "Azure Virtual Network frequently asked questions": the smallest IPv4 subnet is /29, an IPv6 one is /64. The code
    // of this refusal was not seen.
    throw badRequest(
      "NetcfgInvalidSubnetSize",
      `Subnet '${nameOf(subnetId)}' is not valid: its prefix ${tooSmall.text} must be /29 or larger for IPv4 and /64 for IPv6.`,
    );
  }
  const group = idIn(fields, "networkSecurityGroup");
  const outbound = fields.boolean("defaultOutboundAccess");
  return {
    ranges,
    references: referenceAt(
      fields,
      "networkSecurityGroup",
      "Microsoft.Network/networkSecurityGroups",
      { id: subnetId, ...(location === undefined ? {} : { location }) },
    ),
    properties: {
      ...(fields.has("addressPrefixes")
        ? { addressPrefixes: prefixes }
        : { addressPrefix: prefixes[0] }),
      ...(group === undefined ? {} : { networkSecurityGroup: { id: group } }),
      ...(outbound === undefined ? {} : { defaultOutboundAccess: outbound }),
      serviceEndpoints: serviceEndpoints(fields),
      delegations: delegations(fields, subnetId),
      privateEndpointNetworkPolicies:
        choiceOf(fields, "privateEndpointNetworkPolicies", ENDPOINT_POLICIES) ?? "Disabled",
      privateLinkServiceNetworkPolicies:
        choiceOf(fields, "privateLinkServiceNetworkPolicies", ["Disabled", "Enabled"]) ?? "Enabled",
    },
  };
}

function prefixesOf(fields: BodyFields, subnetId: string): readonly string[] {
  const one = fields.string("addressPrefix");
  const several = fields.strings("addressPrefixes") ?? [];
  if (one !== undefined && several.length > 0 && !(several.length === 1 && several[0] === one)) {
    // Not seen: what the service says to both at once.
    throw badRequest(
      "InvalidRequestFormat",
      `Subnet ${subnetId} has both addressPrefix and addressPrefixes. Give one of them.`,
    );
  }
  const prefixes = several.length > 0 ? several : one === undefined ? [] : [one];
  if (prefixes.length > 0) return prefixes;
  throw badRequest(
    "NoAddressPrefixOrPoolProvided",
    `Neither addressPrefix nor addressPrefixes or ipamPoolPrefixAllocations is provided for subnet ${nameOf(subnetId)}.`,
  );
}

function serviceEndpoints(fields: BodyFields) {
  return (fields.objects("serviceEndpoints") ?? []).map((endpoint) => ({
    provisioningState: "Succeeded",
    service: endpoint.string("service"),
    locations: endpoint.strings("locations") ?? ["*"],
  }));
}

function delegations(fields: BodyFields, subnetId: string) {
  return (fields.objects("delegations") ?? []).map((delegation) => {
    const name = delegation.string("name") ?? "";
    const settings = delegation.object("properties");
    return {
      name,
      id: `${subnetId}/delegations/${name}`,
      properties: {
        provisioningState: "Succeeded",
        serviceName: settings.string("serviceName"),
        actions: settings.strings("actions") ?? [],
      },
      type: "Microsoft.Network/virtualNetworks/subnets/delegations",
    };
  });
}

function nameOf(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}
