// App Service plans (Microsoft.Web/serverfarms): the machines that sites run on. What an answer holds follows recorded answers
// of the real service (appservice tests of Azure/azure-cli).
import { createHash } from "node:crypto";
import { notHere } from "../mechanics/arm-error.js";
import { BodyFields, type JsonObject } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import { displayLocation, REGIONS } from "../mechanics/locations.js";
import { parseResourceId } from "../mechanics/resource-id.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import { WEB_API_VERSIONS } from "./api-versions.js";
import { isSkuElsewhere, type PlanSku, planSku, planSkuNames } from "./plan-skus.js";
import { invalidParameter, WebError } from "./web-error.js";

export const PLAN_TYPE = "Microsoft.Web/serverfarms";

export const appServicePlan: ResourceType = {
  namespace: "Microsoft.Web",
  type: "serverfarms",
  apiVersions: WEB_API_VERSIONS,
  locations: [...REGIONS.keys()],
  // "Naming rules and restrictions for Azure resources", Microsoft.Web.
  nameRule: {
    pattern: /^[a-zA-Z0-9-]+$/,
    minLength: 1,
    maxLength: 60,
    says: "letters, digits and hyphens",
  },
  longRunning: ["PUT"],
  write,
  shows: ({ id }, { resources }) => ({ numberOfSites: resources.usersOf(id).length }),
  inUse: ({ names: [name = ""] }, users) => {
    const sites = users.map((id) => parseResourceId(id)?.names[0] ?? id).join(", ");
    const template =
      "Server farm '{0}' cannot be deleted because it has web app(s) {1} assigned to it.";
    return new WebError(409, "11003", template, [name, sites]);
  },
};

/** The size that a plan has. */
export function skuOfPlan(plan: ResourceRecord): PlanSku {
  const sku = planSku(String(plan.sku?.["name"]));
  if (sku === undefined) throw new Error(`the plan ${plan.id} is of no known size`);
  return sku;
}

const KNOWN = {
  of: "App Service plans",
  understood: [
    "elasticScaleEnabled",
    "hyperV",
    "isXenon",
    "perSiteScaling",
    "reserved",
    "zoneRedundant",
  ],
  answered: [
    "computeMode",
    "currentNumberOfWorkers",
    "geoRegion",
    "isSpot",
    "kind",
    "maximumElasticWorkerCount",
    "maximumNumberOfWorkers",
    "name",
    "numberOfSites",
    "numberOfWorkers",
    "planName",
    "provisioningState",
    "resourceGroup",
    "serverFarmId",
    "status",
    "subscription",
    "targetWorkerCount",
    "targetWorkerSizeId",
    "webSpace",
  ],
};

function write(request: WriteRequest): Written {
  const { existing, location = "" } = request;
  const body = new BodyFields(request.body);
  const fields = body.object("properties");
  const sku = skuFor(body.object("sku"), existing);
  const capacity = capacityFor(body.object("sku"), sku, existing);
  const system = operatingSystem(fields, sku, existing);
  const kind = system.reserved ? "linux" : "app";
  const before = existing?.properties ?? {};
  const region = displayLocation(location);
  const flag = (name: string) => fields.boolean(name) ?? before[name] ?? false;
  checkNames(fields, KNOWN);
  const { name, tier, family } = sku;
  return {
    kind,
    location: region,
    sku: { name, tier, size: name, family, capacity },
    properties: {
      serverFarmId: before["serverFarmId"] ?? numberFrom(request.id.names[0] ?? ""),
      name: request.id.names[0],
      workerTierName: null,
      numberOfWorkers: capacity,
      currentNumberOfWorkers: capacity,
      status: "Ready",
      webSpace: `${request.id.resourceGroup}-${region.replaceAll(" ", "")}webspace${system.reserved ? "-Linux" : ""}`,
      subscription: request.id.subscriptionId,
      hostingEnvironmentProfile: null,
      maximumNumberOfWorkers: sku.maxInstances,
      planName: "VirtualDedicatedPlan",
      computeMode: sku.dedicated ? "Dedicated" : "Shared",
      geoRegion: region,
      perSiteScaling: flag("perSiteScaling"),
      elasticScaleEnabled: flag("elasticScaleEnabled"),
      maximumElasticWorkerCount: 1,
      isSpot: false,
      kind,
      resourceGroup: request.id.resourceGroup,
      ...system,
      targetWorkerCount: 0,
      targetWorkerSizeId: 0,
      zoneRedundant: zoneRedundant(fields, sku, capacity, existing),
      provisioningState: "Succeeded",
    },
  };
}

// Recorded: what `size` and `family` say does not matter.
function skuFor(wanted: BodyFields, existing: ResourceRecord | undefined): PlanSku {
  const name = wanted.string("name") ?? String(existing?.sku?.["name"] ?? "F1");
  if (isSkuElsewhere(name)) throw notHere(`App Service plans of size '${name}'`);
  const sku = planSku(name);
  if (sku !== undefined) return sku;
  throw invalidParameter(
    "sku.name",
    `It must be one of ${planSkuNames.join(", ")}, got '${name}'.`,
  );
}

function capacityFor(
  wanted: BodyFields,
  { tier, maxInstances }: PlanSku,
  existing: ResourceRecord | undefined,
): number {
  const capacity = wanted.number("capacity") ?? Number(existing?.sku?.["capacity"] ?? 1);
  if (Number.isInteger(capacity) && capacity >= 1 && capacity <= maxInstances) return capacity;
  throw invalidParameter(
    "sku.capacity",
    `A plan of tier ${tier} has 1 to ${maxInstances} instances, got ${capacity}.`,
  );
}

/** `reserved` means Linux, `isXenon` and `hyperV` Windows containers; what `kind` says does not matter. */
function operatingSystem(
  fields: BodyFields,
  { tier, linux }: PlanSku,
  existing: ResourceRecord | undefined,
): { reserved: boolean; isXenon: boolean; hyperV: boolean } {
  const before = existing?.properties ?? {};
  const flag = (name: string) => fields.boolean(name) ?? before[name] === true;
  const reserved = flag("reserved");
  const hyperV = flag("hyperV") || flag("isXenon");
  if (existing !== undefined && (before["reserved"] !== reserved || before["hyperV"] !== hyperV)) {
    throw invalidParameter("reserved", "The operating system of a plan cannot be changed.");
  }
  if (reserved && hyperV)
    throw invalidParameter("hyperV", "A Linux plan has no Windows containers.");
  if (reserved && !linux) throw invalidParameter("reserved", `Tier ${tier} has no Linux plans.`);
  if (hyperV && !tier.startsWith("PremiumV3")) {
    throw invalidParameter("hyperV", `Windows containers need tier PremiumV3, got ${tier}.`);
  }
  return { reserved, isXenon: hyperV, hyperV };
}

// "Reliability in Azure App Service": at least two instances, in a tier that has zones.
function zoneRedundant(
  fields: BodyFields,
  { tier, zones }: PlanSku,
  capacity: number,
  existing: ResourceRecord | undefined,
): boolean {
  const wanted = fields.boolean("zoneRedundant") ?? existing?.properties["zoneRedundant"] === true;
  if (!wanted) return false;
  if (!zones) throw invalidParameter("zoneRedundant", `Tier ${tier} cannot be zone redundant.`);
  if (capacity >= 2) return true;
  throw invalidParameter("zoneRedundant", `It needs at least 2 instances, got ${capacity}.`);
}

function numberFrom(name: string): number {
  return createHash("sha256").update(name).digest().readUInt16BE(0);
}

/** Whether a plan runs Linux. */
export function runsLinux({ properties }: { readonly properties: JsonObject }): boolean {
  return properties["reserved"] === true;
}
