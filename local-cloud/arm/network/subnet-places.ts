// Where subnets lie in the address space of their network.
import { BodyFields, type JsonObject } from "../mechanics/body-fields.js";
import { rangesOf } from "./address-prefix.js";
import { contains, overlap } from "./address-range.js";
import { badRequest } from "./network-type.js";

export interface Network {
  readonly id: string;
  readonly properties: JsonObject;
}

export interface PlacedSubnet {
  readonly name: string;
  /** As the subnet has them. */
  readonly properties: JsonObject;
}

/** Throws 400 when a subnet is outside of its network, or two have addresses in common. */
export function checkPlaces(network: Network, subnets: readonly PlacedSubnet[]): void {
  const space = rangesOf(spaceOf(network.properties), network.id);
  const networkName = network.id.slice(network.id.lastIndexOf("/") + 1);
  const placed = subnets.map(({ name, properties }) => ({
    name,
    ranges: rangesOf(prefixesIn(properties), `${network.id}/subnets/${name}`),
  }));
  for (const [index, { name, ranges }] of placed.entries()) {
    if (!ranges.every((range) => space.some((whole) => contains(whole, range)))) {
      throw badRequest(
        "NetcfgSubnetRangeOutsideVnet",
        `Subnet '${name}' is not valid because its IP address range is outside the IP address range of virtual network '${networkName}'.`,
      );
    }
    const twin = placed
      .slice(0, index)
      .find((other) => other.ranges.some((one) => ranges.some((range) => overlap(one, range))));
    if (twin === undefined) continue;
    throw badRequest(
      "NetcfgSubnetRangesOverlap",
      `Subnet '${name}' is not valid because its IP address range overlaps with that of an existing subnet in virtual network '${networkName}'.`,
    );
  }
}

function spaceOf(properties: JsonObject): readonly string[] {
  return new BodyFields(properties).object("addressSpace").strings("addressPrefixes") ?? [];
}

function prefixesIn({ addressPrefix, addressPrefixes }: JsonObject): readonly string[] {
  const all = Array.isArray(addressPrefixes) ? addressPrefixes : [addressPrefix];
  return all.filter((prefix) => typeof prefix === "string");
}
