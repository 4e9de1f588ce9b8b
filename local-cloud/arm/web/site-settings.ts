// The settings of a site, as `config/web` has them ("Web Apps - Get Configuration" of the REST reference). A request changes
// only what it names: what it leaves out stays as it was.

import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import { runsLinux, skuOfPlan } from "./app-service-plan.js";
import { checkRuntime } from "./site-runtime.js";
import { invalidParameter, planDoesNotAllow } from "./web-error.js";

const FLAGS = [
  "acrUseManagedIdentityCreds",
  "alwaysOn",
  "autoHealEnabled",
  "detailedErrorLoggingEnabled",
  "http20Enabled",
  "httpLoggingEnabled",
  "localMySqlEnabled",
  "remoteDebuggingEnabled",
  "requestTracingEnabled",
  "scmIpSecurityRestrictionsUseMain",
  "use32BitWorkerProcess",
  "vnetRouteAllEnabled",
  "webSocketsEnabled",
];
const NUMBERS = [
  "http20ProxyFlag",
  "logsDirectorySizeLimit",
  "minimumElasticInstanceCount",
  "numberOfWorkers",
  "preWarmedInstanceCount",
  "vnetPrivatePortsCount",
];
const TEXTS = [
  "acrUserManagedIdentityID",
  "appCommandLine",
  "documentRoot",
  "ftpsState",
  "healthCheckPath",
  "ipSecurityRestrictionsDefaultAction",
  "javaContainer",
  "javaContainerVersion",
  "javaVersion",
  "keyVaultReferenceIdentity",
  "linuxFxVersion",
  "loadBalancing",
  "managedPipelineMode",
  "minTlsCipherSuite",
  "minTlsVersion",
  "netFrameworkVersion",
  "nodeVersion",
  "phpVersion",
  "powerShellVersion",
  "publicNetworkAccess",
  "pythonVersion",
  "remoteDebuggingVersion",
  "scmIpSecurityRestrictionsDefaultAction",
  "scmMinTlsVersion",
  "scmType",
  "tracingOptions",
  "vnetName",
  "websiteTimeZone",
  "windowsFxVersion",
];
/** Kept as they are: what is in them has no effect here or there on a deployment. */
const OTHERS = [
  "autoHealRules",
  "cors",
  "defaultDocuments",
  "ipSecurityRestrictions",
  "limits",
  "scmIpSecurityRestrictions",
  "virtualApplications",
];
const KNOWN = {
  of: "the settings of a site",
  understood: [
    ...FLAGS,
    ...NUMBERS,
    ...TEXTS,
    ...OTHERS,
    "appSettings",
    "connectionStrings",
    // What the portal keeps about a runtime.
    "metadata",
  ],
  answered: ["machineKey", "publishingUsername"],
};

const TLS = ["1.0", "1.1", "1.2", "1.3"];
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  ftpsState: ["AllAllowed", "FtpsOnly", "Disabled"],
  ipSecurityRestrictionsDefaultAction: ["Allow", "Deny"],
  loadBalancing: [
    "WeightedRoundRobin",
    "LeastRequests",
    "LeastResponseTime",
    "WeightedTotalTraffic",
    "RequestHash",
    "PerSiteRoundRobin",
    "LeastRequestsWithTieBreaker",
  ],
  managedPipelineMode: ["Integrated", "Classic"],
  minTlsVersion: TLS,
  publicNetworkAccess: ["Enabled", "Disabled"],
  scmIpSecurityRestrictionsDefaultAction: ["Allow", "Deny"],
  scmMinTlsVersion: TLS,
};

const EVERYBODY = [
  {
    ipAddress: "Any",
    action: "Allow",
    priority: 2147483647,
    name: "Allow all",
    description: "Allow all access",
  },
];

function defaults(plan: ResourceRecord): JsonObject {
  return {
    numberOfWorkers: 1,
    netFrameworkVersion: "v4.0",
    linuxFxVersion: "",
    windowsFxVersion: null,
    requestTracingEnabled: false,
    remoteDebuggingEnabled: false,
    httpLoggingEnabled: false,
    acrUseManagedIdentityCreds: false,
    acrUserManagedIdentityID: null,
    logsDirectorySizeLimit: 35,
    detailedErrorLoggingEnabled: false,
    publishingUsername: "REDACTED",
    scmType: "None",
    use32BitWorkerProcess: !runsLinux(plan),
    webSocketsEnabled: false,
    alwaysOn: false,
    appCommandLine: "",
    managedPipelineMode: "Integrated",
    loadBalancing: "LeastRequests",
    autoHealEnabled: false,
    vnetName: "",
    vnetRouteAllEnabled: false,
    vnetPrivatePortsCount: 0,
    localMySqlEnabled: false,
    ipSecurityRestrictions: EVERYBODY,
    scmIpSecurityRestrictions: EVERYBODY,
    scmIpSecurityRestrictionsUseMain: false,
    http20Enabled: false,
    minTlsVersion: "1.2",
    scmMinTlsVersion: "1.2",
    ftpsState: "FtpsOnly",
    preWarmedInstanceCount: 0,
    healthCheckPath: null,
    minimumElasticInstanceCount: 0,
    http20ProxyFlag: 0,
  };
}

/** All settings after a request. Throws WebError. */
export function settingsFor(
  given: BodyFields,
  before: JsonObject | undefined,
  plan: ResourceRecord,
): JsonObject {
  checkNames(given, KNOWN);
  const wanted = Object.fromEntries(
    [
      ...FLAGS.map((name) => [name, given.boolean(name)] as const),
      ...NUMBERS.map((name) => [name, given.number(name)] as const),
      ...TEXTS.map((name) => [name, textOf(given, name)] as const),
      ...OTHERS.map((name) => [name, given.raw(name)] as const),
    ].filter(([, value]) => value !== undefined),
  );
  checkForPlan(wanted, plan);
  checkRuntime(wanted, plan);
  return { ...(before ?? defaults(plan)), ...wanted };
}

/** What `GET` of the site itself shows of its settings. */
export function fewSettings(settings: JsonObject): JsonObject {
  const names = [
    "numberOfWorkers",
    "linuxFxVersion",
    "windowsFxVersion",
    "acrUseManagedIdentityCreds",
    "alwaysOn",
    "http20Enabled",
    "minimumElasticInstanceCount",
  ];
  return Object.fromEntries(names.map((name) => [name, settings[name] ?? null]));
}

function textOf(given: BodyFields, name: string): string | undefined {
  const value = given.string(name);
  const choices = CHOICES[name];
  if (value === undefined || choices === undefined) {
    if (name === "healthCheckPath") checkHealthPath(value);
    return value;
  }
  const chosen = choices.find((choice) => choice.toLowerCase() === value.toLowerCase());
  if (chosen !== undefined) return chosen;
  throw invalidParameter(name, `It must be one of ${choices.join(", ")}, got '${value}'.`);
}

// That the service refuses this was not seen; it would ask for a page that is none.
function checkHealthPath(path: string | undefined): void {
  if (path === undefined || path === "" || path.startsWith("/")) return;
  throw invalidParameter("healthCheckPath", `It begins with a slash, got '${path}'.`);
}

function checkForPlan(wanted: JsonObject, plan: ResourceRecord): void {
  if (skuOfPlan(plan).dedicated) return;
  if (wanted["alwaysOn"] === true) throw planDoesNotAllow("AlwaysOn");
  // pnp/Microsoft365-Analytics-Insights#487; the words were not seen.
  if (wanted["use32BitWorkerProcess"] === false && !runsLinux(plan)) {
    throw planDoesNotAllow("Use32BitWorkerProcess");
  }
}
