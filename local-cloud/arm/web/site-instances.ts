// The instances of a site, and whether its process runs on them. A site whose image cannot be pulled is made all the same, and
// no deployment fails of it: only its instances never become ready (that they are STOPPED then was not seen).
import { createHash } from "node:crypto";
import { type Puller, pullProblem } from "../container-registry/image-pull.js";
import { parseImage } from "../container-registry/image-reference.js";
import { assignedIds } from "../managed-identity/resource-identity.js";
import type { ArmAnswer, ArmCall, ArmCloud } from "../mechanics/arm-call.js";
import { BodyFields } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import { hiddenObject } from "./app-settings.js";
import { planOf } from "./site-plan.js";
import { imageOf } from "./site-runtime.js";

/** `GET .../instances`: as many as the plan has. */
export function listInstances({ cloud }: ArmCall, site: ResourceRecord): ArmAnswer {
  const capacity = new BodyFields(planOf(cloud, site).sku).integer("capacity") ?? 1;
  const state = runs(cloud, site) ? "READY" : "STOPPED";
  const value = Array.from({ length: capacity }, (_, index) => {
    const name = createHash("sha256").update(`${site.id}/${index}`).digest("hex");
    return {
      id: `${site.id}/instances/${name}`,
      name,
      type: "Microsoft.Web/sites/instances",
      location: site.location,
      properties: { name, siteInstanceName: name, state },
    };
  });
  return { status: 200, body: { value } };
}

function runs(cloud: ArmCloud, site: ResourceRecord): boolean {
  if (site.properties["state"] !== "Running") return false;
  const image = imageOf(hiddenObject(site, "settings"));
  const reference = image === undefined ? undefined : parseImage(image);
  return (
    reference === undefined || pullProblem(cloud, reference, pullerOf(cloud, site)) === undefined
  );
}

/** An identity when the site says so, else what its settings hold ("Configure a custom container for Azure App Service"). */
function pullerOf(cloud: ArmCloud, site: ResourceRecord): Puller {
  const settings = new BodyFields(hiddenObject(site, "settings"));
  if (settings.boolean("acrUseManagedIdentityCreds") !== true) {
    const values = new BodyFields(hiddenObject(site, "appSettings"));
    return {
      username: values.string("DOCKER_REGISTRY_SERVER_USERNAME"),
      password: values.string("DOCKER_REGISTRY_SERVER_PASSWORD"),
    };
  }
  const clientId = settings.string("acrUserManagedIdentityID");
  const assigned = assignedIds(site.identity)
    .flatMap((id) => cloud.resources.byId(id) ?? [])
    .find(({ properties }) => properties["clientId"] === clientId);
  const identity = clientId === undefined ? site.identity : assigned?.properties;
  return { principalId: String(identity?.["principalId"] ?? "") };
}
