// Container Apps environments (Microsoft.App/managedEnvironments). What an answer holds follows recorded answers of the real
// service (containerapp tests of Azure/azure-cli).
import { domainVerificationId } from "../custom-domain/verification-id.js";
import { identityFor, releaseIdentity } from "../managed-identity/resource-identity.js";
import { ArmError } from "../mechanics/arm-error.js";
import { BodyFields, type JsonObject } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import { displayLocation, REGIONS } from "../mechanics/locations.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import { APP_API_VERSIONS } from "./api-versions.js";
import { choiceOf, invalidRequest } from "./container-app-error.js";
import { newDefaultDomain, staticIpFor } from "./environment-address.js";
import { logsFor } from "./environment-logs.js";
import { networkFor } from "./environment-network.js";
import { patchNotHere } from "./patch-not-here.js";
import { verificationIdRoute } from "./verification-id-route.js";
import { profilesFor } from "./workload-profiles.js";

export const environment: ResourceType = {
  namespace: "Microsoft.App",
  type: "managedEnvironments",
  apiVersions: APP_API_VERSIONS,
  locations: [...REGIONS.keys()],
  // "Naming rules and restrictions for Azure resources", Microsoft.App.
  nameRule: {
    pattern: /^[a-zA-Z]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
    minLength: 2,
    maxLength: 60,
    says: "letters, digits and hyphens, with a letter first and no hyphen last",
  },
  methods: ["PUT", "DELETE"],
  longRunning: ["PUT", "DELETE"],
  write,
  removed: releaseIdentity,
  // The sentence is that of microsoft/azure-container-apps#1012, there for another type.
  inUse: ({ names: [name = ""] }, users) =>
    new ArmError(
      400,
      "ManagedEnvironmentHasContainerApps",
      `The specified environment ${name} cannot be deleted because it still contains ${new Set(users).size} ContainerApps.`,
    ),
  routes: [verificationIdRoute, patchNotHere("managedEnvironments/{name}")],
};

function write(request: WriteRequest): Written {
  const { existing, id, location = "" } = request;
  const body = new BodyFields(request.body);
  const fields = body.object("properties");
  checkNames(fields, KNOWN);
  const before = existing?.properties ?? {};
  const profiles = profilesFor(fields, before["workloadProfiles"]);
  const { vnetConfiguration, references } = networkFor(request, fields, profiles !== undefined);
  const zoneRedundant = zonesFor(fields, before, existing !== undefined, vnetConfiguration);
  const defaultDomain = String(before["defaultDomain"] ?? newDefaultDomain(location));
  return {
    location: displayLocation(location),
    ...identityFor(request),
    references,
    properties: {
      defaultDomain,
      staticIp: staticIpFor(defaultDomain, vnetConfiguration?.["internal"] === true),
      vnetConfiguration,
      appLogsConfiguration: logsFor(request, fields),
      zoneRedundant,
      workloadProfiles: profiles ?? null,
      customDomainConfiguration: {
        customDomainVerificationId: domainVerificationId(id.subscriptionId),
        dnsSuffix: null,
        certificateKeyVaultProperties: null,
        certificateValue: null,
        certificatePassword: null,
        thumbprint: null,
        subjectName: null,
        expirationDate: null,
      },
      daprConfiguration: { version: "1.13.6" },
      kedaConfiguration: { version: "2.17.2" },
      eventStreamEndpoint: `https://${location}.azurecontainerapps.dev${request.resourceId}/eventstream`,
      infrastructureResourceGroup: infrastructureGroup(request, fields, vnetConfiguration),
      peerAuthentication: fields.raw("peerAuthentication") ?? { mtls: { enabled: false } },
      peerTrafficConfiguration: fields.raw("peerTrafficConfiguration") ?? {
        encryption: { enabled: false },
      },
      publicNetworkAccess:
        choiceOf(
          "PublicNetworkAccess",
          ["Enabled", "Disabled"],
          fields.string("publicNetworkAccess"),
        ) ?? "Enabled",
      provisioningState: "Succeeded",
    },
  };
}

const KNOWN = {
  of: "Container Apps environments",
  understood: [
    "appLogsConfiguration",
    "infrastructureResourceGroup",
    "peerAuthentication",
    "peerTrafficConfiguration",
    "publicNetworkAccess",
    "vnetConfiguration",
    "workloadProfiles",
    "zoneRedundant",
  ],
  answered: [
    "customDomainConfiguration",
    "daprConfiguration",
    "defaultDomain",
    "eventStreamEndpoint",
    "kedaConfiguration",
    "provisioningState",
    "staticIp",
  ],
};

// The words of these were not seen. "Reliability in Azure Container Apps": zones need a network of one's own, from the start.
function zonesFor(
  fields: BodyFields,
  before: JsonObject,
  exists: boolean,
  network: JsonObject | null,
): boolean {
  const wanted = fields.boolean("zoneRedundant") ?? before["zoneRedundant"] === true;
  if (wanted && network === null) {
    throw invalidRequest("ZoneRedundant", "A zone redundant environment needs a subnet of its own");
  }
  if (exists && before["zoneRedundant"] !== wanted) {
    throw invalidRequest("ZoneRedundant", "It cannot be changed");
  }
  return wanted;
}

function infrastructureGroup(
  { existing, id, location }: WriteRequest,
  fields: BodyFields,
  network: JsonObject | null,
): string | null {
  if (network === null) return null;
  const before = existing?.properties["infrastructureResourceGroup"];
  const given = fields.string("infrastructureResourceGroup");
  if (existing !== undefined && given !== undefined && given !== before) {
    throw invalidRequest("InfrastructureResourceGroup", "It cannot be changed");
  }
  return (
    given ??
    (typeof before === "string" ? before : `ME_${id.names[0]}_${id.resourceGroup}_${location}`)
  );
}
