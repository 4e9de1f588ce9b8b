// The subnet that an environment puts its machines into ("Networking in Azure Container Apps environment").
import { ArmError } from "../mechanics/arm-error.js";
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import { normalizeLocation } from "../mechanics/locations.js";
import type { Reference } from "../mechanics/references.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { WriteRequest } from "../mechanics/resource-type.js";
import { isDelegated, subnetById } from "../network/delegated-subnet.js";
import { invalidRequest } from "./container-app-error.js";

const SERVICE = "Microsoft.App/environments";
const PATH = "VnetConfiguration.InfrastructureSubnetId";

export interface EnvironmentNetwork {
  readonly vnetConfiguration: JsonObject | null;
  readonly references: readonly Reference[];
}

/** @param withProfiles whether it has workload profiles, and so can do with a smaller subnet */
export function networkFor(
  request: WriteRequest,
  fields: BodyFields,
  withProfiles: boolean,
): EnvironmentNetwork {
  const given = fields.object("vnetConfiguration");
  const before = request.existing?.properties["vnetConfiguration"];
  const id = given.string("infrastructureSubnetId");
  const internal = given.boolean("internal") ?? false;
  if (id === undefined) {
    if (internal) throw invalidRequest(PATH, "An internal environment needs a subnet");
    checkUnchanged(request, before, null);
    return { vnetConfiguration: null, references: [] };
  }
  const subnet = subnetById(request.cloud, id);
  // A subnet with a list of ranges has been as good as none (pulumi/pulumi-azure-native#3244, microsoft/azure-container-apps#1220).
  if (subnet?.properties["addressPrefix"] === undefined) {
    throw invalidNetwork("The subnet and its addressPrefix could not be found.");
  }
  checkSubnet(request, subnet, withProfiles);
  const vnetConfiguration = {
    internal,
    infrastructureSubnetId: subnet.id,
    dockerBridgeCidr: given.string("dockerBridgeCidr") ?? null,
    platformReservedCidr: given.string("platformReservedCidr") ?? null,
    platformReservedDnsIP: given.string("platformReservedDnsIP") ?? null,
  };
  checkUnchanged(request, before, vnetConfiguration);
  return { vnetConfiguration, references: [{ id: subnet.id, path: PATH }] };
}

function checkSubnet(request: WriteRequest, subnet: ResourceRecord, withProfiles: boolean): void {
  const { cloud, location, resourceId } = request;
  const network = cloud.resources.byId(subnet.id.split(/\/subnets\//i)[0] ?? "");
  if (normalizeLocation(network?.location ?? "") !== location) {
    throw invalidRequest(
      PATH,
      `The network is in ${network?.location}, and the environment in ${location}`,
    );
  }
  // MicrosoftDocs/azure-docs#119379; since 2026 it holds for environments without workload profiles as well
  // (DFE-Digital/terraform-azurerm-container-apps-hosting#506).
  if (!isDelegated(subnet, SERVICE)) {
    const message = `The subnet of the environment must be delegated to the service '${SERVICE}'.`;
    throw new ArmError(400, "ManagedEnvironmentSubnetDelegationError", message);
  }
  const largest = withProfiles ? 27 : 23;
  if (prefixLength(subnet) > largest) {
    // microsoft/azure-container-apps#425.
    throw invalidNetwork(`Provided subnet must have a size of at least /${largest}`);
  }
  const others = cloud.resources
    .usersOf(subnet.id)
    .filter((user) => user.toLowerCase() !== resourceId.toLowerCase());
  if (others.length > 0) {
    // The words were not seen.
    throw invalidRequest(PATH, `The subnet is already used by ${others.join(", ")}`);
  }
}

// The words were not seen: where an environment is cannot be changed.
function checkUnchanged({ existing }: WriteRequest, before: unknown, now: JsonObject | null): void {
  if (existing === undefined || JSON.stringify(before) === JSON.stringify(now)) return;
  throw invalidRequest("VnetConfiguration", "The network of an environment cannot be changed");
}

function invalidNetwork(why: string): ArmError {
  const message = `The environment network configuration is invalid: ${why}`;
  return new ArmError(400, "ManagedEnvironmentInvalidNetworkConfiguration", message);
}

function prefixLength({ properties }: ResourceRecord): number {
  return Number(String(properties["addressPrefix"]).split("/")[1]);
}
