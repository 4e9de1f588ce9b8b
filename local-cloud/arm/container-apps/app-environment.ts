// The environment of an app, and on which of its workload profiles the app runs.
import type { ArmCloud } from "../mechanics/arm-call.js";
import { ArmError } from "../mechanics/arm-error.js";
import type { BodyFields } from "../mechanics/body-fields.js";
import { normalizeLocation } from "../mechanics/locations.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { WriteRequest } from "../mechanics/resource-type.js";
import { invalidRequest } from "./container-app-error.js";
import { ENVIRONMENT_TYPE } from "./environment-type.js";
import { CONSUMPTION, type WorkloadProfile } from "./workload-profiles.js";

/** Throws when it is not there, not ready, elsewhere, or another than before. The words were not seen. */
export function environmentFor(request: WriteRequest, fields: BodyFields): ResourceRecord {
  const { cloud, existing, location } = request;
  const before = existing?.properties["environmentId"];
  const id =
    fields.string("environmentId") ?? fields.string("managedEnvironmentId") ?? String(before ?? "");
  if (id === "") throw invalidRequest("EnvironmentId", "It is required");
  const environment = cloud.resources.byId(id);
  if (environment?.type !== ENVIRONMENT_TYPE) {
    const message = `The specified managed environment '${id}' was not found.`;
    throw new ArmError(404, "ManagedEnvironmentNotFound", message);
  }
  if (environment.properties["provisioningState"] !== "Succeeded") {
    const message = `The environment '${id}' is not ready to create container apps in it: its provisioning state is ${environment.properties["provisioningState"]}.`;
    throw new ArmError(400, "ManagedEnvironmentNotReadyForAppCreation", message);
  }
  if (existing !== undefined && environment.id !== before) {
    throw invalidRequest("EnvironmentId", "An app stays in its environment");
  }
  if (normalizeLocation(environment.location ?? "") === location) return environment;
  const why = `The environment is in ${environment.location}, and an app is in the region of its environment, got '${location}'`;
  throw invalidRequest("Location", why);
}

/** The environment that an app is in. */
export function environmentOf(cloud: ArmCloud, app: ResourceRecord): ResourceRecord {
  const environment = cloud.resources.byId(String(app.properties["environmentId"]));
  if (environment === undefined) throw new Error(`the app ${app.id} has no environment`);
  return environment;
}

/** Undefined in an environment of the older kind, which has no profiles. */
export function profileFor(
  fields: BodyFields,
  environment: ResourceRecord,
  existing: ResourceRecord | undefined,
): WorkloadProfile | undefined {
  const profiles = environment.properties["workloadProfiles"];
  const wanted =
    fields.string("workloadProfileName") ?? existing?.properties["workloadProfileName"];
  if (!Array.isArray(profiles)) {
    if (typeof wanted !== "string") return undefined;
    throw invalidRequest("WorkloadProfileName", "The environment has no workload profiles");
  }
  const name = typeof wanted === "string" ? wanted : CONSUMPTION;
  const found: WorkloadProfile | undefined = profiles.find(
    (profile) => profile.name.toLowerCase() === name.toLowerCase(),
  );
  if (found !== undefined) return found;
  throw invalidRequest("WorkloadProfileName", `The environment has no profile '${name}'`);
}
