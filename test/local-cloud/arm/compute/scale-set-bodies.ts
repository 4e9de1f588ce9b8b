// A scale set that the service takes, with everything that it needs, and ways to change it.
import type { ArmUnderTest } from "../arm-under-test.js";
import { GROUP, IDENTITIES } from "../arm-under-test.js";
import {
  addressBody,
  balancerBody,
  LB,
  NSG,
  nsgBody,
  PIP,
  putDone,
  ruleItem,
  subnetItem,
  VNET,
  vnetBody,
} from "../network/network-bodies.js";

export const VMSS = `${GROUP}/providers/Microsoft.Compute/virtualMachineScaleSets/bots`;
export const MACHINES = `${VMSS}/virtualMachines`;
export const SUBNET = `${VNET}/subnets/bots`;
export const POOL = `${LB}/backendAddressPools/bots`;
export const IDENTITY = `${IDENTITIES}/uami-bots`;
export const PASSWORD = "Correct-horse-1";

type Settings = Record<string, unknown>;

export const imageReference = {
  publisher: "MicrosoftWindowsServer",
  offer: "WindowsServer",
  sku: "2022-datacenter-azure-edition",
  version: "latest",
};

export const ipConfiguration = (properties: Settings = {}) => ({
  name: "ip",
  properties: {
    subnet: { id: SUBNET },
    loadBalancerBackendAddressPools: [{ id: POOL }],
    publicIPAddressConfiguration: { name: "media", sku: { name: "Standard" } },
    ...properties,
  },
});

export const networkProfile = (properties: Settings = {}, configuration = ipConfiguration()) => ({
  networkInterfaceConfigurations: [
    {
      name: "nic",
      properties: {
        primary: true,
        enableAcceleratedNetworking: true,
        networkSecurityGroup: { id: NSG },
        ipConfigurations: [configuration],
        ...properties,
      },
    },
  ],
});

export const osProfile = (settings: Settings = {}) => ({
  computerNamePrefix: "bot",
  adminUsername: "hostadmin",
  adminPassword: PASSWORD,
  ...settings,
});

export const extensionItem = (
  name: string,
  publisher: string,
  type: string,
  typeHandlerVersion: string,
  properties: Settings = {},
) => ({ name, properties: { publisher, type, typeHandlerVersion, ...properties } });

export const healthExtension = extensionItem(
  "Health",
  "Microsoft.ManagedServices",
  "ApplicationHealthWindows",
  "1.0",
  { settings: { protocol: "https", port: 9442, requestPath: "/health" } },
);

export const profile = (settings: Settings = {}) => ({
  osProfile: osProfile(),
  storageProfile: { imageReference, osDisk: { createOption: "FromImage" } },
  networkProfile: networkProfile(),
  securityProfile: {
    securityType: "TrustedLaunch",
    uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
  },
  ...settings,
});

export const scaleSetBody = (
  settings: Settings = {},
  properties: Settings = {},
  more: Settings = {},
) => ({
  location: "westeurope",
  sku: { name: "Standard_D4s_v5", tier: "Standard", capacity: 2 },
  identity: { type: "UserAssigned", userAssignedIdentities: { [IDENTITY]: {} } },
  properties: {
    upgradePolicy: { mode: "Manual" },
    overprovision: false,
    virtualMachineProfile: profile(settings),
    ...properties,
  },
  ...more,
});

export const withCapacity = (capacity: number, name = "Standard_D4s_v5") => ({
  sku: { name, tier: "Standard", capacity },
});

/** Everything that the scale set refers to. */
export async function withSurroundings(arm: ArmUnderTest): Promise<void> {
  await arm.put(IDENTITY, { location: "westeurope" });
  await putDone(arm, NSG, nsgBody(ruleItem()));
  await putDone(arm, VNET, vnetBody({ subnets: [subnetItem("bots", "10.0.0.0/24")] }));
  await putDone(arm, PIP, addressBody());
  await putDone(arm, LB, balancerBody());
}
