// What every machine of a scale set is made from (VirtualMachineScaleSetVMProfile of Microsoft.Compute, 2024-11-01).
import {
  allInProperties,
  anything,
  each,
  flag,
  integer,
  listOf,
  number,
  type PropertyShape,
  type PropertyShapes,
  text,
  texts,
} from "./property-shape.js";

const object = (properties: PropertyShapes, required: readonly string[] = []): PropertyShape => ({
  type: "object",
  properties,
  required,
});
const SUB_RESOURCE = object({ id: text });
const SUB_RESOURCES = listOf({ id: text });

export const EXTENSION_SETTINGS: PropertyShapes = {
  ...each(flag, "autoUpgradeMinorVersion", "enableAutomaticUpgrade", "suppressFailures"),
  ...each(text, "forceUpdateTag", "publisher", "type", "typeHandlerVersion"),
  ...each(anything, "protectedSettings", "settings"),
  protectedSettingsFromKeyVault: object({ secretUrl: text, sourceVault: SUB_RESOURCE }, [
    "secretUrl",
    "sourceVault",
  ]),
  provisionAfterExtensions: texts,
};

const PUBLIC_ADDRESS = object(
  {
    name: text,
    sku: object(each(text, "name", "tier")),
    ...allInProperties({
      ...each(text, "deleteOption", "publicIPAddressVersion"),
      dnsSettings: object(each(text, "domainNameLabel", "domainNameLabelScope"), [
        "domainNameLabel",
      ]),
      idleTimeoutInMinutes: integer,
      ipTags: listOf(each(text, "ipTagType", "tag")),
      publicIPPrefix: SUB_RESOURCE,
    }),
  },
  ["name"],
);

const IP_CONFIGURATIONS = listOf(
  {
    name: text,
    ...allInProperties({
      ...each(SUB_RESOURCES, "applicationGatewayBackendAddressPools", "applicationSecurityGroups"),
      ...each(SUB_RESOURCES, "loadBalancerBackendAddressPools", "loadBalancerInboundNatPools"),
      primary: flag,
      privateIPAddressVersion: text,
      publicIPAddressConfiguration: PUBLIC_ADDRESS,
      subnet: SUB_RESOURCE,
    }),
  },
  ["name"],
);

const INTERFACES = listOf(
  {
    name: text,
    ...allInProperties({
      ...each(text, "auxiliaryMode", "auxiliarySku", "deleteOption"),
      ...each(flag, "disableTcpStateTracking", "enableAcceleratedNetworking", "enableFpga"),
      ...each(flag, "enableIPForwarding", "primary"),
      dnsSettings: object({ dnsServers: texts }),
      ipConfigurations: IP_CONFIGURATIONS,
      networkSecurityGroup: SUB_RESOURCE,
    }),
  },
  ["ipConfigurations", "name"],
);

const OS_PROFILE = object({
  ...each(text, "adminPassword", "adminUsername", "computerNamePrefix", "customData"),
  ...each(flag, "allowExtensionOperations", "requireGuestProvisionSignal"),
  linuxConfiguration: anything,
  secrets: listOf({
    sourceVault: SUB_RESOURCE,
    vaultCertificates: listOf(each(text, "certificateStore", "certificateUrl")),
  }),
  windowsConfiguration: object({
    additionalUnattendContent: anything,
    ...each(flag, "enableAutomaticUpdates", "provisionVMAgent"),
    patchSettings: object({
      ...each(text, "assessmentMode", "patchMode"),
      automaticByPlatformSettings: anything,
      enableHotpatching: flag,
    }),
    timeZone: text,
    winRM: anything,
  }),
});

const MANAGED_DISK = object({
  ...each(anything, "diskEncryptionSet", "securityProfile"),
  storageAccountType: text,
});

const STORAGE_PROFILE = object({
  dataDisks: listOf(
    {
      ...each(text, "caching", "createOption", "deleteOption", "name"),
      ...each(integer, "diskIOPSReadWrite", "diskMBpsReadWrite", "diskSizeGB", "lun"),
      managedDisk: MANAGED_DISK,
      writeAcceleratorEnabled: flag,
    },
    ["createOption", "lun"],
  ),
  diskControllerType: text,
  imageReference: object({
    ...each(text, "communityGalleryImageId", "id", "offer", "publisher"),
    ...each(text, "sharedGalleryImageId", "sku", "version"),
  }),
  osDisk: object(
    {
      ...each(text, "caching", "createOption", "deleteOption", "name", "osType"),
      diffDiskSettings: object(each(text, "option", "placement")),
      diskSizeGB: integer,
      image: object({ uri: text }),
      managedDisk: MANAGED_DISK,
      vhdContainers: texts,
      writeAcceleratorEnabled: flag,
    },
    ["createOption"],
  ),
});

const NOTIFICATION = object({ enable: flag, notBeforeTimeout: text });

const PROFILE: PropertyShapes = {
  ...each(anything, "applicationProfile", "securityPostureReference", "serviceArtifactReference"),
  billingProfile: object({ maxPrice: number }),
  capacityReservation: object({ capacityReservationGroup: SUB_RESOURCE }),
  diagnosticsProfile: object({ bootDiagnostics: object({ enabled: flag, storageUri: text }) }),
  ...each(text, "evictionPolicy", "licenseType", "priority", "userData"),
  extensionProfile: object({
    extensions: listOf({ name: text, ...allInProperties(EXTENSION_SETTINGS) }),
    extensionsTimeBudget: text,
  }),
  hardwareProfile: object({
    vmSizeProperties: object(each(integer, "vCPUsAvailable", "vCPUsPerCore")),
  }),
  networkProfile: object({
    healthProbe: SUB_RESOURCE,
    networkApiVersion: text,
    networkInterfaceConfigurations: INTERFACES,
  }),
  osProfile: OS_PROFILE,
  scheduledEventsProfile: object({
    osImageNotificationProfile: NOTIFICATION,
    terminateNotificationProfile: NOTIFICATION,
  }),
  securityProfile: object({
    encryptionAtHost: flag,
    ...each(anything, "encryptionIdentity", "proxyAgentSettings"),
    securityType: text,
    uefiSettings: object(each(flag, "secureBootEnabled", "vTpmEnabled")),
  }),
  storageProfile: STORAGE_PROFILE,
};

export const MACHINE_PROFILE: PropertyShape = object(PROFILE);
export const MACHINE_PROFILE_OUTPUT: PropertyShape = object({ ...PROFILE, timeCreated: text });
