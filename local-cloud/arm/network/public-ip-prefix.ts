// Public address prefixes (Microsoft.Network/publicIPPrefixes): ranges of which addresses are taken.
import { notHere } from "../mechanics/arm-error.js";
import { BodyFields } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import { badRequest, choiceOf, TRACKED_NETWORK_TYPE, writtenFields } from "./network-type.js";
import { addressClaims, freeRange } from "./public-addresses.js";
import { checkZones, refuseOtherZones } from "./zones.js";

export const PREFIX_TYPE = "Microsoft.Network/publicIPPrefixes";

export const publicIpPrefix: ResourceType = {
  ...TRACKED_NETWORK_TYPE,
  type: "publicIPPrefixes",
  write,
  shows: ({ id }, { resources }) => {
    const users = resources.usersOf(id);
    return users.length === 0 ? {} : { publicIPAddresses: users.map((user) => ({ id: user })) };
  },
  // Azure/kube-egress-gateway#1223 for the code; the words were not seen.
  inUse: ({ id }, users) =>
    badRequest(
      "InUsePublicIpPrefixCannotBeDeleted",
      `Public IP prefix ${id} cannot be deleted because it is in use by the following resources: ${users.join(", ")}.`,
    ),
};

function write(request: WriteRequest): Written {
  const { cloud, existing, resourceId } = request;
  const body = new BodyFields(request.body);
  const fields = body.object("properties");
  checkNames(fields, {
    of: "public IP prefixes",
    understood: ["prefixLength", "publicIPAddressVersion"],
    answered: ["ipPrefix", "ipTags", "provisioningState", "publicIPAddresses", "resourceGuid"],
  });
  const sku = body.object("sku");
  const name = choiceOf(sku, "name", ["Standard", "StandardV2"]) ?? "Standard";
  const tier = choiceOf(sku, "tier", ["Regional", "Global"]) ?? "Regional";
  if (name !== "Standard" || tier !== "Regional")
    throw notHere(`public IP prefixes of sku ${name} and tier ${tier}`);
  const version = choiceOf(fields, "publicIPAddressVersion", ["IPv4", "IPv6"]) ?? "IPv4";
  const prefixLength = lengthOf(fields, version, resourceId);
  const before = existing?.properties["prefixLength"];
  if (before !== undefined && before !== prefixLength) {
    // The code was not seen.
    throw badRequest(
      "PublicIpPrefixLengthCannotBeChanged",
      `Prefix length of public IP prefix ${resourceId} cannot be changed from ${before} to ${prefixLength}.`,
    );
  }
  const zones = checkZones(request, PREFIX_TYPE);
  refuseOtherZones(request, zones);
  const ipPrefix = String(
    existing?.properties["ipPrefix"] ?? freeRange(cloud, version === "IPv6" ? 6 : 4, prefixLength),
  );
  const { common, etag } = writtenFields(request);
  return {
    etag,
    sku: { name, tier },
    ...(zones.length === 0 ? {} : { zones }),
    claims: addressClaims(ipPrefix),
    properties: { ...common, prefixLength, publicIPAddressVersion: version, ipPrefix, ipTags: [] },
  };
}

/** "Public IP address prefix": IPv4 /28 to /31, IPv6 /124 to /127. */
function lengthOf(fields: BodyFields, version: string, id: string): number {
  const length = fields.integer("prefixLength");
  const [least, most] = version === "IPv4" ? [28, 31] : [124, 127];
  if (length !== undefined && length >= least && length <= most) return length;
  // Code and words were not seen.
  throw badRequest(
    "InvalidPublicIPPrefixLength",
    `Prefix length of public IP prefix ${id} must be between ${least} and ${most}, got ${length}.`,
  );
}
