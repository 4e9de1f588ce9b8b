// From where a vault answers: public addresses, and subnets that have its service endpoint ("Configure Azure Key Vault
// networking settings").

import { ArmError } from "../mechanics/arm-error.js";
import { BodyFields, type JsonObject } from "../mechanics/body-fields.js";
import { parseResourceId } from "../mechanics/resource-id.js";
import { resourceNotFound } from "../mechanics/resource-place.js";
import type { WriteRequest } from "../mechanics/resource-type.js";
import { contains, formatAddress, isAddress, parseRange } from "../network/address-range.js";
import { badRequest } from "./vault-error.js";

const MOST_RANGES = 1000;
const MOST_SUBNETS = 200;
/** RFC 1918: nobody has such an address on the internet. */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].flatMap(
  (text) => parseRange(text) ?? [],
);

/** `networkAcls` as the vault answers it; undefined when there are none. Throws ArmError. */
export function networkRules(request: WriteRequest, fields: BodyFields): JsonObject | undefined {
  if (!fields.has("networkAcls")) return undefined;
  const rules = fields.object("networkAcls");
  const [addresses, subnets] = [
    rules.objects("ipRules") ?? [],
    rules.objects("virtualNetworkRules") ?? [],
  ];
  // Limits of the same page; the refusals were not seen.
  if (addresses.length > MOST_RANGES || subnets.length > MOST_SUBNETS) {
    throw badRequest(
      `A vault has at most ${MOST_RANGES} address rules and ${MOST_SUBNETS} subnet rules, got ${addresses.length} and ${subnets.length}.`,
    );
  }
  return {
    bypass: oneOf(rules, "bypass", ["AzureServices", "None"]) ?? "AzureServices",
    defaultAction: oneOf(rules, "defaultAction", ["Allow", "Deny"]) ?? "Allow",
    ipRules: addresses.map((rule) => ({ value: checkedRange(rule) })),
    virtualNetworkRules: subnets.map((rule) => subnetRule(request, rule)),
  };
}

function oneOf(rules: BodyFields, name: string, known: readonly string[]): string | undefined {
  const given = rules.string(name);
  const found = known.find((value) => value.toLowerCase() === given?.toLowerCase());
  if (given === undefined || found !== undefined) return found;
  // Not seen.
  throw badRequest(`The property "networkAcls.${name}" is ${known.join(" or ")}, got '${given}'.`);
}

function checkedRange(rule: BodyFields): string {
  const value = rule.string("value") ?? "";
  const range = parseRange(isAddress(value) ? `${value}/32` : value);
  if (range?.version !== 4 || !range.isAligned) {
    // Not seen word by word.
    throw badRequest(
      `Invalid value found at ${rule.at("value")}: '${value}' is neither an IPv4 address nor a range of them in CIDR notation.`,
    );
  }
  const forbidden = PRIVATE.find((network) => contains(network, range));
  if (forbidden === undefined) return range.text;
  const [first, last] = [forbidden.first, forbidden.last].map((end) => formatAddress(4, end));
  throw badRequest(
    `Invalid value found at ${rule.at("value")}: ${range.text} belongs to forbidden range ${first}–${last} (private IP addresses)`,
  );
}

function subnetRule({ cloud }: WriteRequest, rule: BodyFields): JsonObject {
  const id = rule.string("id") ?? "";
  const parsed = parseResourceId(id);
  if (parsed?.type.toLowerCase() !== "microsoft.network/virtualnetworks/subnets") {
    throw badRequest(
      `An invalid value was provided for 'virtualNetworkRules': '${id}' is no subnet.`,
    );
  }
  const subnet = cloud.resources.get(parsed);
  if (subnet === undefined) throw resourceNotFound(parsed);
  const ignore = rule.boolean("ignoreMissingVnetServiceEndpoint") ?? false;
  const endpoints = new BodyFields(subnet.properties).objects("serviceEndpoints") ?? [];
  const has = endpoints.some(
    (endpoint) => endpoint.string("service")?.toLowerCase() === "microsoft.keyvault",
  );
  if (has || ignore) return { id, ...(ignore ? { ignoreMissingVnetServiceEndpoint: true } : {}) };
  const [, name = ""] = parsed.names;
  const network = subnet.id.replace(/\/subnets\/[^/]+$/i, "");
  throw new ArmError(
    400,
    "VirtualNetworkNotValid",
    `Operation on Virtual Network could not be performed. StatusCode: 400 (BadRequest). Error Code: SubnetsHaveNoServiceEndpointsConfigured. Error Message: Subnets ${name} of virtual network ${network} do not have ServiceEndpoints for Microsoft.KeyVault resources configured. Add Microsoft.KeyVault to subnet's ServiceEndpoints collection before trying to ACL Microsoft.KeyVault resources to these subnets..`,
  );
}
