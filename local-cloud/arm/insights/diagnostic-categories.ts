// What each type of resource can send to a workspace ("Supported Resource log categories for Azure Monitor"). Which group a
// category is in besides `allLogs` was taken from that page's type pages and is kept to types whose `audit` group is sure.

export interface DiagnosticCategories {
  readonly logs: readonly string[];
  /** Categories of the group `audit`. @default there is no such group */
  readonly audit?: readonly string[];
  readonly metrics: readonly string[];
}

const ALL_METRICS = ["AllMetrics"];
const DDOS = ["DDoSProtectionNotifications", "DDoSMitigationFlowLogs", "DDoSMitigationReports"];

const CATEGORIES: Readonly<Record<string, DiagnosticCategories>> = {
  "microsoft.app/containerapps": { logs: [], metrics: ALL_METRICS },
  "microsoft.app/managedenvironments": {
    logs: [
      "AppEnvSessionConsoleLogs",
      "AppEnvSessionLifeCycleLogs",
      "AppEnvSessionPoolEventLogs",
      "AppEnvSpringAppConsoleLogs",
      "ContainerAppConsoleLogs",
      "ContainerAppSystemLogs",
    ],
    metrics: ALL_METRICS,
  },
  "microsoft.botservice/botservices": { logs: ["BotRequest"], metrics: ALL_METRICS },
  "microsoft.compute/virtualmachinescalesets": { logs: [], metrics: ALL_METRICS },
  "microsoft.containerregistry/registries": {
    logs: ["ContainerRegistryLoginEvents", "ContainerRegistryRepositoryEvents"],
    audit: ["ContainerRegistryLoginEvents", "ContainerRegistryRepositoryEvents"],
    metrics: ALL_METRICS,
  },
  "microsoft.insights/autoscalesettings": {
    logs: ["AutoscaleEvaluations", "AutoscaleScaleActions"],
    metrics: ALL_METRICS,
  },
  "microsoft.insights/components": {
    logs: [
      "AppAvailabilityResults",
      "AppBrowserTimings",
      "AppDependencies",
      "AppEvents",
      "AppExceptions",
      "AppMetrics",
      "AppPageViews",
      "AppPerformanceCounters",
      "AppRequests",
      "AppSystemEvents",
      "AppTraces",
    ],
    metrics: ALL_METRICS,
  },
  "microsoft.keyvault/vaults": {
    logs: ["AuditEvent", "AzurePolicyEvaluationDetails"],
    audit: ["AuditEvent"],
    metrics: ALL_METRICS,
  },
  "microsoft.network/dnszones": { logs: [], metrics: ALL_METRICS },
  "microsoft.network/loadbalancers": { logs: ["LoadBalancerHealthEvent"], metrics: ALL_METRICS },
  "microsoft.network/networksecuritygroups": {
    logs: ["NetworkSecurityGroupEvent", "NetworkSecurityGroupRuleCounter"],
    metrics: [],
  },
  "microsoft.network/publicipaddresses": { logs: DDOS, audit: DDOS, metrics: ALL_METRICS },
  "microsoft.network/virtualnetworks": { logs: ["VMProtectionAlerts"], metrics: ALL_METRICS },
  "microsoft.operationalinsights/workspaces": {
    logs: ["Audit", "Jobs", "SummaryLogs"],
    audit: ["Audit"],
    metrics: ALL_METRICS,
  },
  "microsoft.storage/storageaccounts": {
    logs: [],
    metrics: [...ALL_METRICS, "Capacity", "Transaction"],
  },
  "microsoft.web/serverfarms": { logs: [], metrics: ALL_METRICS },
  "microsoft.web/sites": {
    logs: [
      "AppServiceAntivirusScanAuditLogs",
      "AppServiceAppLogs",
      "AppServiceAuditLogs",
      "AppServiceAuthenticationLogs",
      "AppServiceConsoleLogs",
      "AppServiceFileAuditLogs",
      "AppServiceHTTPLogs",
      "AppServiceIPSecAuditLogs",
      "AppServicePlatformLogs",
      "FunctionAppLogs",
      "WorkflowRuntime",
    ],
    metrics: ALL_METRICS,
  },
};

/** Undefined for a type that has no diagnostic settings. */
export function categoriesOf(type: string): DiagnosticCategories | undefined {
  return CATEGORIES[type.toLowerCase()];
}

/** Groups of log categories, by name. */
export function groupsOf({
  logs,
  audit,
}: DiagnosticCategories): ReadonlyMap<string, readonly string[]> {
  return new Map([
    ...(audit === undefined ? [] : [["audit", audit] as const]),
    ...(logs.length === 0 ? [] : [["allLogs", logs] as const]),
  ]);
}
