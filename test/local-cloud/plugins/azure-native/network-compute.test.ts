// What a program says about networks and scale sets, as the plugin checks, compares and sends it.
import { describe, expect, it } from "vitest";
import {
  inputsOf,
  outputsOf,
  requestBody,
} from "../../../../local-cloud/plugins/azure-native/body.js";
import { checkInputs } from "../../../../local-cloud/plugins/azure-native/check.js";
import { diffInputs } from "../../../../local-cloud/plugins/azure-native/diff.js";
import { rowOf } from "../../../../local-cloud/plugins/azure-native/resource-table.js";
import type { Properties } from "../../../../local-cloud/plugins/wire/property-values.js";

const POOL = { id: "/lb/backendAddressPools/bots" };
const RULE = {
  name: "media",
  access: "Allow",
  direction: "Inbound",
  priority: 100,
  protocol: "Tcp",
  sourceAddressPrefixes: ["52.112.0.0/14"],
};
const EXTENSION = {
  name: "KeyVaultForWindows",
  publisher: "Microsoft.Azure.KeyVault",
  type: "KeyVaultForWindows",
  typeHandlerVersion: "3.0",
  settings: { secretsManagementSettings: { observedCertificates: [{ url: "https://kv" }] } },
};

const INPUTS: Readonly<Record<string, Properties>> = {
  "network:VirtualNetwork": {
    virtualNetworkName: "vnet",
    location: "westeurope",
    addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
    enableDdosProtection: false,
    subnets: [{ name: "bots", addressPrefix: "10.0.0.0/24", networkSecurityGroup: { id: "/n" } }],
  },
  "network:Subnet": {
    virtualNetworkName: "vnet",
    subnetName: "bots",
    addressPrefix: "10.0.0.0/24",
    privateEndpointNetworkPolicies: "Disabled",
  },
  "network:NetworkSecurityGroup": {
    networkSecurityGroupName: "nsg",
    location: "westeurope",
    securityRules: [RULE],
  },
  "network:PublicIPAddress": {
    publicIpAddressName: "pip",
    location: "westeurope",
    sku: { name: "Standard" },
    publicIPAllocationMethod: "Static",
    publicIPAddressVersion: "IPv4",
    dnsSettings: { domainNameLabel: "contoso" },
    zones: ["1", "2"],
  },
  "network:PublicIPPrefix": {
    publicIpPrefixName: "prefix",
    location: "westeurope",
    sku: { name: "Standard" },
    prefixLength: 30,
  },
  "network:LoadBalancer": {
    loadBalancerName: "lb",
    location: "westeurope",
    sku: { name: "Standard" },
    backendAddressPools: [{ name: "bots" }],
    frontendIPConfigurations: [{ name: "public", publicIPAddress: { id: "/pip" } }],
    inboundNatRules: [
      {
        name: "media",
        backendAddressPool: POOL,
        backendPort: 8445,
        frontendPortRangeStart: 6000,
        frontendPortRangeEnd: 6500,
      },
    ],
  },
  "compute:VirtualMachineScaleSet": {
    vmScaleSetName: "vmss",
    location: "westeurope",
    sku: { name: "Standard_D4s_v5", capacity: 2, tier: "Standard" },
    identity: { type: "UserAssigned", userAssignedIdentities: ["/uami"] },
    upgradePolicy: { mode: "Manual" },
    zones: ["1", "2"],
    virtualMachineProfile: {
      osProfile: { computerNamePrefix: "bot", adminPassword: "secret" },
      extensionProfile: { extensions: [EXTENSION] },
      networkProfile: {
        networkInterfaceConfigurations: [
          {
            name: "nic",
            primary: true,
            ipConfigurations: [
              {
                name: "ip",
                loadBalancerBackendAddressPools: [POOL],
                publicIPAddressConfiguration: {
                  name: "pip",
                  sku: { name: "Standard" },
                  dnsSettings: { domainNameLabel: "bot" },
                },
              },
            ],
          },
        ],
      },
    },
  },
};

function setUp(type: string) {
  const row = rowOf(`azure-native:${type}`);
  const inputs: Properties = { resourceGroupName: "rg", ...INPUTS[type] };
  const change = (news: Properties) =>
    [...diffInputs(row, inputs, {}, { ...inputs, ...news }).detailed].map(
      ([path, { replaces }]) => `${path}${replaces ? " replaces" : ""}`,
    );
  return { row, inputs, change };
}

describe("a change of", () => {
  it.each<[type: string, news: Properties, what: string]>([
    ["network:VirtualNetwork", { location: "northeurope" }, "location replaces"],
    ["network:VirtualNetwork", { virtualNetworkName: "v2" }, "virtualNetworkName replaces"],
    [
      "network:VirtualNetwork",
      { addressSpace: { addressPrefixes: ["10.1.0.0/16"] } },
      "addressSpace.addressPrefixes[0]",
    ],
    ["network:VirtualNetwork", { flowTimeoutInMinutes: 10 }, "flowTimeoutInMinutes"],
    ["network:Subnet", { addressPrefix: "10.0.1.0/24" }, "addressPrefix"],
    ["network:NetworkSecurityGroup", { location: "northeurope" }, "location"],
    [
      "network:NetworkSecurityGroup",
      { securityRules: [{ ...RULE, priority: 110 }] },
      "securityRules[0].priority",
    ],
    ["network:PublicIPAddress", { sku: { name: "Basic" } }, "sku.name replaces"],
    ["network:PublicIPAddress", { location: "northeurope" }, "location replaces"],
    [
      "network:PublicIPAddress",
      { publicIPAddressVersion: "IPv6" },
      "publicIPAddressVersion replaces",
    ],
    ["network:PublicIPAddress", { publicIPPrefix: { id: "/p" } }, "publicIPPrefix replaces"],
    ["network:PublicIPAddress", { zones: ["1"] }, "zones[1]"],
    [
      "network:PublicIPAddress",
      { dnsSettings: { domainNameLabel: "b" } },
      "dnsSettings.domainNameLabel",
    ],
    ["network:PublicIPPrefix", { prefixLength: 29 }, "prefixLength"],
    ["network:LoadBalancer", { location: "northeurope" }, "location"],
    ["compute:VirtualMachineScaleSet", { location: "northeurope" }, "location replaces"],
    ["compute:VirtualMachineScaleSet", { overprovision: false }, "overprovision"],
    ["compute:VirtualMachineScaleSet", { zones: ["1"] }, "zones[1]"],
    [
      "compute:VirtualMachineScaleSet",
      { sku: { name: "Standard_D4s_v5", capacity: 3, tier: "Standard" } },
      "sku.capacity",
    ],
  ])("%s %j is %s", (type, news, what) => {
    const { change } = setUp(type);
    expect(change({})).toEqual([]);
    expect(change(news)).toEqual([what]);
  });

  it("nothing but an SDK's own default is none", () => {
    const { row, inputs } = setUp("network:VirtualNetwork");
    const { enableDdosProtection: _, ...before } = inputs;
    expect(diffInputs(row, before, {}, inputs).detailed.size).toBe(0);
  });
});

describe("what is flattened in the SDK", () => {
  it.each(Object.keys(INPUTS))("of %s goes to its place and comes back", (type) => {
    const { row, inputs } = setUp(type);
    expect(checkInputs(row, inputs)).toEqual([]);
    const written = Object.keys(inputs).filter((name) => row.body[name] !== undefined);
    expect(inputsOf(row, outputsOf(row, requestBody(row, inputs)))).toEqual(
      Object.fromEntries(written.map((name) => [name, inputs[name]])),
    );
  });

  it("is below properties, at every level", () => {
    const { row, inputs } = setUp("compute:VirtualMachineScaleSet");
    expect(requestBody(row, inputs)).toEqual({
      location: "westeurope",
      sku: { name: "Standard_D4s_v5", capacity: 2, tier: "Standard" },
      zones: ["1", "2"],
      identity: { type: "UserAssigned", userAssignedIdentities: { "/uami": {} } },
      properties: {
        upgradePolicy: { mode: "Manual" },
        virtualMachineProfile: {
          osProfile: { computerNamePrefix: "bot", adminPassword: "secret" },
          extensionProfile: {
            extensions: [
              {
                name: "KeyVaultForWindows",
                properties: {
                  publisher: "Microsoft.Azure.KeyVault",
                  type: "KeyVaultForWindows",
                  typeHandlerVersion: "3.0",
                  settings: EXTENSION.settings,
                },
              },
            ],
          },
          networkProfile: {
            networkInterfaceConfigurations: [
              {
                name: "nic",
                properties: {
                  primary: true,
                  ipConfigurations: [
                    {
                      name: "ip",
                      properties: {
                        loadBalancerBackendAddressPools: [POOL],
                        publicIPAddressConfiguration: {
                          name: "pip",
                          sku: { name: "Standard" },
                          properties: { dnsSettings: { domainNameLabel: "bot" } },
                        },
                      },
                    },
                  ],
                },
              },
            ],
          },
        },
      },
    });
  });

  it("is checked where the program wrote it", () => {
    const { row, inputs } = setUp("network:NetworkSecurityGroup");
    const { access: _, ...rule } = RULE;
    const reasons = checkInputs(row, {
      ...inputs,
      securityRules: [{ ...rule, destinationPortRanges: [1] }],
    }).map(({ reason }) => reason);
    expect(reasons).toEqual([
      "missing required property 'securityRules[0].access'",
      "'securityRules[0].destinationPortRanges[0]' should be of type 'string' but got a number",
    ]);
  });
});
