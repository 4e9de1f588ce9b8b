// Availability zones of regions ("Azure regions list"), and what may be said about zones of one resource.
import { ArmError } from "../mechanics/arm-error.js";
import { BodyFields } from "../mechanics/body-fields.js";
import type { WriteRequest } from "../mechanics/resource-type.js";
import { badRequest } from "./network-type.js";

const WITHOUT_ZONES: ReadonlySet<string> = new Set([
  "australiacentral",
  "australiacentral2",
  "australiasoutheast",
  "brazilsoutheast",
  "canadaeast",
  "francesouth",
  "germanynorth",
  "koreasouth",
  "northcentralus",
  "norwaywest",
  "southafricawest",
  "southindia",
  "swedensouth",
  "switzerlandwest",
  "uaecentral",
  "ukwest",
  "westcentralus",
  "westindia",
  "westus",
]);

/** Zones of a region; none where it has none. */
export function zonesOf(location: string): readonly string[] {
  return WITHOUT_ZONES.has(location) ? [] : ["1", "2", "3"];
}

/** The zones of a request. Throws 400 for zones that the region has not. */
export function checkZones({ body, id, location = "" }: WriteRequest, type: string) {
  const zones = new BodyFields(body).strings("zones") ?? [];
  const supported = zonesOf(location);
  const strange = zones.filter((zone) => !supported.includes(zone));
  if (strange.length > 0) {
    throw new ArmError(
      400,
      "AvailabilityZoneNotSupported",
      `The zone(s) '${strange.join(",")}' for resource '${type}/${id.names.at(-1)}' is not supported. The supported zones for location '${location}' are '${supported.join(",")}'`,
    );
  }
  return zones;
}

/** Zones of an address or prefix stay as they were. */
export function refuseOtherZones(
  { existing, resourceId }: WriteRequest,
  zones: readonly string[],
): void {
  const before = [...(existing?.zones ?? [])].sort().join(", ");
  const after = [...zones].sort().join(", ");
  if (existing === undefined || before === after) return;
  throw badRequest(
    "ResourceAvailabilityZonesCannotBeModified",
    `Resource ${resourceId} has an existing availability zone constraint ${before || "NoZone"} and the request has availability zone constraint ${after || "NoZone"}, which do not match. Zones cannot be added/updated/removed once the resource is created. The resource cannot be updated from regional to zonal or vice-versa.`,
  );
}
