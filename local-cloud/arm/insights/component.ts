// Application Insights components (Microsoft.Insights/components), each of a workspace. Nothing listens at the addresses of a
// connection string: names below localhost reach nobody else (RFC 6761).
import { randomUUID } from "node:crypto";
import { ArmError } from "../mechanics/arm-error.js";
import { BodyFields, type JsonObject } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import { REGIONS } from "../mechanics/locations.js";
import type { Reference } from "../mechanics/references.js";
import { parseResourceId } from "../mechanics/resource-id.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import { WORKSPACE_TYPE } from "../operational-insights/workspace.js";
import { INSIGHTS_NAME } from "./insights-name.js";

const RETENTIONS = [30, 60, 90, 120, 180, 270, 365, 550, 730];
const FLAGS = [
  "DisableIpMasking",
  "DisableLocalAuth",
  "ForceCustomerStorageForProfiler",
  "ImmediatePurgeDataOn30Days",
];

export const component: ResourceType = {
  namespace: "Microsoft.Insights",
  type: "components",
  apiVersions: ["2015-05-01", "2018-05-01-preview", "2020-02-02-preview", "2020-02-02"],
  locations: [...REGIONS.keys()],
  nameRule: INSIGHTS_NAME,
  created: 200,
  write,
};

function write(request: WriteRequest): Written {
  const { cloud, existing, location = "", id } = request;
  const body = new BodyFields(request.body);
  const fields = body.object("properties");
  checkNames(fields, {
    of: "components",
    understood: [
      "Application_Type",
      ...FLAGS,
      "Flow_Type",
      "IngestionMode",
      "publicNetworkAccessForIngestion",
      "publicNetworkAccessForQuery",
      "Request_Source",
      "RetentionInDays",
      "SamplingPercentage",
      "WorkspaceResourceId",
    ],
    answered: [
      "AppId",
      "ApplicationId",
      "ConnectionString",
      "CreationDate",
      "HockeyAppToken",
      "InstrumentationKey",
      "LaMigrationDate",
      "Name",
      "PrivateLinkScopedResources",
      "provisioningState",
      "TenantId",
      "Ver",
    ],
  });
  const kind = body.string("kind") ?? "";
  if (kind === "") throw invalid("'kind' is required.");
  const before = existing?.properties ?? {};
  const [appId, key] = [
    String(before["AppId"] ?? randomUUID()),
    String(before["InstrumentationKey"] ?? randomUUID()),
  ];
  const workspace = workspaceOf(fields);
  return {
    kind,
    etag: `"${randomUUID()}"`,
    references: [workspace],
    properties: {
      ApplicationId: id.names[0],
      AppId: appId,
      Name: id.names[0],
      Application_Type: oneOf(fields, "Application_Type", ["web", "other"]),
      Flow_Type: oneOf(fields, "Flow_Type", ["Bluefield"], "Bluefield"),
      Request_Source: oneOf(fields, "Request_Source", ["rest", "IbizaAIExtension"], "rest"),
      IngestionMode: oneOf(fields, "IngestionMode", ["LogAnalytics"], "LogAnalytics"),
      InstrumentationKey: key,
      ConnectionString: connectionString(location, key, appId),
      CreationDate: before["CreationDate"] ?? cloud.context.now().toISOString(),
      TenantId: request.caller.tid,
      WorkspaceResourceId: workspace.id,
      RetentionInDays: retentionOf(fields),
      ...numbersAndFlags(fields),
      publicNetworkAccessForIngestion: accessOf(fields, "publicNetworkAccessForIngestion"),
      publicNetworkAccessForQuery: accessOf(fields, "publicNetworkAccessForQuery"),
      provisioningState: "Succeeded",
      Ver: "v2",
    },
  };
}

function workspaceOf(fields: BodyFields): Reference {
  const id = fields.string("WorkspaceResourceId") ?? "";
  // The classic kind, which needs none, was retired in 2024. The words were not seen.
  if (id === "")
    throw invalid("'WorkspaceResourceId' is required: the id of a Log Analytics workspace.");
  const type = parseResourceId(id)?.type;
  if (type !== undefined && type.toLowerCase() !== WORKSPACE_TYPE.toLowerCase()) {
    throw invalid(`'WorkspaceResourceId' is the id of a Log Analytics workspace, got '${id}'.`);
  }
  return { id, path: "properties.WorkspaceResourceId" };
}

function connectionString(location: string, key: string, appId: string): string {
  return [
    `InstrumentationKey=${key}`,
    `IngestionEndpoint=https://${location}.in.applicationinsights.localhost/`,
    `LiveEndpoint=https://${location}.livediagnostics.monitor.localhost/`,
    `ApplicationId=${appId}`,
  ].join(";");
}

function retentionOf(fields: BodyFields): number {
  const days = fields.integer("RetentionInDays") ?? 90;
  if (RETENTIONS.includes(days)) return days;
  throw invalid(`'RetentionInDays' is one of ${RETENTIONS.join(", ")}, got ${days}.`);
}

function numbersAndFlags(fields: BodyFields): JsonObject {
  const percentage = fields.number("SamplingPercentage");
  if (percentage !== undefined && !(percentage > 0 && percentage <= 100)) {
    throw invalid(`'SamplingPercentage' is above 0 and at most 100, got ${percentage}.`);
  }
  const flags = FLAGS.flatMap((name) => {
    const value = fields.boolean(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...(percentage === undefined ? {} : { SamplingPercentage: percentage }),
    ...Object.fromEntries(flags),
  };
}

function accessOf(fields: BodyFields, name: string): string {
  return oneOf(fields, name, ["Enabled", "Disabled"], "Enabled");
}

function oneOf(fields: BodyFields, name: string, known: readonly string[], unset?: string): string {
  const value = fields.string(name) ?? unset ?? "";
  if (known.includes(value)) return value;
  throw invalid(`'${name}' is ${known.join(" or ")}, got '${value}'.`);
}

/** Its sentences were not seen at the real service, which refuses as well. */
function invalid(message: string): ArmError {
  return new ArmError(400, "BadRequest", message);
}
