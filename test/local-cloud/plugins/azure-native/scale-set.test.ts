// A scale set and its network on the real engine and a local cloud: made, changed in place, replaced, half made, gone.
import * as compute from "@pulumi/azure-native/compute/index.js";
import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import * as network from "@pulumi/azure-native/network/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, expect, it } from "vitest";
import { SUBSCRIPTION_ID } from "../../../../local-cloud/well-known.js";
import type { TestCloud } from "../../../support/test-cloud.js";
import {
  failureOf,
  newTestStack,
  run,
  startDeployableCloud,
  type TestStack,
} from "../../../support/test-stack.js";

interface Choices {
  readonly capacity?: number;
  readonly size?: string;
  readonly prefix?: string;
  readonly command?: string;
  readonly priority?: number;
  readonly label?: string;
  readonly version?: "IPv4" | "IPv6";
  readonly subnets?: boolean;
  readonly location?: string;
  readonly pool?: boolean;
}

const GROUP = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/rg-machines`;
const LB = `${GROUP}/providers/Microsoft.Network/loadBalancers/bots`;
const POOL = `${LB}/backendAddressPools/bots`;

let choices: Choices = {};
let cloud: TestCloud;
let test: TestStack;

beforeAll(async () => {
  cloud = await startDeployableCloud();
  test = await newTestStack({ cloud, program: async () => machines(choices) });
});
afterAll(async () => {
  test.remove();
  await cloud.remove();
});

function machines(chosen: Choices) {
  const group = new resources.ResourceGroup("group", { resourceGroupName: "rg-machines" });
  const resourceGroupName = group.name;
  const identity = new managedidentity.UserAssignedIdentity("identity", { resourceGroupName });
  const securityGroup = new network.NetworkSecurityGroup("nsg", {
    resourceGroupName,
    securityRules: [
      {
        name: "media",
        access: "Allow",
        direction: "Inbound",
        priority: chosen.priority ?? 100,
        protocol: "Tcp",
        sourceAddressPrefix: "AzureCloud",
        sourcePortRange: "*",
        destinationAddressPrefix: "*",
        destinationPortRange: "8445",
      },
    ],
  });
  const vnet = new network.VirtualNetwork("vnet", {
    resourceGroupName,
    addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
    ...(chosen.location === undefined ? {} : { location: chosen.location }),
    ...(chosen.subnets === false ? { flowTimeoutInMinutes: 10 } : {}),
  });
  // Two at once: the service does one after the other, and the provider asks again.
  const [subnet] = ["bots", "others"].map(
    (subnetName, index) =>
      new network.Subnet(`subnet-${subnetName}`, {
        resourceGroupName,
        virtualNetworkName: vnet.name,
        subnetName,
        addressPrefix: `10.0.${index}.0/24`,
      }),
  );
  const address = new network.PublicIPAddress("address", {
    resourceGroupName,
    sku: { name: "Standard" },
    publicIPAllocationMethod: "Static",
    publicIPAddressVersion: chosen.version ?? "IPv4",
    dnsSettings: { domainNameLabel: chosen.label ?? "contoso" },
  });
  const balancer = new network.LoadBalancer("balancer", {
    resourceGroupName,
    loadBalancerName: "bots",
    sku: { name: "Standard" },
    frontendIPConfigurations: [{ name: "public", publicIPAddress: { id: address.id } }],
    backendAddressPools: [{ name: "bots" }],
    inboundNatRules: [
      {
        name: "media",
        frontendIPConfiguration: { id: `${LB}/frontendIPConfigurations/public` },
        backendAddressPool: { id: POOL },
        protocol: "Tcp",
        frontendPortRangeStart: 6000,
        frontendPortRangeEnd: 6019,
        backendPort: 8445,
      },
    ],
  });
  const set = new compute.VirtualMachineScaleSet(
    "set",
    {
      resourceGroupName,
      vmScaleSetName: "bots",
      sku: {
        name: chosen.size ?? "Standard_D4s_v5",
        tier: "Standard",
        capacity: chosen.capacity ?? 1,
      },
      identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
      upgradePolicy: { mode: compute.UpgradeMode.Manual },
      overprovision: false,
      virtualMachineProfile: {
        osProfile: {
          computerNamePrefix: chosen.prefix ?? "bot",
          adminUsername: "hostadmin",
          adminPassword: pulumi.secret("Correct-horse-1"),
        },
        storageProfile: {
          imageReference: {
            publisher: "MicrosoftWindowsServer",
            offer: "WindowsServer",
            sku: "2022-datacenter-azure-edition",
            version: "latest",
          },
          osDisk: { createOption: "FromImage" },
        },
        networkProfile: {
          networkInterfaceConfigurations: [
            {
              name: "nic",
              networkSecurityGroup: { id: securityGroup.id },
              ipConfigurations: [
                {
                  name: "ip",
                  ...(subnet === undefined ? {} : { subnet: { id: subnet.id } }),
                  loadBalancerBackendAddressPools: [
                    { id: pulumi.interpolate`${balancer.id}/backendAddressPools/bots` },
                  ],
                  publicIPAddressConfiguration: { name: "media", sku: { name: "Standard" } },
                },
              ],
            },
          ],
        },
        extensionProfile: {
          extensions: [
            {
              name: "SetUp",
              publisher: "Microsoft.Compute",
              type: "CustomScriptExtension",
              typeHandlerVersion: "1.10",
              protectedSettings:
                chosen.command === "" ? {} : { commandToExecute: chosen.command ?? "a.cmd" },
            },
          ],
        },
      },
    },
    { customTimeouts: { create: "1m" } },
  );
  const found = network.getPublicIPAddressOutput({
    resourceGroupName,
    publicIpAddressName: address.name,
  });
  return {
    foundAt: found.ipAddress,
    fqdn: address.dnsSettings.apply((settings) => settings?.fqdn),
    capacity: set.sku.apply((sku) => sku?.capacity),
    state: set.provisioningState,
  };
}

const up = async (change: Choices) => {
  choices = change;
  return await run(test.stack, "up");
};

it("is there as Failed when its machines cannot be set up, and the next up finishes it", async () => {
  choices = { command: "" };
  const text = await failureOf(test.stack, "up");
  expect(text).toContain("VMExtensionProvisioningError");
  const { steps, outputs } = await up({});
  expect(steps).toEqual(["update VirtualMachineScaleSet set"]);
  expect(outputs).toEqual({
    foundAt: "203.0.113.0",
    fqdn: "contoso.westeurope.cloudapp.azure.com",
    capacity: 1,
    state: "Succeeded",
  });
  expect((await up({})).steps).toEqual([]);
  expect((await run(test.stack, "refresh")).steps).toEqual([]);
  expect(test.stateText()).not.toContain("Correct-horse-1");
});

it("changes in place what may change", async () => {
  const change = {
    capacity: 2,
    size: "Standard_D8s_v5",
    priority: 110,
    subnets: false,
    label: "fabrikam",
  };
  const { steps, outputs } = await up(change);
  expect(steps.sort()).toEqual([
    "update NetworkSecurityGroup nsg",
    "update PublicIPAddress address",
    "update VirtualMachineScaleSet set",
    "update VirtualNetwork vnet",
  ]);
  expect(outputs).toMatchObject({ capacity: 2, fqdn: "fabrikam.westeurope.cloudapp.azure.com" });
  // The network's own update says nothing of its subnets, and they are still there.
  expect((await run(test.stack, "refresh")).steps).toEqual([]);
  expect((await up(change)).steps).toEqual([]);
});

it.each<[what: string, change: Choices, step: string]>([
  ["an address's version replaces it", { version: "IPv6" }, "replace PublicIPAddress address"],
  ["a network's place replaces it", { location: "northeurope" }, "replace VirtualNetwork vnet"],
  [
    "a name prefix is planned as an update",
    { prefix: "other" },
    "update VirtualMachineScaleSet set",
  ],
])("plans: %s", async (_what, change, step) => {
  const before = choices;
  choices = { ...before, ...change };
  const { steps } = await run(test.stack, "preview");
  choices = before;
  expect(steps).toContain(step);
});

it("is refused by the service what the provider plans as an update, and what is too much", async () => {
  const before = choices;
  const refused = async (change: Choices) => {
    choices = { ...before, ...change };
    const text = await failureOf(test.stack, "up");
    choices = before;
    return text;
  };
  expect(await refused({ prefix: "other" })).toContain(
    `Status=409 Code="PropertyChangeNotAllowed" Message="Changing property 'computerNamePrefix' is not allowed."`,
  );
  expect(await refused({ capacity: 21 })).toContain('Code="InboundNatRulePortRangeTooSmall"');
  cloud.quotas.setLimit("westeurope", "standardDSv5Family", 20);
  expect(await refused({ capacity: 3 })).toContain(
    "exceeding approved standardDSv5Family Cores quota. Additional details - Deployment Model: Resource Manager, Location: westeurope, Current Limit: 20, Current Usage: 16, Additional Required: 8, (Minimum) New Limit Required: 24.",
  );
  expect((await up(before)).steps).toEqual([]);
});

it("is gone after destroy, and destroy again finds nothing", async () => {
  expect((await run(test.stack, "destroy")).steps).toHaveLength(9);
  expect((await run(test.stack, "destroy")).steps).toEqual([]);
});
