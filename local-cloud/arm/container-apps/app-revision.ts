// Revisions: each is a template that was made to run. A request whose template cannot run makes none, and fails after it was
// taken ("Update and deploy changes in Azure Container Apps").
import type { ArmCloud } from "../mechanics/arm-call.js";
import type { ArmErrorDetail } from "../mechanics/arm-error.js";
import { BodyFields } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import { environmentOf } from "./app-environment.js";
import { imageProblems } from "./app-image.js";
import { secretProblems } from "./app-vault-secrets.js";

/** Makes the next revision when the template is another than that of the last; says what went wrong with it. */
export function makeRevision(app: ResourceRecord, cloud: ArmCloud): ArmErrorDetail | undefined {
  const problems = [...secretProblems(cloud, app), ...imageProblems(cloud, app)];
  const [name = ""] = app.names;
  if (problems.length > 0) {
    return {
      code: "ContainerAppOperationError",
      message: `Failed to provision revision for container app '${name}'. Error details: The following field(s) are either invalid or missing. ${problems.join(" ")}.`,
    };
  }
  const template = new BodyFields(app.properties).object("template");
  const asText = JSON.stringify(app.properties["template"]);
  const { running, revisions = 0 } = app.hidden ?? {};
  if (asText === running) return undefined;
  const number = Number(revisions) + 1;
  const latest = `${name}--${template.string("revisionSuffix") || String(number).padStart(7, "0")}`;
  cloud.resources.put({
    ...app,
    hidden: { ...app.hidden, running: asText, revisions: number },
    properties: {
      ...app.properties,
      latestRevisionName: latest,
      latestReadyRevisionName: latest,
      latestRevisionFqdn: fqdnOf(app, latest, cloud),
    },
  });
  return undefined;
}

/** A revision is reached by its own name as well, where the app is reached at all. */
function fqdnOf(app: ResourceRecord, revision: string, cloud: ArmCloud): string {
  const ingress = new BodyFields(app.properties).object("configuration").object("ingress");
  const external = ingress.boolean("external");
  if (external === undefined) return "";
  const { defaultDomain } = environmentOf(cloud, app).properties;
  return `${revision}.${external ? "" : "internal."}${defaultDomain}`;
}
