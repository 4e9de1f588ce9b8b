// Storage accounts (Microsoft.Storage/storageAccounts), as far as a static website needs them. What an answer holds follows
// the examples of the service's published description (Azure/azure-rest-api-specs, storage.json).
import { randomBytes } from "node:crypto";
import { accountClaim, removeAccountContents } from "../../storage/account-store.js";
import { blobEndpoint, webEndpoint } from "../../storage/endpoints.js";
import { ArmError, notHere } from "../mechanics/arm-error.js";
import { BodyFields, isJsonObject, type JsonObject } from "../mechanics/body-fields.js";
import { REGIONS } from "../mechanics/locations.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";

const API_VERSIONS = [
  "2022-09-01",
  "2023-01-01",
  "2023-04-01",
  "2023-05-01",
  "2024-01-01",
  "2025-01-01",
  "2025-06-01",
];
const SKUS = ["LRS", "GRS", "RAGRS", "ZRS", "GZRS", "RAGZRS"].map((kind) => `Standard_${kind}`);
const TLS_VERSIONS = ["TLS1_0", "TLS1_1", "TLS1_2", "TLS1_3"];
/** Of `properties`; anything else would be taken and then have no effect. */
const KNOWN = new Set(
  [
    "accessTier",
    "allowBlobPublicAccess",
    "allowCrossTenantReplication",
    "allowSharedKeyAccess",
    "defaultToOAuthAuthentication",
    "minimumTlsVersion",
    "publicNetworkAccess",
    "supportsHttpsTrafficOnly",
  ].map((name) => name.toLowerCase()),
);

export const storageAccount: ResourceType = {
  namespace: "Microsoft.Storage",
  type: "storageAccounts",
  apiVersions: API_VERSIONS,
  locations: [...REGIONS.keys()],
  // "Naming rules and restrictions for Azure resources", Microsoft.Storage.
  nameRule: {
    pattern: /^[a-z0-9]+$/,
    minLength: 3,
    maxLength: 24,
    says: "lower-case letters and digits only",
  },
  longRunning: ["PUT"],
  write,
  removed: ({ names: [name = ""] }, { context }) => removeAccountContents(context.store, name),
  actions: [
    {
      name: "listKeys",
      handle: (_, { hidden }) => ({ status: 200, body: { keys: hidden?.["keys"] ?? [] } }),
    },
  ],
};

function write(request: WriteRequest): Written {
  const { cloud, existing, location } = request;
  const body = new BodyFields(request.body);
  const name = request.id.names[0] ?? "";
  const claim = accountClaim(name);
  const holder = cloud.resources.holderOf(claim);
  if (holder !== undefined && holder.id !== existing?.id) {
    const message = `The storage account named ${name} is already taken.`;
    throw new ArmError(409, "StorageAccountAlreadyTaken", message);
  }
  const now = cloud.context.now().toISOString();
  return {
    kind: kindOf(body.string("kind") ?? existing?.kind),
    sku: { name: skuOf(body.object("sku").string("name")), tier: "Standard" },
    claims: [claim],
    hidden: existing?.hidden ?? { keys: [newKey("key1", now), newKey("key2", now)] },
    properties: {
      ...chosen(body, request.method === "PATCH" ? {} : (existing?.properties ?? {})),
      creationTime: existing?.properties["creationTime"] ?? now,
      primaryLocation: location,
      statusOfPrimary: "available",
      primaryEndpoints: {
        blob: blobEndpoint(cloud.context.origins(), name),
        web: webEndpoint(cloud.context.origins(), name),
      },
      provisioningState: "Succeeded",
    },
  };
}

/** What the caller chooses; a PUT that leaves something out keeps what was chosen before, as the service does. */
function chosen(body: BodyFields, before: JsonObject): JsonObject {
  const raw = body.raw("properties");
  const fields = new BodyFields(isJsonObject(raw) ? withoutAnswers(raw) : raw, "properties");
  const flag = (name: string, unset: boolean) => fields.boolean(name) ?? before[name] ?? unset;
  const secure = flag("supportsHttpsTrafficOnly", true);
  if (secure === false) throw notHere("storage accounts that answer over plain http");
  return {
    accessTier: oneOf("accessTier", ["Hot", "Cool"], fields.string("accessTier")) ?? "Hot",
    allowBlobPublicAccess: flag("allowBlobPublicAccess", false),
    allowCrossTenantReplication: flag("allowCrossTenantReplication", false),
    allowSharedKeyAccess: flag("allowSharedKeyAccess", true),
    defaultToOAuthAuthentication: flag("defaultToOAuthAuthentication", false),
    minimumTlsVersion:
      oneOf("minimumTlsVersion", TLS_VERSIONS, fields.string("minimumTlsVersion")) ??
      before["minimumTlsVersion"] ??
      "TLS1_0",
    publicNetworkAccess:
      oneOf("publicNetworkAccess", ["Enabled"], fields.string("publicNetworkAccess")) ?? "Enabled",
    supportsHttpsTrafficOnly: true,
  };
}

/** Clients send back what they read: what only the service says is passed over. */
const ANSWERS = new Set(
  [
    "creationTime",
    "primaryLocation",
    "statusOfPrimary",
    "primaryEndpoints",
    "provisioningState",
  ].map((name) => name.toLowerCase()),
);

function withoutAnswers(properties: JsonObject): JsonObject {
  const given = Object.entries(properties).filter(
    ([name, value]) => value !== null && !ANSWERS.has(name.toLowerCase()),
  );
  const strange = given.find(([name]) => !KNOWN.has(name.toLowerCase()));
  if (strange !== undefined) throw notHere(`the property '${strange[0]}' of storage accounts`);
  return Object.fromEntries(given);
}

function kindOf(kind: string | undefined): string {
  const known = ["Storage", "StorageV2", "BlobStorage", "BlockBlobStorage", "FileStorage"];
  if (oneOf("kind", known, kind) === "StorageV2") return "StorageV2";
  if (kind === undefined) throw invalid("kind", known, kind);
  throw notHere(`storage accounts of kind '${kind}'`);
}

function skuOf(name: string | undefined): string {
  if (name?.startsWith("Premium_")) throw notHere("premium storage accounts");
  const known = oneOf("sku.name", SKUS, name);
  if (known === undefined) throw invalid("sku.name", SKUS, name);
  return known;
}

function oneOf(path: string, known: readonly string[], value: string | undefined) {
  if (value === undefined || known.includes(value)) return value;
  throw invalid(path, known, value);
}

function invalid(path: string, known: readonly string[], value: string | undefined): ArmError {
  const message = `Values for request parameters are invalid: ${path}. It must be one of ${known.join(", ")}, got '${value ?? ""}'.`;
  return new ArmError(400, "InvalidValuesForRequestParameters", message, { target: path });
}

function newKey(keyName: string, creationTime: string): JsonObject {
  return { creationTime, keyName, value: randomBytes(64).toString("base64"), permissions: "FULL" };
}
