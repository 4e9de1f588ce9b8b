// What Microsoft.Compute answers outside of any resource: sizes, and how much of the quotas is used.
import type { ArmAnswer, ArmCall, ArmRoute } from "../mechanics/arm-call.js";
import { ArmError } from "../mechanics/arm-error.js";
import { normalizeLocation, REGIONS } from "../mechanics/locations.js";
import { pageOf } from "../mechanics/pages.js";
import { zonesOf } from "../network/zones.js";
import { COMPUTE_API_VERSIONS, SKU_API_VERSIONS } from "./api-versions.js";
import { ComputeQuotas, coresInUse, REGIONAL, SCALE_SET_TYPE, SPOT } from "./quotas.js";
import { VM_FAMILIES } from "./vm-families.js";
import { isIn, VM_SIZES, type VmSize } from "./vm-sizes.js";

export const computeCatalogue: readonly ArmRoute[] = [
  {
    method: "GET",
    pattern: "/subscriptions/{subscriptionId}/providers/Microsoft.Compute/skus",
    action: "Microsoft.Compute/skus/read",
    apiVersions: SKU_API_VERSIONS,
    typeName: "skus",
    handle: skus,
  },
  {
    method: "GET",
    pattern:
      "/subscriptions/{subscriptionId}/providers/Microsoft.Compute/locations/{location}/usages",
    action: "Microsoft.Compute/locations/usages/read",
    apiVersions: COMPUTE_API_VERSIONS,
    typeName: "locations/usages",
    handle: usages,
  },
];

function skus(call: ArmCall): ArmAnswer {
  const filter = call.query.get("$filter");
  const [, named] = /^\s*location eq '([^']*)'\s*$/i.exec(filter ?? "") ?? [];
  if (filter !== null && named === undefined) {
    throw new ArmError(
      400,
      "BadRequest",
      `The filter '${filter}' is not supported. Only location is: location eq 'westeurope'.`,
    );
  }
  const locations = named === undefined ? [...REGIONS.keys()] : [normalizeLocation(named)];
  const all = locations.flatMap((location) =>
    VM_SIZES.filter((size) => REGIONS.has(location) && isIn(size, location)).map((size) =>
      skuView(size, location),
    ),
  );
  return { status: 200, body: pageOf(call, all) };
}

function skuView({ name, family, vcpus }: VmSize, location: string) {
  const { generation2, premium, acceleratedFrom, memory } = family;
  const capability = (title: string, value: unknown) => ({ name: title, value: String(value) });
  const yes = (value: boolean) => (value ? "True" : "False");
  return {
    resourceType: "virtualMachines",
    name,
    tier: "Standard",
    size: name.replace(/^Standard_/, ""),
    family: family.name,
    locations: [location],
    locationInfo: [{ location, zones: zonesOf(location), zoneDetails: [] }],
    capabilities: [
      capability("vCPUs", vcpus),
      capability("MemoryGB", vcpus * memory),
      capability("HyperVGenerations", generation2 ? "V1,V2" : "V1"),
      capability("CpuArchitectureType", "x64"),
      capability("PremiumIO", yes(premium)),
      capability("AcceleratedNetworkingEnabled", yes(vcpus >= acceleratedFrom)),
    ],
    restrictions: [],
  };
}

function usages({ cloud, params }: ArmCall): ArmAnswer {
  const { subscriptionId = "" } = params;
  const location = normalizeLocation(params["location"] ?? "");
  const quotas = new ComputeQuotas(cloud.context.store);
  const used = coresInUse(cloud, subscriptionId, location);
  const cores = (value: string, title: string) => ({
    limit: quotas.limit(location, value),
    unit: "Count",
    currentValue: used.get(value) ?? 0,
    name: { value, localizedValue: title },
  });
  const sets = cloud.resources
    .inSubscription(subscriptionId, SCALE_SET_TYPE)
    .filter((record) => record.location === location);
  const value = [
    cores(REGIONAL, "Total Regional vCPUs"),
    {
      limit: 2500,
      unit: "Count",
      currentValue: sets.length,
      name: { value: "virtualMachineScaleSets", localizedValue: "Virtual Machine Scale Sets" },
    },
    cores(SPOT, "Total Regional Spot vCPUs"),
    ...VM_FAMILIES.map(({ name, title }) => cores(name, `${title} vCPUs`)),
  ];
  return { status: 200, body: { value } };
}
