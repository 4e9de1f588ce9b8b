// The subnet through which a site calls others ("Integrate your app with an Azure virtual network").
import type { BodyFields } from "../mechanics/body-fields.js";
import { normalizeLocation } from "../mechanics/locations.js";
import type { Reference } from "../mechanics/references.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { WriteRequest } from "../mechanics/resource-type.js";
import { isDelegated, subnetById } from "../network/delegated-subnet.js";
import { skuOfPlan } from "./app-service-plan.js";
import { cannotFind, invalidParameter, planDoesNotAllow, WebError } from "./web-error.js";

const NAME = "virtualNetworkSubnetId";
const SERVICE = "Microsoft.Web/serverFarms";

export interface SiteSubnet {
  readonly id: string | null;
  readonly references: readonly Reference[];
}

/** What a request leaves out stays; an empty text ends it. Throws WebError. */
export function subnetFor(
  { cloud, existing, location = "" }: WriteRequest,
  fields: BodyFields,
  plan: ResourceRecord,
): SiteSubnet {
  const id = fields.string(NAME) ?? existing?.properties[NAME];
  if (typeof id !== "string" || id === "") return { id: null, references: [] };
  if (!skuOfPlan(plan).dedicated) throw planDoesNotAllow("VNet integration");
  const subnet = subnetById(cloud, id);
  const [network = "", name = ""] = subnet?.names ?? [];
  // What the service says of a subnet that is not there or far away was not seen.
  if (subnet === undefined) throw cannotFind("Subnet", id);
  const region = cloud.resources.byId(id.split(/\/subnets\//i)[0] ?? "")?.location ?? "";
  if (normalizeLocation(region) !== location) {
    throw invalidParameter(NAME, `The network is in ${region}, and the site in ${location}.`);
  }
  if (!isDelegated(subnet, SERVICE)) {
    // Azure/azure-quickstart-templates#8813.
    const template =
      "Subnet {0} in VNET {1} is missing a delegation to Microsoft.Web/serverFarms. Please add the delegation and try again.";
    throw new WebError(400, undefined, template, [name, network]);
  }
  return { id: subnet.id, references: [{ id: subnet.id, path: `properties.${NAME}` }] };
}
