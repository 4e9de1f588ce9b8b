// Autoscale settings (Microsoft.Insights/autoscalesettings): checked and kept; nothing scales by itself here.
import { ArmError, notHere } from "../mechanics/arm-error.js";
import { BodyFields } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import { REGIONS } from "../mechanics/locations.js";
import { parseResourceId } from "../mechanics/resource-id.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import { autoscaleError } from "./autoscale-error.js";
import { autoscaleProfile } from "./autoscale-profile.js";
import { INSIGHTS_NAME } from "./insights-name.js";

const TYPE = "Microsoft.Insights/autoscalesettings";
/** "Azure Monitor service limits", autoscale. */
const MOST_PROFILES = 20;
/** What can be scaled, of the types that the local cloud has. */
const TARGETS = ["Microsoft.Compute/virtualMachineScaleSets", "Microsoft.Web/serverfarms"];

export const autoscaleSetting: ResourceType = {
  namespace: "Microsoft.Insights",
  type: "autoscalesettings",
  apiVersions: ["2014-04-01", "2015-04-01", "2021-05-01-preview", "2022-10-01"],
  locations: [...REGIONS.keys()],
  nameRule: INSIGHTS_NAME,
  write,
};

function write(request: WriteRequest): Written {
  const { id } = request;
  const fields = new BodyFields(request.body).object("properties");
  checkNames(fields, {
    of: "autoscale settings",
    understood: [
      "enabled",
      "name",
      "notifications",
      "predictiveAutoscalePolicy",
      "profiles",
      "targetResourceLocation",
      "targetResourceUri",
    ],
  });
  if (
    fields.has("predictiveAutoscalePolicy") ||
    (fields.objects("notifications") ?? []).length > 0
  ) {
    throw notHere("notifications and predictions of autoscale settings");
  }
  const profiles = fields.objects("profiles") ?? [];
  if (profiles.length === 0 || profiles.length > MOST_PROFILES) {
    throw autoscaleError(`There are 1 to ${MOST_PROFILES} profiles, got ${profiles.length}.`);
  }
  const name = fields.string("name");
  if (name !== undefined && name !== id.names[0]) {
    throw autoscaleError(`'properties.name' is the name of the setting, got '${name}'.`);
  }
  return {
    properties: {
      name: id.names[0],
      enabled: fields.boolean("enabled") ?? true,
      targetResourceUri: targetOf(request, fields),
      profiles: profiles.map(autoscaleProfile),
      notifications: [],
    },
  };
}

function targetOf(request: WriteRequest, fields: BodyFields): string {
  const { cloud, existing, id } = request;
  const uri = fields.string("targetResourceUri") ?? "";
  const parsed = parseResourceId(uri);
  const known = TARGETS.some((type) => type.toLowerCase() === parsed?.type.toLowerCase());
  if (parsed === undefined || !known) {
    throw autoscaleError(
      `'targetResourceUri' is the id of one of ${TARGETS.join(", ")}, got '${uri}'.`,
    );
  }
  if (cloud.resources.get(parsed) === undefined) {
    throw new ArmError(404, "ResourceNotFound", `The target resource '${uri}' was not found.`);
  }
  const twin = cloud.resources
    .inSubscription(id.subscriptionId, TYPE)
    .find(
      (other) =>
        other.id !== existing?.id &&
        String(other.properties["targetResourceUri"]).toLowerCase() === uri.toLowerCase(),
    );
  if (twin === undefined) return uri;
  // The rule is documented ("each resource has one autoscale setting"); code and words were not seen.
  throw new ArmError(
    409,
    "Conflict",
    `The resource '${uri}' already has the autoscale setting '${twin.names[0]}'.`,
  );
}
