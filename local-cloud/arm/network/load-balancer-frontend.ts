// Frontends of a load balancer: one public address each.
import type { ArmCloud } from "../mechanics/arm-call.js";
import { notHere } from "../mechanics/arm-error.js";
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import type { Reference } from "../mechanics/references.js";
import { idIn, networkReference } from "./network-reference.js";
import { badRequest } from "./network-type.js";
import { ADDRESS_TYPE } from "./public-ip-address.js";

export function frontend(fields: BodyFields, id: string): JsonObject {
  checkNames(fields, {
    of: "frontend IP configurations",
    understood: [
      "gatewayLoadBalancer",
      "privateIPAddress",
      "privateIPAddressVersion",
      "privateIPAllocationMethod",
      "publicIPAddress",
      "publicIPPrefix",
      "subnet",
    ],
    answered: [
      "inboundNatPools",
      "inboundNatRules",
      "loadBalancingRules",
      "outboundRules",
      "provisioningState",
    ],
  });
  for (const name of ["gatewayLoadBalancer", "privateIPAddress", "publicIPPrefix", "subnet"]) {
    if (fields.has(name)) throw notHere(`frontend IP configurations with '${fields.at(name)}'`);
  }
  const address = idIn(fields, "publicIPAddress");
  if (address !== undefined) {
    return { privateIPAllocationMethod: "Dynamic", publicIPAddress: { id: address } };
  }
  // The code was not seen.
  throw badRequest(
    "FrontendIPConfigurationWithoutAddress",
    `Frontend IP configuration ${id} must reference a subnet, a public IP address or a public IP prefix.`,
  );
}

/** What the frontends refer to. Throws 400 when an address is taken, or a frontend has zones. */
export function addressReferences(
  cloud: ArmCloud,
  body: BodyFields,
  balancerId: string,
  location: string,
): readonly Reference[] {
  return (body.objects("frontendIPConfigurations") ?? []).flatMap((item) => {
    const part = `frontendIPConfigurations/${item.string("name")}`;
    const settings = item.object("properties");
    const id = idIn(settings, "publicIPAddress");
    if (id === undefined) return [];
    if ((item.strings("zones") ?? []).length > 0) {
      throw badRequest(
        "LoadBalancerFrontendIPConfigCannotHaveZoneWhenReferencingPublicIPAddress",
        `Load balancer frontendIPConfiguration ${balancerId}/${part} cannot have zones. Networking supports zones only for frontendIpConfigurations which reference a subnet.`,
      );
    }
    const path = settings.at("publicIPAddress");
    const reference = networkReference(id, ADDRESS_TYPE, path, { id: balancerId, part, location });
    const own = `${balancerId}/`.toLowerCase();
    const user = cloud.resources.usersOf(id).find((one) => !one.toLowerCase().startsWith(own));
    if (user === undefined) return [reference];
    throw badRequest(
      "PublicIPAddressInUse",
      `Resource ${balancerId}/${part} is referencing public IP address ${id} that is already allocated to resource ${user}.`,
    );
  });
}
