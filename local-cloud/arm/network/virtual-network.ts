// Virtual networks (Microsoft.Network/virtualNetworks). Subnets in their body are resources of their own as well.
import { BodyFields } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import { removeResource } from "../mechanics/resource-removal.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import { viewOf } from "../mechanics/resource-view.js";
import { keepResource } from "../mechanics/resource-write.js";
import { rangesOf } from "./address-prefix.js";
import { overlap } from "./address-range.js";
import {
  badRequest,
  choiceOf,
  NETWORK_NAME,
  TRACKED_NETWORK_TYPE,
  unreadable,
  writtenFields,
} from "./network-type.js";
import { SUBNET_TYPE, subnet, subnetInUse, writtenSubnet } from "./subnet.js";
import { checkPlaces } from "./subnet-places.js";
import { type SubnetSettings, subnetSettings } from "./subnet-settings.js";

export const virtualNetwork: ResourceType = {
  ...TRACKED_NETWORK_TYPE,
  type: "virtualNetworks",
  nameRule: { ...NETWORK_NAME, minLength: 2, maxLength: 64 },
  write,
  stored: keepSubnets,
  shows: (network, cloud) => ({
    subnets: cloud.resources.children(network, SUBNET_TYPE).map((one) => viewOf(cloud, one)),
    virtualNetworkPeerings: [],
  }),
};

function write(request: WriteRequest): Written {
  const { resourceId } = request;
  const fields = new BodyFields(request.body).object("properties");
  checkNames(fields, {
    of: "virtual networks",
    understood: [
      "addressSpace",
      "dhcpOptions",
      "enableDdosProtection",
      "enableVmProtection",
      "encryption",
      "flowTimeoutInMinutes",
      "privateEndpointVNetPolicies",
      "subnets",
    ],
    answered: ["provisioningState", "resourceGuid"],
  });
  if (fields.boolean("enableDdosProtection") === true) {
    // Code and words were not seen.
    throw badRequest(
      "DdosProtectionPlanIdMissing",
      `Virtual network ${resourceId} has DDoS protection enabled without a DDoS protection plan.`,
    );
  }
  const addressPrefixes = spaceOf(fields, resourceId);
  const servers = fields.object("dhcpOptions").strings("dnsServers");
  const timeout = fields.integer("flowTimeoutInMinutes");
  const encryption = encryptionOf(fields);
  const properties = {
    ...writtenFields(request).common,
    addressSpace: { addressPrefixes },
    ...(servers === undefined ? {} : { dhcpOptions: { dnsServers: servers } }),
    ...(timeout === undefined ? {} : { flowTimeoutInMinutes: timeout }),
    ...(encryption === undefined ? {} : { encryption }),
    privateEndpointVNetPolicies:
      choiceOf(fields, "privateEndpointVNetPolicies", ["Disabled", "Basic"]) ?? "Disabled",
    enableDdosProtection: false,
    ...(fields.boolean("enableVmProtection") === true ? { enableVmProtection: true } : {}),
  };
  checkSubnets(request, { id: resourceId, properties });
  return { etag: writtenFields(request).etag, properties };
}

function spaceOf(fields: BodyFields, resourceId: string): readonly string[] {
  const prefixes = fields.object("addressSpace").strings("addressPrefixes") ?? [];
  if (prefixes.length === 0) {
    throw unreadable(
      "MissingJsonProperty",
      `Value for the property 'addressSpace.addressPrefixes' of ${resourceId} is missing.`,
    );
  }
  const ranges = rangesOf(prefixes, resourceId);
  const [a, b] = ranges.flatMap((range, index) => {
    const twin = ranges.slice(index + 1).find((other) => overlap(range, other));
    return twin === undefined ? [] : [range.text, twin.text];
  });
  if (a !== undefined) {
    // The code was not seen.
    throw badRequest(
      "NetcfgAddressSpaceRangesOverlap",
      `The address prefixes ${a} and ${b} of virtual network ${resourceId} overlap.`,
    );
  }
  return prefixes;
}

function encryptionOf(fields: BodyFields) {
  if (!fields.has("encryption")) return undefined;
  const encryption = fields.object("encryption");
  const enforcement = choiceOf(encryption, "enforcement", ["AllowUnencrypted", "DropUnencrypted"]);
  return {
    enabled: encryption.boolean("enabled") ?? false,
    enforcement: enforcement ?? "AllowUnencrypted",
  };
}

interface InlineSubnet extends SubnetSettings {
  readonly name: string;
}

/**
 * The subnets of a body; undefined when it says nothing of them, and then those that are there stay ("Azure Virtual
 * Network now supports updates without subnet property"). An empty list removes them all.
 */
function inlineSubnets(request: WriteRequest): readonly InlineSubnet[] | undefined {
  const { body, resourceId, location } = request;
  const items = new BodyFields(body).object("properties").objects("subnets");
  return items?.map((item) => {
    const name = item.string("name") ?? "";
    return {
      name,
      ...subnetSettings(item.object("properties"), `${resourceId}/subnets/${name}`, location),
    };
  });
}

function checkSubnets(
  request: WriteRequest,
  network: { id: string; properties: Record<string, unknown> },
): void {
  const there = childrenOf(request);
  const subnets = inlineSubnets(request);
  if (subnets === undefined) {
    checkPlaces(
      network,
      there.map(({ names, properties }) => ({ name: names.at(-1) ?? "", properties })),
    );
    return;
  }
  for (const [index, { name }] of subnets.entries()) {
    const twin = subnets.findIndex((other) => other.name.toLowerCase() === name.toLowerCase());
    if (name === "" || !NETWORK_NAME.pattern.test(name) || name.length > NETWORK_NAME.maxLength) {
      throw badRequest(
        "InvalidResourceName",
        `Resource name ${name} is invalid: ${NETWORK_NAME.says}.`,
      );
    }
    if (twin === index) continue;
    throw unreadable(
      "DuplicateResourceName",
      `Resource ${network.id} has two child resources with the same name (${name}).`,
    );
  }
  checkPlaces(network, subnets);
  for (const { id, names } of gone(there, subnets)) {
    const users = request.cloud.resources.usersOf(id);
    if (users.length > 0) throw subnetInUse(names.at(-1) ?? "", users);
  }
}

function keepSubnets(network: ResourceRecord, request: WriteRequest): void {
  const { cloud } = request;
  const subnets = inlineSubnets(request);
  if (subnets === undefined) return;
  for (const record of gone(childrenOf(request), subnets)) removeResource(cloud, record);
  for (const { name, ...settings } of subnets) {
    const id = { ...network, names: [...network.names, name] };
    keepResource(cloud, subnet, id, writtenSubnet(settings));
  }
}

function childrenOf({ cloud, existing }: WriteRequest): ResourceRecord[] {
  return existing === undefined ? [] : cloud.resources.children(existing, SUBNET_TYPE);
}

function gone(there: readonly ResourceRecord[], subnets: readonly InlineSubnet[]) {
  const staying = new Set(subnets.map(({ name }) => name.toLowerCase()));
  return there.filter(({ names }) => !staying.has(names.at(-1)?.toLowerCase() ?? ""));
}
