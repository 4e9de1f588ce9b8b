// Scale sets and their machines (Microsoft.Compute, API version 2024-11-01).
import {
  allInProperties,
  anything,
  each,
  flag,
  IDENTITY_INPUT,
  IDENTITY_OUTPUT,
  inProperties,
  integer,
  objectOf,
  SUB_RESOURCE,
  text,
  textMap,
  texts,
} from "./property-shape.js";
import { type ResourceRow, TRACKED_OUTPUTS } from "./resource-row.js";
import {
  EXTENSION_SETTINGS,
  MACHINE_PROFILE,
  MACHINE_PROFILE_OUTPUT,
} from "./scale-set-profile-shape.js";

const GROUP = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
const SCALE_SET = `${GROUP}/providers/Microsoft.Compute/virtualMachineScaleSets/{vmScaleSetName}`;
const API_VERSION = "2024-11-01";

const UPGRADE_POLICY = objectOf({
  automaticOSUpgradePolicy: objectOf({
    ...each(flag, "disableAutomaticRollback", "enableAutomaticOSUpgrade"),
    ...each(flag, "osRollingUpgradeDeferral", "useRollingUpgradePolicy"),
  }),
  mode: text,
  rollingUpgradePolicy: objectOf({
    ...each(flag, "enableCrossZoneUpgrade", "maxSurge", "prioritizeUnhealthyInstances"),
    ...each(integer, "maxBatchInstancePercent", "maxUnhealthyInstancePercent"),
    maxUnhealthyUpgradedInstancePercent: integer,
    pauseTimeBetweenBatches: text,
    rollbackFailedInstancesOnPolicyBreach: flag,
  }),
});

export const SCALE_SET_ROW: ResourceRow = {
  token: "azure-native:compute:VirtualMachineScaleSet",
  path: SCALE_SET,
  apiVersion: API_VERSION,
  autoName: "random",
  body: {
    ...each(anything, "extendedLocation", "plan"),
    identity: IDENTITY_INPUT,
    location: text,
    sku: objectOf({ ...each(text, "name", "tier"), capacity: integer }),
    tags: textMap,
    zones: texts,
    ...allInProperties({
      additionalCapabilities: objectOf(each(flag, "hibernationEnabled", "ultraSSDEnabled")),
      automaticRepairsPolicy: objectOf({
        enabled: flag,
        ...each(text, "gracePeriod", "repairAction"),
      }),
      ...each(flag, "constrainedMaximumCapacity", "doNotRunExtensionsOnOverprovisionedVMs"),
      ...each(flag, "overprovision", "singlePlacementGroup", "zoneBalance"),
      ...each(SUB_RESOURCE, "hostGroup", "proximityPlacementGroup"),
      ...each(text, "orchestrationMode", "zonalPlatformFaultDomainAlignMode"),
      platformFaultDomainCount: integer,
      ...each(anything, "priorityMixPolicy", "resiliencyPolicy", "scheduledEventsPolicy"),
      ...each(anything, "skuProfile", "spotRestorePolicy"),
      scaleInPolicy: objectOf({
        ...each(flag, "forceDeletion", "prioritizeUnhealthyVMs"),
        rules: texts,
      }),
      upgradePolicy: UPGRADE_POLICY,
      virtualMachineProfile: MACHINE_PROFILE,
    }),
  },
  required: ["location"],
  outputs: {
    ...TRACKED_OUTPUTS,
    etag: text,
    identity: IDENTITY_OUTPUT,
    ...allInProperties({
      ...each(text, "provisioningState", "timeCreated", "uniqueId"),
      virtualMachineProfile: MACHINE_PROFILE_OUTPUT,
    }),
  },
  replaces: ["location"],
  longRunningPut: true,
};

/** One machine that the scale set has made: only changed by a program, and never made or removed on its own. */
export const SCALE_SET_MACHINE_ROW: ResourceRow = {
  token: "azure-native:compute:VirtualMachineScaleSetVM",
  path: `${SCALE_SET}/virtualMachines/{instanceId}`,
  apiVersion: API_VERSION,
  autoName: "copy",
  body: {
    identity: IDENTITY_INPUT,
    location: text,
    plan: anything,
    tags: textMap,
    ...allInProperties({
      ...each(anything, "additionalCapabilities", "diagnosticsProfile", "hardwareProfile"),
      ...each(anything, "networkProfile", "networkProfileConfiguration", "osProfile"),
      ...each(anything, "securityProfile", "storageProfile"),
      availabilitySet: SUB_RESOURCE,
      ...each(text, "licenseType", "resilientVMDeletionStatus", "userData"),
      protectionPolicy: objectOf(each(flag, "protectFromScaleIn", "protectFromScaleSetActions")),
    }),
  },
  required: ["location"],
  outputs: {
    ...TRACKED_OUTPUTS,
    ...each(text, "etag", "instanceId"),
    identity: IDENTITY_OUTPUT,
    ...each(anything, "resources", "sku"),
    zones: texts,
    ...allInProperties({
      instanceView: anything,
      latestModelApplied: flag,
      ...each(text, "modelDefinitionApplied", "provisioningState", "timeCreated", "vmId"),
    }),
  },
  replaces: ["location"],
  longRunningPut: true,
};

export const SCALE_SET_EXTENSION_ROW: ResourceRow = {
  token: "azure-native:compute:VirtualMachineScaleSetExtension",
  path: `${SCALE_SET}/extensions/{vmssExtensionName}`,
  apiVersion: API_VERSION,
  autoName: "copy",
  body: { name: text, ...allInProperties(EXTENSION_SETTINGS) },
  outputs: { provisioningState: inProperties(text) },
  replaces: [],
  longRunningPut: true,
};
