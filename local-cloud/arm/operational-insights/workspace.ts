// Log Analytics workspaces (Microsoft.OperationalInsights/workspaces). Nothing is collected: a workspace is there, has an id and
// keys, and comes back when one of its name is made again within 14 days ("Delete and recover an Azure Log Analytics
// workspace"). What an answer holds follows recorded answers of the real service (log-analytics tests of Azure/azure-cli).
import { randomBytes, randomUUID } from "node:crypto";
import type { ArmCloud } from "../mechanics/arm-call.js";
import { ArmError, notHere } from "../mechanics/arm-error.js";
import { BodyFields, type JsonObject } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import { REGIONS } from "../mechanics/locations.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";

export const WORKSPACE_TYPE = "Microsoft.OperationalInsights/workspaces";

const FLAGS = [
  "disableLocalAuth",
  "enableDataExport",
  "enableLogAccessUsingOnlyResourcePermissions",
  "immediatePurgeDataOn30Days",
];
const LEVELS = [100, 200, 300, 400, 500, 1000, 2000, 5000, 10_000, 25_000, 50_000];
/** Billing models that new subscriptions no longer have. */
const OLD_SKUS = ["Free", "Standard", "Premium", "PerNode", "Standalone"];
const RECOVERABLE_MS = 14 * 24 * 60 * 60 * 1000;

export const workspace: ResourceType = {
  namespace: "Microsoft.OperationalInsights",
  type: "workspaces",
  apiVersions: [
    "2020-08-01",
    "2020-10-01",
    "2021-06-01",
    "2021-12-01-preview",
    "2022-10-01",
    "2023-09-01",
    "2025-02-01",
  ],
  locations: [...REGIONS.keys()],
  // "Naming rules and restrictions for Azure resources", Microsoft.OperationalInsights.
  nameRule: {
    pattern: /^[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]$/,
    minLength: 4,
    maxLength: 63,
    says: "letters, digits and hyphens, with a letter or digit first and last",
  },
  longRunning: ["PUT", "DELETE"],
  write,
  removed: (record, { context }) =>
    context.store.put("deletedWorkspaces", record.id.toLowerCase(), {
      record,
      deletedOn: context.now().toISOString(),
    }),
  actions: [
    {
      name: "sharedKeys",
      handle: (_, { hidden }) => ({ status: 200, body: { ...hidden } }),
    },
  ],
};

function write(request: WriteRequest): Written {
  const { cloud, existing } = request;
  const body = new BodyFields(request.body);
  if (body.has("identity")) throw notHere("identities of workspaces");
  const fields = body.object("properties");
  checkNames(fields, {
    of: "workspaces",
    understood: [
      "features",
      "publicNetworkAccessForIngestion",
      "publicNetworkAccessForQuery",
      "retentionInDays",
      "sku",
      "workspaceCapping",
    ],
    answered: [
      "createdDate",
      "customerId",
      "modifiedDate",
      "privateLinkScopedResources",
      "provisioningState",
    ],
  });
  const before = existing ?? recoverable(cloud, request);
  const now = cloud.context.now().toISOString();
  return {
    etag: `"${randomUUID()}"`,
    hidden: before?.hidden ?? { primarySharedKey: newKey(), secondarySharedKey: newKey() },
    properties: {
      customerId: before?.properties["customerId"] ?? randomUUID(),
      provisioningState: "Succeeded",
      sku: { ...skuOf(fields), lastSkuUpdate: lastSkuUpdate(before, fields) ?? now },
      retentionInDays: retentionOf(fields),
      features: featuresOf(fields.object("features")),
      workspaceCapping: {
        dailyQuotaGb: fields.object("workspaceCapping").number("dailyQuotaGb") ?? -1,
        quotaNextResetTime: nextReset(cloud.context.now()),
        dataIngestionStatus: "RespectQuota",
      },
      publicNetworkAccessForIngestion: accessOf(fields, "publicNetworkAccessForIngestion"),
      publicNetworkAccessForQuery: accessOf(fields, "publicNetworkAccessForQuery"),
      createdDate: before?.properties["createdDate"] ?? now,
      modifiedDate: now,
    },
  };
}

/** A workspace of this id that was deleted no longer than 14 days ago: its id and keys come back, in its own region alone. */
function recoverable(
  { context }: ArmCloud,
  { resourceId: id, location }: WriteRequest,
): ResourceRecord | undefined {
  const deleted = context.store.get<{ record: ResourceRecord; deletedOn: string }>(
    "deletedWorkspaces",
    id.toLowerCase(),
  );
  const kept =
    deleted !== undefined &&
    Date.parse(deleted.deletedOn) + RECOVERABLE_MS > context.now().getTime();
  if (!kept) return undefined;
  if (deleted.record.location === location) return deleted.record;
  // "The workspace name ... cannot be used for another workspace" ("Workspaces - Delete"); the words were not seen.
  throw new ArmError(
    409,
    "Conflict",
    `A deleted workspace of the same name in region '${deleted.record.location}' keeps the name for 14 days.`,
  );
}

function skuOf(fields: BodyFields): JsonObject {
  const sku = fields.object("sku");
  const name = sku.string("name") ?? "PerGB2018";
  const level = sku.integer("capacityReservationLevel");
  switch (name.toLowerCase()) {
    case "pergb2018":
      return { name: "PerGB2018" };
    case "capacityreservation":
      if (level !== undefined && LEVELS.includes(level)) {
        return { name: "CapacityReservation", capacityReservationLevel: level };
      }
      throw invalid(
        `'sku.capacityReservationLevel' is one of ${LEVELS.join(", ")}, got ${level ?? "none"}.`,
      );
    case "lacluster":
      throw notHere("workspaces of a cluster");
  }
  if (OLD_SKUS.some((old) => old.toLowerCase() === name.toLowerCase())) {
    throw new ArmError(
      400,
      "BadRequest",
      "Pricing tier doesn't match the subscription's billing model. Read http://aka.ms/PricingTierWarning for more details.",
    );
  }
  throw invalid(`'sku.name' is PerGB2018 or CapacityReservation, got '${name}'.`);
}

function lastSkuUpdate(before: ResourceRecord | undefined, fields: BodyFields): unknown {
  const sku = new BodyFields(before?.properties["sku"]);
  return sku.string("name") === skuOf(fields)["name"] ? sku.raw("lastSkuUpdate") : undefined;
}

function retentionOf(fields: BodyFields): number {
  const days = fields.integer("retentionInDays") ?? 30;
  if (days >= 30 && days <= 730) return days;
  throw invalid("'RetentionInDays' property doesn't match the SKU limits.");
}

function featuresOf(features: BodyFields): JsonObject {
  checkNames(features, {
    of: "workspaces",
    understood: FLAGS,
    answered: ["legacy", "searchVersion", "unifiedSentinelBillingOnly"],
  });
  const given = FLAGS.flatMap((name) => {
    const value = features.boolean(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    legacy: 0,
    searchVersion: 1,
    enableLogAccessUsingOnlyResourcePermissions: true,
    ...Object.fromEntries(given),
  };
}

function accessOf(fields: BodyFields, name: string): string {
  const value = fields.string(name) ?? "Enabled";
  if (["Enabled", "Disabled"].includes(value)) return value;
  throw invalid(`'${name}' is Enabled or Disabled, got '${value}'.`);
}

/** The code is the service's; of its sentences only the one about retention was seen. */
function invalid(message: string): ArmError {
  return new ArmError(400, "InvalidParameter", message);
}

function newKey(): string {
  return randomBytes(64).toString("base64");
}

/** Quotas begin anew once a day. */
function nextReset(now: Date): string {
  const next = new Date(now);
  next.setUTCHours(24, 0, 0, 0);
  return next.toISOString();
}
