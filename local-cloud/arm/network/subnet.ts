// Subnets (Microsoft.Network/virtualNetworks/subnets).
import type { ArmCloud } from "../mechanics/arm-call.js";
import { ArmError } from "../mechanics/arm-error.js";
import { BodyFields } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import { badRequest, NETWORK_API_VERSIONS, NETWORK_NAME, newEtag } from "./network-type.js";
import { checkPlaces, type PlacedSubnet } from "./subnet-places.js";
import { type SubnetSettings, subnetSettings } from "./subnet-settings.js";

export const SUBNET_TYPE = "Microsoft.Network/virtualNetworks/subnets";

export const subnet: ResourceType = {
  namespace: "Microsoft.Network",
  type: "virtualNetworks/subnets",
  apiVersions: NETWORK_API_VERSIONS,
  nameRule: NETWORK_NAME,
  methods: ["PUT", "DELETE"],
  longRunning: ["PUT", "DELETE"],
  write,
  shows: ({ id }, { resources }) => {
    const users = resources.usersOf(id).filter((user) => /\/ipConfigurations\//i.test(user));
    return users.length === 0 ? {} : { ipConfigurations: users.map((user) => ({ id: user })) };
  },
  inUse: ({ names }, users) => subnetInUse(names.at(-1) ?? "", users),
};

export function subnetInUse(name: string, users: readonly string[]): ArmError {
  const user = users.find((one) => /\/ipConfigurations\//i.test(one)) ?? users[0];
  return badRequest(
    "InUseSubnetCannotBeDeleted",
    `Subnet ${name} is in use by ${user} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.`,
  );
}

function write({ cloud, id, resourceId, parent, body }: WriteRequest): Written {
  const name = id.names.at(-1) ?? "";
  const fields = new BodyFields(body).object("properties");
  const settings = subnetSettings(fields, resourceId, parent?.location);
  if (parent !== undefined) {
    const others = siblings(cloud, parent, name);
    refuseWhileBusy(cloud, others);
    checkPlaces(parent, [...others.map(placed), { name, properties: settings.properties }]);
  }
  return writtenSubnet(settings);
}

export function writtenSubnet({ properties, references }: SubnetSettings): Written {
  return {
    etag: newEtag(),
    properties: { provisioningState: "Succeeded", ...properties },
    references,
  };
}

function siblings(cloud: ArmCloud, network: ResourceRecord, name: string): ResourceRecord[] {
  return cloud.resources
    .children(network, SUBNET_TYPE)
    .filter(({ names }) => names.at(-1)?.toLowerCase() !== name.toLowerCase());
}

function placed({ names, properties }: ResourceRecord): PlacedSubnet {
  return { name: names.at(-1) ?? "", properties };
}

/** The provider works on one subnet of a network at a time. azure-native tries again on 409 with this code. */
function refuseWhileBusy({ context }: ArmCloud, others: readonly ResourceRecord[]): void {
  const busy = others.find(({ properties }) =>
    ["Creating", "Updating", "Deleting"].includes(String(properties["provisioningState"])),
  );
  if (busy === undefined) return;
  throw new ArmError(
    409,
    "AnotherOperationInProgress",
    `Another operation on this or dependent resource is in progress. To retrieve status of the operation use uri: ${context.origins().arm}${busy.id}.`,
    { details: [] },
  );
}
