// Container registries (Microsoft.ContainerRegistry/registries), as far as something is pulled from them. What an answer holds
// follows recorded answers of the real service (test_acr_msi_integration of Azure/azure-cli).
import { randomBytes } from "node:crypto";
import { identityFor, releaseIdentity } from "../managed-identity/resource-identity.js";
import { ArmError, notHere } from "../mechanics/arm-error.js";
import { BodyFields, type JsonObject } from "../mechanics/body-fields.js";
import { REGIONS } from "../mechanics/locations.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import { ContainerImages } from "./container-images.js";
import { importImage } from "./import-image.js";
import { REGISTRY_API_VERSIONS, registryClaim, registryNameRoute } from "./registry-name.js";

const SKUS = ["Basic", "Standard", "Premium"];

export const registry: ResourceType = {
  namespace: "Microsoft.ContainerRegistry",
  type: "registries",
  apiVersions: REGISTRY_API_VERSIONS,
  locations: [...REGIONS.keys()],
  // "Naming rules and restrictions for Azure resources", Microsoft.ContainerRegistry.
  nameRule: {
    pattern: /^[a-zA-Z0-9]+$/,
    minLength: 5,
    maxLength: 50,
    says: "letters and digits only",
  },
  longRunning: ["PUT"],
  write,
  removed: (record, cloud) => {
    releaseIdentity(record, cloud);
    new ContainerImages(cloud.context.store).forget(String(record.properties["loginServer"]));
  },
  actions: [
    { name: "importImage", handle: importImage },
    {
      name: "listCredentials",
      handle: (_call, { names: [username = ""], properties, hidden }) => {
        if (properties["adminUserEnabled"] !== true) {
          // The words were not seen.
          const message = `The admin user of the registry ${username} is disabled.`;
          throw new ArmError(400, "UnAuthorizedForCredentialOperations", message);
        }
        return { status: 200, body: { username, passwords: hidden?.["passwords"] } };
      },
    },
  ],
  routes: [registryNameRoute],
};

function write(request: WriteRequest): Written {
  const { cloud, existing } = request;
  const body = new BodyFields(request.body);
  const fields = body.object("properties");
  const name = request.id.names[0] ?? "";
  const loginServer = `${name.toLowerCase()}.azurecr.io`;
  const claim = registryClaim(name);
  const holder = cloud.resources.holderOf(claim);
  if (holder !== undefined && holder.id !== existing?.id) {
    const message = `The registry DNS name ${loginServer} is already in use. You can check if the name is already claimed using following API: https://docs.microsoft.com/en-us/rest/api/containerregistry/registries/checknameavailability`;
    throw new ArmError(409, "AlreadyInUse", message);
  }
  const sku = skuFor(body.object("sku").string("name") ?? String(existing?.sku?.["name"] ?? ""));
  return {
    sku: { name: sku, tier: sku },
    ...identityFor(request),
    claims: [claim],
    hidden: existing?.hidden ?? { passwords: [password("password"), password("password2")] },
    properties: {
      loginServer,
      creationDate: existing?.properties["creationDate"] ?? cloud.context.now().toISOString(),
      ...chosen(fields, existing?.properties ?? {}, sku),
      encryption: { status: "disabled" },
      dataEndpointHostNames: [],
      privateEndpointConnections: [],
      provisioningState: "Succeeded",
    },
  };
}

/** What a caller chooses; what a request leaves out stays as it was. Some of it is for dearer registries only. */
function chosen(fields: BodyFields, before: JsonObject, sku: string): JsonObject {
  if (fields.object("encryption").string("status")?.toLowerCase() === "enabled") {
    throw notHere("registries encrypted with a key of one's own");
  }
  if (fields.has("networkRuleSet")) throw notHere("network rules of registries");
  const flag = (name: string) => fields.boolean(name) ?? before[name] ?? false;
  const text = (name: string, choices: readonly string[], unset: string) =>
    oneOf(name, choices, fields.string(name)) ?? before[name] ?? unset;
  const properties = {
    adminUserEnabled: flag("adminUserEnabled"),
    anonymousPullEnabled: flag("anonymousPullEnabled"),
    dataEndpointEnabled: flag("dataEndpointEnabled"),
    publicNetworkAccess: text("publicNetworkAccess", ["Enabled", "Disabled"], "Enabled"),
    networkRuleBypassOptions: text(
      "networkRuleBypassOptions",
      ["AzureServices", "None"],
      "AzureServices",
    ),
    zoneRedundancy: text("zoneRedundancy", ["Enabled", "Disabled"], "Disabled"),
    policies: fields.raw("policies") ?? before["policies"] ?? null,
  };
  const { dataEndpointEnabled, publicNetworkAccess, anonymousPullEnabled } = properties;
  if (dataEndpointEnabled === true) checkSku("dataEndpointEnabled", ["Premium"], sku);
  if (publicNetworkAccess === "Disabled") checkSku("publicNetworkAccess", ["Premium"], sku);
  if (anonymousPullEnabled === true) checkSku("anonymousPullEnabled", ["Standard", "Premium"], sku);
  return properties;
}

function skuFor(given: string): string {
  const sku = oneOf("sku.name", SKUS, given);
  if (sku === undefined || sku === "") throw invalid("sku.name", SKUS, given);
  return sku;
}

function oneOf(name: string, choices: readonly string[], value: string | undefined) {
  if (value === undefined) return undefined;
  const chosen = choices.find((choice) => choice.toLowerCase() === value.toLowerCase());
  if (chosen === undefined) throw invalid(name, choices, value);
  return chosen;
}

// The words of these were not seen.
function invalid(name: string, choices: readonly string[], value: string): ArmError {
  const message = `'${name}' must be one of ${choices.join(", ")}, got '${value}'.`;
  return new ArmError(400, "InvalidParameter", message, { target: name });
}

function checkSku(name: string, skus: readonly string[], sku: string): void {
  if (skus.includes(sku)) return;
  const message = `'${name}' needs a registry of SKU ${skus.join(" or ")}, got ${sku}.`;
  throw new ArmError(400, "InvalidParameter", message, { target: name });
}

function password(name: string): JsonObject {
  return { name, value: randomBytes(39).toString("base64url") };
}
