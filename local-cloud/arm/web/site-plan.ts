// The plan that a site runs on.

import type { ArmCloud } from "../mechanics/arm-call.js";
import { notHere } from "../mechanics/arm-error.js";
import type { BodyFields } from "../mechanics/body-fields.js";
import { normalizeLocation } from "../mechanics/locations.js";
import { parseResourceId } from "../mechanics/resource-id.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { WriteRequest } from "../mechanics/resource-type.js";
import { PLAN_TYPE, runsLinux } from "./app-service-plan.js";
import { cannotFind, invalidParameter, WebError } from "./web-error.js";

/** The plan of this request. Throws when there is none, or when it cannot be this site's. */
export function planFor(request: WriteRequest, fields: BodyFields): ResourceRecord {
  const { existing, cloud, id } = request;
  const given = fields.string("serverFarmId") ?? String(existing?.properties["serverFarmId"] ?? "");
  if (given === "") throw notHere("sites without a plan");
  // A plan's name stands for one of the same resource group.
  const plan = given.includes("/")
    ? cloud.resources.byId(given)
    : cloud.resources.get({ ...id, type: PLAN_TYPE, names: [given] });
  if (plan?.type !== PLAN_TYPE) {
    throw cannotFind("ServerFarm", parseResourceId(given)?.names.at(-1) ?? given);
  }
  checkRegion(request, plan);
  checkSystem(fields, plan, existing);
  return plan;
}

// The words were not seen.
function checkRegion({ location = "" }: WriteRequest, plan: ResourceRecord): void {
  if (normalizeLocation(plan.location ?? "") === location) return;
  const why = `The plan is in ${plan.location}, and a site is in the region of its plan, got '${location}'.`;
  throw invalidParameter("ServerFarmId", why);
}

function checkSystem(
  fields: BodyFields,
  plan: ResourceRecord,
  existing: ResourceRecord | undefined,
): void {
  const linux = runsLinux(plan);
  if (existing !== undefined && existing.properties["reserved"] !== linux) {
    // Azure/azure-cli#11115.
    const words =
      "You cannot change the OS hosting your app at this time. Please recreate your app with the desired OS.";
    throw new WebError(409, undefined, words);
  }
  const reserved = fields.boolean("reserved");
  // Not seen: that a site says another system than its plan has.
  if (reserved === undefined || reserved === linux) return;
  const why = `The plan runs ${linux ? "Linux" : "Windows"}, got reserved ${reserved}.`;
  throw invalidParameter("reserved", why);
}

/** The plan that a site is on. */
export function planOf(cloud: ArmCloud, site: ResourceRecord): ResourceRecord {
  const plan = cloud.resources.byId(String(site.properties["serverFarmId"]));
  if (plan === undefined) throw new Error(`the site ${site.id} has no plan`);
  return plan;
}
