// Diagnostic settings: which logs and metrics of a resource go where ("Diagnostic settings in Azure Monitor").
import { notHere } from "../mechanics/arm-error.js";
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import type { ExtensionRecord } from "../mechanics/extension-store.js";
import type { ExtensionType, ExtensionWrite } from "../mechanics/extension-type.js";
import { checkNames } from "../mechanics/known-names.js";
import { parseResourceId } from "../mechanics/resource-id.js";
import { resourceNotFound } from "../mechanics/resource-place.js";
import { WORKSPACE_TYPE } from "../operational-insights/workspace.js";
import { categoriesOf, type DiagnosticCategories, groupsOf } from "./diagnostic-categories.js";
import { DiagnosticsError } from "./diagnostics-error.js";
import { INSIGHTS_NAME } from "./insights-name.js";

const TYPE = "Microsoft.Insights/diagnosticSettings";
const MOST = 5;
const SINKS = {
  workspaceId: WORKSPACE_TYPE,
  storageAccountId: "Microsoft.Storage/storageAccounts",
};
type Sink = keyof typeof SINKS;

export const diagnosticSetting: ExtensionType = {
  namespace: "Microsoft.Insights",
  type: "diagnosticSettings",
  apiVersions: ["2016-09-01", "2017-05-01-preview", "2021-05-01-preview"],
  created: 200,
  write,
  list: ({ cloud }, scope) => cloud.extensions.at(scope, TYPE),
  missing: (scope, name) =>
    new DiagnosticsError(
      404,
      "ResourceNotFound",
      `The diagnostic setting '${name}' of '${scope}' was not found.`,
    ),
};

function write(request: ExtensionWrite): JsonObject {
  const { cloud, scope, name, fields, existing } = request;
  checkNames(fields, {
    of: "diagnostic settings",
    understood: [...Object.keys(SINKS), "logAnalyticsDestinationType", "logs", "metrics"],
  });
  if (!INSIGHTS_NAME.pattern.test(name) || name.length > INSIGHTS_NAME.maxLength) {
    throw badRequest(`The name '${name}' is not valid: ${INSIGHTS_NAME.says}.`);
  }
  const categories = categoriesOfScope(request);
  const setting = {
    ...sinksOf(request),
    logAnalyticsDestinationType: destinationOf(fields),
    logs: (fields.objects("logs") ?? []).map((log) => logOf(log, categories)),
    metrics: (fields.objects("metrics") ?? []).map((metric) => metricOf(metric, categories)),
  };
  const others = cloud.extensions
    .at(scope, TYPE)
    .filter((other) => other.name.toLowerCase() !== name.toLowerCase());
  if (existing === undefined && others.length >= MOST) {
    // The rule is documented; code and words were not seen.
    throw new DiagnosticsError(
      409,
      "Conflict",
      `A resource has at most ${MOST} diagnostic settings, and '${scope}' has ${others.length}.`,
    );
  }
  refuseTwice(setting, others, categories);
  return setting;
}

function categoriesOfScope({ scope }: ExtensionWrite): DiagnosticCategories {
  const type = parseResourceId(scope)?.type ?? "microsoft.resources/subscriptions";
  const categories = categoriesOf(type);
  if (categories !== undefined) return categories;
  throw new DiagnosticsError(
    400,
    "ResourceTypeNotSupported",
    `The resource type '${type.toLowerCase()}' does not support diagnostic settings.`,
  );
}

function sinksOf({ cloud, fields }: ExtensionWrite): Record<Sink, string | null> {
  const sink = (name: Sink) => {
    const id = fields.string(name);
    if (id === undefined) return null;
    const parsed = parseResourceId(id);
    if (parsed?.type.toLowerCase() !== SINKS[name].toLowerCase()) {
      throw badRequest(`'${name}' is the id of a ${SINKS[name]}, got '${id}'.`);
    }
    if (cloud.resources.get(parsed) === undefined) throw resourceNotFound(parsed);
    return id;
  };
  const sinks = { workspaceId: sink("workspaceId"), storageAccountId: sink("storageAccountId") };
  if (Object.values(sinks).every((id) => id === null)) {
    throw badRequest("At least one data sink needs to be specified.");
  }
  return sinks;
}

function destinationOf(fields: BodyFields): string | null {
  const type = fields.string("logAnalyticsDestinationType");
  if (type === undefined || type === "Dedicated" || type === "AzureDiagnostics")
    return type ?? null;
  throw badRequest(
    `'logAnalyticsDestinationType' is 'Dedicated' or 'AzureDiagnostics', got '${type}'.`,
  );
}

function logOf(log: BodyFields, categories: DiagnosticCategories): JsonObject {
  const [category, group] = [log.string("category"), log.string("categoryGroup")];
  if ((category === undefined) === (group === undefined)) {
    throw badRequest("A log has either a category or a category group.");
  }
  const groups = [...groupsOf(categories).keys()];
  if (group !== undefined && !groups.includes(group)) {
    throw badRequest(
      `CategoryGroup: '${group}' is not supported, supported ones are: '${groups.join(",")}'.`,
    );
  }
  if (category !== undefined && !categories.logs.includes(category)) {
    throw badRequest(`Category '${category}' is not supported.`);
  }
  return { category: category ?? null, categoryGroup: group ?? null, ...switchOf(log) };
}

function metricOf(metric: BodyFields, categories: DiagnosticCategories): JsonObject {
  const category = metric.string("category") ?? "";
  if (!categories.metrics.includes(category)) {
    throw badRequest(`Metric category '${category}' is not supported.`);
  }
  const timeGrain = metric.string("timeGrain");
  return { ...(timeGrain === undefined ? {} : { timeGrain }), category, ...switchOf(metric) };
}

function switchOf(item: BodyFields): JsonObject {
  const enabled = item.boolean("enabled");
  if (enabled === undefined) throw badRequest(`'${item.at("enabled")}' is required.`);
  const policy = item.object("retentionPolicy");
  if (policy.boolean("enabled") === true || (policy.integer("days") ?? 0) !== 0) {
    throw notHere("retention in diagnostic settings, which Azure Monitor has retired");
  }
  return { enabled, retentionPolicy: { enabled: false, days: 0 } };
}

/** The same category goes to the same place by one setting only. */
function refuseTwice(
  setting: JsonObject,
  others: readonly ExtensionRecord[],
  categories: DiagnosticCategories,
): void {
  for (const other of others) {
    for (const sink of ["workspaceId", "storageAccountId"] as const) {
      const id = setting[sink];
      if (typeof id !== "string" || !sameId(other.properties[sink], id)) continue;
      const sent = sentBy(other.properties, categories);
      const twice = [...sentBy(setting, categories)].find((category) => sent.has(category));
      if (twice === undefined) continue;
      throw new DiagnosticsError(
        409,
        "Conflict",
        `Data sink '${id}' is already used in diagnostic setting '${other.name}' for category '${twice}'. Data sinks can't be reused in different settings on the same category for the same resource.`,
      );
    }
  }
}

function sentBy({ logs, metrics }: JsonObject, categories: DiagnosticCategories): Set<string> {
  const groups = groupsOf(categories);
  const on = (items: unknown) =>
    (Array.isArray(items) ? items : []).filter(({ enabled }: { enabled?: boolean }) => enabled);
  const names = [...on(logs), ...on(metrics)].flatMap(
    ({ category, categoryGroup }: { category?: string; categoryGroup?: string }) =>
      groups.get(categoryGroup ?? "") ?? category ?? [],
  );
  return new Set(names);
}

function sameId(a: unknown, b: string): boolean {
  return typeof a === "string" && a.toLowerCase() === b.toLowerCase();
}

function badRequest(message: string): DiagnosticsError {
  return new DiagnosticsError(400, "BadRequest", message);
}
