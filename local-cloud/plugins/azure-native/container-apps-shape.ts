// Container Apps (Microsoft.App, API version 2025-02-02-preview).
import {
  allInProperties,
  anything,
  each,
  flag,
  IDENTITY_INPUT,
  IDENTITY_OUTPUT,
  integer,
  listOf,
  number,
  type ObjectShape,
  type PropertyShapes,
  text,
  textMap,
  texts,
} from "./property-shape.js";
import { type ResourceRow, TRACKED_OUTPUTS } from "./resource-row.js";

const GROUP = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
const APP = `${GROUP}/providers/Microsoft.App`;
const ENVIRONMENT = `${APP}/managedEnvironments/{environmentName}`;
const API_VERSION = "2025-02-02-preview";

const requiredIdentity: ObjectShape = { ...IDENTITY_INPUT, required: ["type"] };

export const MANAGED_ENVIRONMENT_ROW: ResourceRow = {
  token: "azure-native:app:ManagedEnvironment",
  path: ENVIRONMENT,
  apiVersion: API_VERSION,
  autoName: "random",
  body: {
    identity: requiredIdentity,
    kind: text,
    location: text,
    tags: textMap,
    ...allInProperties({
      appLogsConfiguration: {
        type: "object",
        properties: {
          destination: text,
          logAnalyticsConfiguration: {
            type: "object",
            properties: { ...each(text, "customerId", "sharedKey"), dynamicJsonColumns: flag },
          },
        },
      },
      availabilityZones: texts,
      ...each(text, "daprAIConnectionString", "daprAIInstrumentationKey"),
      ...each(text, "infrastructureResourceGroup", "publicNetworkAccess"),
      ...each(anything, "appInsightsConfiguration", "customDomainConfiguration"),
      ...each(anything, "diskEncryptionConfiguration", "ingressConfiguration"),
      ...each(anything, "openTelemetryConfiguration", "peerAuthentication"),
      peerTrafficConfiguration: anything,
      vnetConfiguration: {
        type: "object",
        properties: {
          ...each(text, "dockerBridgeCidr", "infrastructureSubnetId", "platformReservedCidr"),
          platformReservedDnsIP: text,
          internal: flag,
        },
      },
      workloadProfiles: listOf(
        {
          ...each(text, "name", "workloadProfileType"),
          ...each(integer, "maximumCount", "minimumCount"),
          enableFips: flag,
        },
        ["name", "workloadProfileType"],
      ),
      zoneRedundant: flag,
    }),
  },
  required: ["location"],
  outputs: {
    ...TRACKED_OUTPUTS,
    identity: IDENTITY_OUTPUT,
    ...allInProperties({
      ...each(text, "defaultDomain", "deploymentErrors", "eventStreamEndpoint"),
      ...each(text, "privateLinkDefaultDomain", "provisioningState", "staticIp"),
      ...each(anything, "customDomainConfiguration", "daprConfiguration", "kedaConfiguration"),
      privateEndpointConnections: anything,
    }),
  },
  replaces: ["infrastructureResourceGroup", "location", "zoneRedundant"],
  longRunningPut: true,
};

const INGRESS: PropertyShapes = {
  additionalPortMappings: listOf(
    { external: flag, ...each(integer, "exposedPort", "targetPort") },
    ["external", "targetPort"],
  ),
  ...each({ type: "boolean", default: false }, "allowInsecure", "external"),
  ...each(text, "clientCertificateMode", "targetPortHttpScheme"),
  corsPolicy: anything,
  customDomains: listOf({ ...each(text, "bindingType", "certificateId", "name") }, ["name"]),
  ...each(integer, "exposedPort", "targetPort"),
  ipSecurityRestrictions: listOf(
    { ...each(text, "action", "description", "ipAddressRange", "name") },
    ["action", "ipAddressRange", "name"],
  ),
  stickySessions: { type: "object", properties: { affinity: text } },
  traffic: listOf({
    ...each(text, "label", "revisionName"),
    latestRevision: flag,
    weight: integer,
  }),
  transport: { type: "string", default: "auto" },
};

const CONFIGURATION: PropertyShapes = {
  activeRevisionsMode: { type: "string", default: "Single" },
  ...each(anything, "dapr", "runtime", "service"),
  identitySettings: listOf({ ...each(text, "identity", "lifecycle") }, ["identity"]),
  ingress: { type: "object", properties: INGRESS },
  ...each(integer, "maxInactiveRevisions", "revisionTransitionThreshold"),
  registries: listOf({ ...each(text, "identity", "passwordSecretRef", "server", "username") }),
  secrets: listOf({ ...each(text, "identity", "keyVaultUrl", "name", "value") }),
  targetLabel: text,
};

const INIT_CONTAINER: PropertyShapes = {
  ...each(texts, "args", "command"),
  env: listOf({ ...each(text, "name", "secretRef", "value") }),
  ...each(text, "image", "imageType", "name"),
  resources: { type: "object", properties: { ...each(number, "cpu", "gpu"), memory: text } },
  volumeMounts: listOf({ ...each(text, "mountPath", "subPath", "volumeName") }),
};

const PROBES = listOf({
  ...each(integer, "failureThreshold", "initialDelaySeconds", "periodSeconds"),
  ...each(integer, "successThreshold", "terminationGracePeriodSeconds", "timeoutSeconds"),
  httpGet: {
    type: "object",
    required: ["port"],
    properties: {
      ...each(text, "host", "path", "scheme"),
      httpHeaders: listOf({ name: text, value: text }, ["name", "value"]),
      port: integer,
    },
  },
  tcpSocket: { type: "object", required: ["port"], properties: { host: text, port: integer } },
  type: text,
});

const TEMPLATE: PropertyShapes = {
  containers: listOf({ ...INIT_CONTAINER, probes: PROBES }),
  initContainers: listOf(INIT_CONTAINER),
  revisionSuffix: text,
  scale: {
    type: "object",
    properties: {
      ...each(integer, "cooldownPeriod", "minReplicas", "pollingInterval"),
      maxReplicas: { type: "integer", default: 10 },
      rules: listOf({ name: text, ...each(anything, "azureQueue", "custom", "http", "tcp") }),
    },
  },
  serviceBinds: anything,
  terminationGracePeriodSeconds: integer,
  volumes: listOf({
    ...each(text, "mountOptions", "name", "storageName", "storageType"),
    secrets: listOf({ path: text, secretRef: text }),
  }),
};

export const CONTAINER_APP_ROW: ResourceRow = {
  token: "azure-native:app:ContainerApp",
  path: `${APP}/containerApps/{containerAppName}`,
  apiVersion: API_VERSION,
  autoName: "random",
  body: {
    extendedLocation: anything,
    identity: requiredIdentity,
    ...each(text, "kind", "location", "managedBy"),
    tags: textMap,
    ...allInProperties({
      configuration: { type: "object", properties: CONFIGURATION },
      ...each(text, "environmentId", "managedEnvironmentId", "workloadProfileName"),
      patchingConfiguration: anything,
      template: { type: "object", properties: TEMPLATE },
    }),
  },
  required: ["location"],
  outputs: {
    ...TRACKED_OUTPUTS,
    identity: IDENTITY_OUTPUT,
    ...allInProperties({
      ...each(text, "customDomainVerificationId", "deploymentErrors", "eventStreamEndpoint"),
      ...each(text, "latestReadyRevisionName", "latestRevisionFqdn", "latestRevisionName"),
      ...each(text, "provisioningState", "runningStatus"),
      outboundIpAddresses: texts,
      configuration: {
        type: "object",
        properties: {
          ...CONFIGURATION,
          ingress: { type: "object", properties: { ...INGRESS, fqdn: text } },
        },
      },
    }),
  },
  replaces: ["environmentId", "location", "managedEnvironmentId"],
  longRunningPut: true,
};

const MANAGED_CERTIFICATE: PropertyShapes = each(text, "domainControlValidation", "subjectName");

export const MANAGED_CERTIFICATE_ROW: ResourceRow = {
  token: "azure-native:app:ManagedCertificate",
  path: `${ENVIRONMENT}/managedCertificates/{managedCertificateName}`,
  apiVersion: API_VERSION,
  autoName: "copy",
  body: {
    location: text,
    properties: { type: "object", properties: MANAGED_CERTIFICATE },
    tags: textMap,
  },
  required: ["location"],
  outputs: {
    ...TRACKED_OUTPUTS,
    properties: {
      type: "object",
      properties: {
        ...MANAGED_CERTIFICATE,
        ...each(text, "error", "provisioningState", "validationToken"),
      },
    },
  },
  // Subject and validation are fixed as well, but nested: the service refuses, not the provider.
  replaces: ["location"],
  longRunningPut: true,
};
