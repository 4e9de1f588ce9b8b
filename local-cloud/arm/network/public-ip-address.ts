// Public addresses (Microsoft.Network/publicIPAddresses): Standard and static, the kind that is left.
import { notHere } from "../mechanics/arm-error.js";
import { BodyFields } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import { checkDnsNameAvailability, checkLabel, labelClaim } from "./dns-label.js";
import { idIn, networkReference } from "./network-reference.js";
import {
  badRequest,
  choiceOf,
  NETWORK_API_VERSIONS,
  TRACKED_NETWORK_TYPE,
  writtenFields,
} from "./network-type.js";
import { addressClaim, freeAddressIn, freeRange } from "./public-addresses.js";
import { PREFIX_TYPE } from "./public-ip-prefix.js";
import { checkZones, refuseOtherZones } from "./zones.js";

export const ADDRESS_TYPE = "Microsoft.Network/publicIPAddresses";

export const publicIpAddress: ResourceType = {
  ...TRACKED_NETWORK_TYPE,
  type: "publicIPAddresses",
  write,
  shows: ({ id }, { resources }) => {
    const [user] = resources.usersOf(id);
    return user === undefined ? {} : { ipConfiguration: { id: user } };
  },
  inUse: ({ id }, [user = ""]) =>
    badRequest(
      "PublicIPAddressCannotBeDeleted",
      `Public IP address ${id} can not be deleted since it is still allocated to resource ${user}. In order to delete the public IP, disassociate/detach the Public IP address from the resource. To learn how to do this, see aka.ms/deletepublicip.`,
    ),
  routes: [
    {
      method: "GET",
      pattern:
        "/subscriptions/{subscriptionId}/providers/Microsoft.Network/locations/{location}/CheckDnsNameAvailability",
      action: "Microsoft.Network/locations/checkDnsNameAvailability/read",
      apiVersions: NETWORK_API_VERSIONS,
      typeName: "publicIPAddresses",
      handle: checkDnsNameAvailability,
    },
  ],
};

function write(request: WriteRequest): Written {
  const { cloud, existing, location = "", resourceId } = request;
  const body = new BodyFields(request.body);
  const fields = body.object("properties");
  checkNames(fields, {
    of: "public IP addresses",
    understood: [
      "deleteOption",
      "dnsSettings",
      "idleTimeoutInMinutes",
      "ipAddress",
      "publicIPAddressVersion",
      "publicIPAllocationMethod",
      "publicIPPrefix",
    ],
    answered: ["ipConfiguration", "ipTags", "provisioningState", "resourceGuid"],
  });
  const version = choiceOf(fields, "publicIPAddressVersion", ["IPv4", "IPv6"]) ?? "IPv4";
  const sku = skuOf(body, version);
  if (
    (choiceOf(fields, "publicIPAllocationMethod", ["Static", "Dynamic"]) ?? "Dynamic") !== "Static"
  ) {
    throw badRequest(
      "StandardAndStandardV2SkuPublicIPAddressesMustBeStatic",
      `Standard sku publicIp ${resourceId} must have AllocationMethod set to Static.`,
    );
  }
  const zones = checkZones(request, ADDRESS_TYPE);
  refuseOtherZones(request, zones);
  const label = labelOf(fields);
  const fqdn = label === undefined ? undefined : checkLabel(cloud, label, location, existing?.id);
  const prefix = idIn(fields, "publicIPPrefix");
  const ipAddress = existing?.properties["ipAddress"] ?? newAddress(request, version, prefix);
  const { common, etag } = writtenFields(request);
  return {
    etag,
    sku,
    ...(zones.length === 0 ? {} : { zones }),
    claims: [
      addressClaim(String(ipAddress)),
      ...(label === undefined ? [] : [labelClaim(label, location)]),
    ],
    references:
      prefix === undefined
        ? []
        : [
            networkReference(prefix, PREFIX_TYPE, "properties.publicIPPrefix", {
              id: resourceId,
              location,
            }),
          ],
    properties: {
      ...common,
      ipAddress,
      publicIPAddressVersion: version,
      publicIPAllocationMethod: "Static",
      idleTimeoutInMinutes: idleTimeout(fields, resourceId),
      ...(label === undefined ? {} : { dnsSettings: { domainNameLabel: label, fqdn } }),
      ...(prefix === undefined ? {} : { publicIPPrefix: { id: prefix } }),
      ipTags: [],
    },
  };
}

/** Standard. Basic addresses can no longer be made; that is what the service still calls the default. */
export function skuOf(body: BodyFields, version: string) {
  const sku = body.object("sku");
  const name = choiceOf(sku, "name", ["Basic", "Standard", "StandardV2"]) ?? "Basic";
  const tier = choiceOf(sku, "tier", ["Regional", "Global"]) ?? "Regional";
  if (name === "StandardV2" || tier === "Global")
    throw notHere(`public IP addresses of sku ${name} and tier ${tier}`);
  if (name === "Standard") return { name, tier };
  throw badRequest(
    `${version}BasicSkuPublicIpCountLimitReached`,
    `Cannot create more than 0 ${version} Basic SKU public IP addresses for this subscription in this region.`,
  );
}

/** 4 to 30 minutes. */
export function idleTimeout(fields: BodyFields, id: string): number {
  const minutes = fields.integer("idleTimeoutInMinutes") ?? 4;
  if (minutes >= 4 && minutes <= 30) return minutes;
  // hashicorp/terraform-provider-azurerm#3579 for the words; the code was not seen.
  throw badRequest(
    "InvalidIdleTimeout",
    `Public IP address ${id} has invalid Idle Timeout. The value must be between 4 and 30.`,
  );
}

function labelOf(fields: BodyFields): string | undefined {
  const settings = fields.object("dnsSettings");
  checkNames(settings, {
    of: "public IP addresses",
    understood: ["domainNameLabel"],
    answered: ["fqdn"],
  });
  return settings.string("domainNameLabel");
}

function newAddress(
  { cloud }: WriteRequest,
  version: string,
  prefixId: string | undefined,
): string {
  if (prefixId === undefined)
    return freeRange(cloud, version === "IPv6" ? 6 : 4, version === "IPv6" ? 128 : 32);
  const range = cloud.resources.byId(prefixId)?.properties["ipPrefix"];
  // A prefix that is not there is refused with the references.
  if (typeof range !== "string") return "";
  const address = freeAddressIn(cloud, range);
  if (address !== undefined) return address;
  // The code was not seen.
  throw badRequest(
    "PublicIPPrefixExhausted",
    `There are no more available public IP addresses in public IP prefix ${prefixId}.`,
  );
}
