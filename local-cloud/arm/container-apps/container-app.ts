// Container apps (Microsoft.App/containerApps). What an answer holds follows recorded answers of the real service (containerapp
// tests of Azure/azure-cli).
import { domainVerificationId } from "../custom-domain/verification-id.js";
import { identityFor, releaseIdentity } from "../managed-identity/resource-identity.js";
import { ArmError } from "../mechanics/arm-error.js";
import { BodyFields } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import { displayLocation, REGIONS } from "../mechanics/locations.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import { APP_API_VERSIONS } from "./api-versions.js";
import { configurationOf } from "./app-configuration.js";
import { boundDomains } from "./app-domains.js";
import { environmentFor, profileFor } from "./app-environment.js";
import { makeRevision } from "./app-revision.js";
import { templateOf } from "./app-template.js";
import { outboundIpsFor } from "./environment-address.js";
import { patchNotHere } from "./patch-not-here.js";

export const containerApp: ResourceType = {
  namespace: "Microsoft.App",
  type: "containerApps",
  apiVersions: APP_API_VERSIONS,
  locations: [...REGIONS.keys()],
  // What a name may be, this service says in its own words.
  nameRule: { pattern: /^[^/]+$/, minLength: 1, maxLength: 260, says: "any text" },
  methods: ["PUT", "DELETE"],
  longRunning: ["PUT", "DELETE"],
  write,
  shows: boundDomains,
  finished: makeRevision,
  removed: releaseIdentity,
  actions: [
    {
      name: "listSecrets",
      handle: (_call, { hidden }) => ({ status: 200, body: { value: hidden?.["secrets"] ?? [] } }),
    },
  ],
  routes: [patchNotHere("containerApps/{name}")],
};

const KNOWN = {
  of: "container apps",
  understood: [
    "configuration",
    "environmentId",
    "managedEnvironmentId",
    "template",
    "workloadProfileName",
  ],
  answered: [
    "customDomainVerificationId",
    "eventStreamEndpoint",
    "latestReadyRevisionName",
    "latestRevisionFqdn",
    "latestRevisionName",
    "outboundIpAddresses",
    "provisioningState",
    "runningStatus",
  ],
};

function write(request: WriteRequest): Written {
  const { existing, id, location = "", resourceId } = request;
  const [name = ""] = id.names;
  if (existing === undefined) checkName(name);
  const fields = new BodyFields(request.body).object("properties");
  checkNames(fields, KNOWN);
  const environment = environmentFor(request, fields);
  const profile = profileFor(fields, environment, existing);
  const { identity } = identityFor(request);
  const { configuration, secrets, claims, references } = configurationOf(
    request,
    { name, identity },
    environment,
  );
  const template = templateOf(fields.object("template"), {
    app: name,
    secretNames: secrets.map((secret) => secret.name),
    profile: profile?.workloadProfileType,
  });
  const { latestRevisionName, latestReadyRevisionName, latestRevisionFqdn } =
    existing?.properties ?? {};
  return {
    location: displayLocation(location),
    ...(identity === undefined ? {} : { identity }),
    claims,
    references: [{ id: environment.id, path: "properties.environmentId" }, ...references],
    hidden: { ...existing?.hidden, secrets },
    properties: {
      runningStatus: "Running",
      managedEnvironmentId: environment.id,
      environmentId: environment.id,
      workloadProfileName: profile?.name ?? null,
      outboundIpAddresses: outboundIpsFor(String(environment.properties["defaultDomain"])),
      latestRevisionName: latestRevisionName ?? "",
      latestReadyRevisionName: latestReadyRevisionName ?? "",
      latestRevisionFqdn: latestRevisionFqdn ?? "",
      customDomainVerificationId: domainVerificationId(id.subscriptionId),
      configuration,
      template,
      eventStreamEndpoint: `https://${location}.azurecontainerapps.dev${resourceId}/eventstream`,
      provisioningState: "Succeeded",
    },
  };
}

function checkName(name: string): void {
  if (/^[a-z][a-z0-9-]{0,30}[a-z0-9]$/.test(name) && !name.includes("--")) return;
  throw new ArmError(
    400,
    "ContainerAppInvalidName",
    `Invalid ContainerApp name '${name}'. A name must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character and cannot have '--'. The length must not be more than 32 characters.`,
  );
}
