// What every machine of a scale set is made from (VirtualMachineScaleSetVMProfile of Microsoft.Compute, 2024-11-01).
import {
  allInProperties,
  anything,
  each,
  flag,
  integer,
  listOf,
  number,
  objectOf,
  type PropertyShape,
  type PropertyShapes,
  SUB_RESOURCE,
  SUB_RESOURCES,
  text,
  texts,
} from "./property-shape.js";

export const EXTENSION_SETTINGS: PropertyShapes = {
  ...each(flag, "autoUpgradeMinorVersion", "enableAutomaticUpgrade", "suppressFailures"),
  ...each(text, "forceUpdateTag", "publisher", "type", "typeHandlerVersion"),
  ...each(anything, "protectedSettings", "settings"),
  protectedSettingsFromKeyVault: objectOf({ secretUrl: text, sourceVault: SUB_RESOURCE }, [
    "secretUrl",
    "sourceVault",
  ]),
  provisionAfterExtensions: texts,
};

const PUBLIC_ADDRESS = objectOf(
  {
    name: text,
    sku: objectOf(each(text, "name", "tier")),
    ...allInProperties({
      ...each(text, "deleteOption", "publicIPAddressVersion"),
      dnsSettings: objectOf(each(text, "domainNameLabel", "domainNameLabelScope"), [
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
      dnsSettings: objectOf({ dnsServers: texts }),
      ipConfigurations: IP_CONFIGURATIONS,
      networkSecurityGroup: SUB_RESOURCE,
    }),
  },
  ["ipConfigurations", "name"],
);

const OS_PROFILE = objectOf({
  ...each(text, "adminPassword", "adminUsername", "computerNamePrefix", "customData"),
  ...each(flag, "allowExtensionOperations", "requireGuestProvisionSignal"),
  linuxConfiguration: anything,
  secrets: listOf({
    sourceVault: SUB_RESOURCE,
    vaultCertificates: listOf(each(text, "certificateStore", "certificateUrl")),
  }),
  windowsConfiguration: objectOf({
    additionalUnattendContent: anything,
    ...each(flag, "enableAutomaticUpdates", "provisionVMAgent"),
    patchSettings: objectOf({
      ...each(text, "assessmentMode", "patchMode"),
      automaticByPlatformSettings: anything,
      enableHotpatching: flag,
    }),
    timeZone: text,
    winRM: anything,
  }),
});

const MANAGED_DISK = objectOf({
  ...each(anything, "diskEncryptionSet", "securityProfile"),
  storageAccountType: text,
});

const STORAGE_PROFILE = objectOf({
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
  imageReference: objectOf({
    ...each(text, "communityGalleryImageId", "id", "offer", "publisher"),
    ...each(text, "sharedGalleryImageId", "sku", "version"),
  }),
  osDisk: objectOf(
    {
      ...each(text, "caching", "createOption", "deleteOption", "name", "osType"),
      diffDiskSettings: objectOf(each(text, "option", "placement")),
      diskSizeGB: integer,
      image: objectOf({ uri: text }),
      managedDisk: MANAGED_DISK,
      vhdContainers: texts,
      writeAcceleratorEnabled: flag,
    },
    ["createOption"],
  ),
});

const NOTIFICATION = objectOf({ enable: flag, notBeforeTimeout: text });

const PROFILE: PropertyShapes = {
  ...each(anything, "applicationProfile", "securityPostureReference", "serviceArtifactReference"),
  billingProfile: objectOf({ maxPrice: number }),
  capacityReservation: objectOf({ capacityReservationGroup: SUB_RESOURCE }),
  diagnosticsProfile: objectOf({ bootDiagnostics: objectOf({ enabled: flag, storageUri: text }) }),
  ...each(text, "evictionPolicy", "licenseType", "priority", "userData"),
  extensionProfile: objectOf({
    extensions: listOf({ name: text, ...allInProperties(EXTENSION_SETTINGS) }),
    extensionsTimeBudget: text,
  }),
  hardwareProfile: objectOf({
    vmSizeProperties: objectOf(each(integer, "vCPUsAvailable", "vCPUsPerCore")),
  }),
  networkProfile: objectOf({
    healthProbe: SUB_RESOURCE,
    networkApiVersion: text,
    networkInterfaceConfigurations: INTERFACES,
  }),
  osProfile: OS_PROFILE,
  scheduledEventsProfile: objectOf({
    osImageNotificationProfile: NOTIFICATION,
    terminateNotificationProfile: NOTIFICATION,
  }),
  securityProfile: objectOf({
    encryptionAtHost: flag,
    ...each(anything, "encryptionIdentity", "proxyAgentSettings"),
    securityType: text,
    uefiSettings: objectOf(each(flag, "secureBootEnabled", "vTpmEnabled")),
  }),
  storageProfile: STORAGE_PROFILE,
};

export const MACHINE_PROFILE: PropertyShape = objectOf(PROFILE);
export const MACHINE_PROFILE_OUTPUT: PropertyShape = objectOf({ ...PROFILE, timeCreated: text });
