// Address ranges of networks and subnets, with the provider's refusals.
import { type AddressRange, aligned, parseRange } from "./address-range.js";
import { badRequest } from "./network-type.js";

/** Reads ranges of `resourceId`. Throws 400 when one is not CIDR or begins in the middle of its range. */
export function rangesOf(prefixes: readonly string[], resourceId: string): readonly AddressRange[] {
  return prefixes.map((prefix) => {
    const range = parseRange(prefix);
    if (range === undefined) {
      throw badRequest(
        "InvalidAddressPrefixFormat",
        `Address prefix ${prefix} of resource ${resourceId} is not formatted correctly. It should follow CIDR notation, for example 10.0.0.0/24.`,
      );
    }
    if (!range.isAligned) {
      throw badRequest(
        "InvalidCIDRNotation",
        `The address prefix ${prefix} in resource ${resourceId} has an invalid CIDR notation. For the given prefix length, the address prefix should be ${aligned(range)}.`,
      );
    }
    return range;
  });
}
