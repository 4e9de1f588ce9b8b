// App Service (Microsoft.Web, API version 2025-05-01). The settings of a site go in with the site and are answered by
// `config/web`; app settings and connection strings are never answered (custom_webapp.go of pulumi-azure-native).
import {
  allInProperties,
  anything,
  each,
  flag,
  IDENTITY_INPUT,
  IDENTITY_OUTPUT,
  integer,
  listOf,
  type PropertyShapes,
  text,
  textMap,
  texts,
} from "./property-shape.js";
import { type ResourceRow, TRACKED_OUTPUTS } from "./resource-row.js";

const GROUP = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
const WEB = `${GROUP}/providers/Microsoft.Web`;
const API_VERSION = "2025-05-01";

const SKU: PropertyShapes = {
  ...each(text, "family", "name", "size", "tier"),
  capacity: integer,
  capabilities: anything,
  locations: texts,
  skuCapacity: anything,
};

export const APP_SERVICE_PLAN_ROW: ResourceRow = {
  token: "azure-native:web:AppServicePlan",
  path: `${WEB}/serverfarms/{name}`,
  apiVersion: API_VERSION,
  autoName: "random",
  body: {
    extendedLocation: anything,
    identity: IDENTITY_INPUT,
    kind: text,
    location: text,
    sku: { type: "object", properties: SKU },
    tags: textMap,
    ...allInProperties({
      ...each(flag, "asyncScalingEnabled", "elasticScaleEnabled", "hyperV", "isCustomMode"),
      ...each(flag, "isSpot", "isXenon", "perSiteScaling", "rdpEnabled", "reserved"),
      zoneRedundant: flag,
      ...each(integer, "maximumElasticWorkerCount", "targetWorkerCount", "targetWorkerSizeId"),
      ...each(text, "freeOfferExpirationTime", "spotExpirationTime", "workerTierName"),
      ...each(anything, "hostingEnvironmentProfile", "installScripts", "kubeEnvironmentProfile"),
      ...each(anything, "network", "planDefaultIdentity", "registryAdapters", "storageMounts"),
    }),
  },
  required: ["location"],
  outputs: {
    ...TRACKED_OUTPUTS,
    identity: IDENTITY_OUTPUT,
    ...allInProperties({
      ...each(text, "geoRegion", "provisioningState", "resourceGroup", "status", "subscription"),
      ...each(integer, "maximumNumberOfWorkers", "numberOfSites", "numberOfWorkers"),
    }),
  },
  // The description of the service marks these as fixed at creation, and `location` not.
  replaces: ["hostingEnvironmentProfile", "hyperV", "isXenon", "reserved"],
  longRunningPut: true,
};

const IP_RESTRICTIONS = listOf({
  ...each(text, "action", "description", "ipAddress", "name", "subnetMask", "tag"),
  ...each(text, "vnetSubnetResourceId"),
  ...each(integer, "priority", "subnetTrafficTag", "vnetTrafficTag"),
  headers: anything,
});

/** What `config/web` answers as well. */
const SITE_SETTINGS: PropertyShapes = {
  ...each(flag, "acrUseManagedIdentityCreds", "alwaysOn", "autoHealEnabled"),
  ...each(flag, "detailedErrorLoggingEnabled", "functionsRuntimeScaleMonitoringEnabled"),
  ...each(flag, "httpLoggingEnabled", "remoteDebuggingEnabled", "requestTracingEnabled"),
  ...each(flag, "scmIpSecurityRestrictionsUseMain", "use32BitWorkerProcess"),
  ...each(flag, "vnetRouteAllEnabled", "webSocketsEnabled"),
  http20Enabled: { type: "boolean", default: true },
  localMySqlEnabled: { type: "boolean", default: false },
  netFrameworkVersion: { type: "string", default: "v4.6" },
  ...each(integer, "elasticWebAppScaleLimit", "functionAppScaleLimit", "http20ProxyFlag"),
  ...each(integer, "logsDirectorySizeLimit", "managedServiceIdentityId", "numberOfWorkers"),
  ...each(integer, "minimumElasticInstanceCount", "preWarmedInstanceCount"),
  ...each(integer, "vnetPrivatePortsCount", "xManagedServiceIdentityId"),
  ...each(text, "acrUserManagedIdentityID", "appCommandLine", "autoSwapSlotName", "documentRoot"),
  ...each(text, "ftpsState", "healthCheckPath", "ipSecurityRestrictionsDefaultAction"),
  ...each(text, "javaContainer", "javaContainerVersion", "javaVersion", "linuxFxVersion"),
  ...each(text, "keyVaultReferenceIdentity", "loadBalancing", "managedPipelineMode"),
  ...each(text, "minTlsCipherSuite", "minTlsVersion", "nodeVersion", "phpVersion"),
  ...each(text, "powerShellVersion", "publicNetworkAccess", "publishingUsername"),
  ...each(text, "pythonVersion", "remoteDebuggingVersion", "requestTracingExpirationTime"),
  ...each(text, "scmIpSecurityRestrictionsDefaultAction", "scmMinTlsVersion", "scmType"),
  ...each(text, "tracingOptions", "vnetName", "websiteTimeZone", "windowsFxVersion"),
  ...each(anything, "apiDefinition", "apiManagementConfig", "autoHealRules", "cors"),
  ...each(anything, "azureStorageAccounts", "experiments", "handlerMappings", "limits", "push"),
  ...each(anything, "virtualApplications"),
  ...each(IP_RESTRICTIONS, "ipSecurityRestrictions", "scmIpSecurityRestrictions"),
  defaultDocuments: texts,
};

export const WEB_APP_ROW: ResourceRow = {
  token: "azure-native:web:WebApp",
  path: `${WEB}/sites/{name}`,
  apiVersion: API_VERSION,
  autoName: "random",
  body: {
    extendedLocation: anything,
    identity: IDENTITY_INPUT,
    kind: text,
    location: text,
    tags: textMap,
    ...allInProperties({
      ...each({ type: "boolean", default: false }, "clientAffinityEnabled", "hyperV", "isXenon"),
      scmSiteAlsoStopped: { type: "boolean", default: false },
      ...each(flag, "clientAffinityPartitioningEnabled", "clientAffinityProxyEnabled"),
      ...each(flag, "clientCertEnabled", "enabled", "endToEndEncryptionEnabled"),
      ...each(flag, "hostNamesDisabled", "httpsOnly", "reserved", "sshEnabled"),
      storageAccountRequired: flag,
      ...each(integer, "containerSize", "dailyMemoryTimeQuota"),
      ...each(text, "autoGeneratedDomainNameLabelScope", "clientCertExclusionPaths"),
      ...each(text, "clientCertMode", "customDomainVerificationId", "ipMode"),
      ...each(text, "keyVaultReferenceIdentity", "managedEnvironmentId", "publicNetworkAccess"),
      ...each(text, "redundancyMode", "serverFarmId", "virtualNetworkSubnetId"),
      workloadProfileName: text,
      ...each(anything, "cloningInfo", "daprConfig", "dnsConfiguration", "functionAppConfig"),
      ...each(anything, "hostingEnvironmentProfile", "outboundVnetRouting", "resourceConfig"),
      hostNameSslStates: listOf({
        ...each(text, "hostType", "name", "sslState", "thumbprint", "virtualIP"),
        toUpdate: flag,
      }),
      siteConfig: {
        type: "object",
        properties: {
          ...SITE_SETTINGS,
          appSettings: listOf({ name: text, value: text }),
          connectionStrings: listOf({ name: text, connectionString: text, type: text }),
          metadata: listOf({ name: text, value: text }),
        },
      },
    }),
  },
  required: ["location"],
  outputs: {
    ...TRACKED_OUTPUTS,
    identity: IDENTITY_OUTPUT,
    ...allInProperties({
      ...each(text, "availabilityState", "defaultHostName", "inProgressOperationId"),
      ...each(text, "lastModifiedTimeUtc", "outboundIpAddresses", "possibleOutboundIpAddresses"),
      ...each(text, "repositorySiteName", "resourceGroup", "sku", "state", "suspendedTill"),
      ...each(text, "targetSwapSlot", "usageState"),
      ...each(texts, "enabledHostNames", "hostNames", "trafficManagerHostNames"),
      ...each(integer, "maxNumberOfWorkers"),
      isDefaultContainer: flag,
      slotSwapStatus: anything,
      siteConfig: { type: "object", properties: { ...SITE_SETTINGS, machineKey: anything } },
    }),
  },
  // `location` and `kind` are on the provider's own list; the others are fixed at creation in the service's description
  // of API versions before this one.
  replaces: [
    "hostingEnvironmentProfile",
    "hyperV",
    "isXenon",
    "kind",
    "location",
    "managedEnvironmentId",
    "reserved",
  ],
  longRunningPut: true,
  partRead: { path: "config/web", property: "siteConfig" },
  // The plan is a resource of its own.
  deleteQuery: { deleteEmptyServerFarm: "false" },
};

export const APP_SETTINGS_ROW: ResourceRow = {
  token: "azure-native:web:WebAppApplicationSettings",
  path: `${WEB}/sites/{name}/config/appsettings`,
  apiVersion: API_VERSION,
  autoName: "copy",
  body: { kind: text, properties: textMap },
  outputs: { name: text, type: text },
  replaces: [],
  readWith: { post: "list" },
  singleton: { properties: {} },
};

export const HOST_NAME_BINDING_ROW: ResourceRow = {
  token: "azure-native:web:WebAppHostNameBinding",
  path: `${WEB}/sites/{name}/hostNameBindings/{hostName}`,
  apiVersion: API_VERSION,
  autoName: "copy",
  body: {
    kind: text,
    ...allInProperties({
      ...each(text, "azureResourceName", "azureResourceType", "customHostNameDnsRecordType"),
      ...each(text, "domainId", "hostNameType", "siteName", "sslState", "thumbprint"),
    }),
  },
  outputs: { ...TRACKED_OUTPUTS, ...allInProperties({ virtualIP: text }) },
  replaces: [],
};

export const CERTIFICATE_ROW: ResourceRow = {
  token: "azure-native:web:Certificate",
  path: `${WEB}/certificates/{name}`,
  apiVersion: API_VERSION,
  autoName: "random",
  body: {
    kind: text,
    location: text,
    tags: textMap,
    ...allInProperties({
      ...each(text, "canonicalName", "domainValidationMethod", "keyVaultId", "keyVaultSecretName"),
      ...each(text, "password", "pfxBlob", "serverFarmId"),
      hostNames: texts,
    }),
  },
  required: ["location"],
  outputs: {
    ...TRACKED_OUTPUTS,
    ...allInProperties({
      ...each(text, "cerBlob", "expirationDate", "friendlyName", "issueDate", "issuer"),
      ...each(text, "keyVaultSecretStatus", "publicKeyHash", "selfLink", "siteName"),
      ...each(text, "subjectName", "thumbprint"),
      hostingEnvironmentProfile: anything,
      valid: flag,
    }),
  },
  replaces: ["password"],
};
