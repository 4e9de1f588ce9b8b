// What a person's own script would do with Microsoft's clients, told by the environment only. Prints what it saw as JSON.
import { ComputeManagementClient } from "@azure/arm-compute";
import { NetworkManagementClient } from "@azure/arm-network";
import { ClientSecretCredential } from "@azure/identity";

const variable = (name) => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
};
const subscriptionId = variable("AZURE_SUBSCRIPTION_ID");
const endpoint = variable("LOCAL_ARM_URL");
const credential = new ClientSecretCredential(
  variable("AZURE_TENANT_ID"),
  variable("AZURE_CLIENT_ID"),
  variable("AZURE_CLIENT_SECRET"),
  { authorityHost: variable("AZURE_AUTHORITY_HOST"), disableInstanceDiscovery: true },
);
const network = new NetworkManagementClient(credential, subscriptionId, { endpoint });
const compute = new ComputeManagementClient(credential, subscriptionId, { endpoint });

const collect = async (pages) => {
  const all = [];
  for await (const item of pages) all.push(item);
  return all;
};
const refusalOf = (work) =>
  work.then(
    () => "no refusal",
    ({ statusCode, code, message }) => ({ statusCode, code, message }),
  );

const [group, location] = ["rg-stock", "westeurope"];
const place = `/subscriptions/${subscriptionId}/resourceGroups/${group}`;
const { token } = await credential.getToken("https://management.azure.com/.default");
await fetch(`${endpoint}${place}?api-version=2024-03-01`, {
  method: "PUT",
  headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
  body: JSON.stringify({ location }),
});
const seen = {};

seen.labelBefore = (await network.checkDnsNameAvailability(location, "contoso")).available;
const securityGroup = await network.networkSecurityGroups.beginCreateOrUpdateAndWait(group, "nsg", {
  location,
  securityRules: [
    {
      name: "media",
      priority: 100,
      direction: "Inbound",
      access: "Allow",
      protocol: "Tcp",
      sourceAddressPrefix: "AzureCloud",
      sourcePortRange: "*",
      destinationAddressPrefix: "*",
      destinationPortRange: "8445",
    },
  ],
});
seen.securityGroup = securityGroup;
seen.network = await network.virtualNetworks.beginCreateOrUpdateAndWait(group, "vnet", {
  location,
  addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
});
const subnet = await network.subnets.beginCreateOrUpdateAndWait(group, "vnet", "bots", {
  addressPrefix: "10.0.0.0/24",
  networkSecurityGroup: { id: securityGroup.id },
});
const address = await network.publicIPAddresses.beginCreateOrUpdateAndWait(group, "pip", {
  location,
  sku: { name: "Standard" },
  publicIPAllocationMethod: "Static",
  dnsSettings: { domainNameLabel: "contoso" },
  zones: ["1", "2", "3"],
});
seen.address = address;
seen.labelAfter = (await network.checkDnsNameAvailability(location, "contoso")).available;
const balancerId = `${place}/providers/Microsoft.Network/loadBalancers/lb`;
const pool = { id: `${balancerId}/backendAddressPools/bots` };
seen.balancer = await network.loadBalancers.beginCreateOrUpdateAndWait(group, "lb", {
  location,
  sku: { name: "Standard" },
  frontendIPConfigurations: [{ name: "public", publicIPAddress: { id: address.id } }],
  backendAddressPools: [{ name: "bots" }],
  inboundNatRules: [
    {
      name: "media",
      frontendIPConfiguration: { id: `${balancerId}/frontendIPConfigurations/public` },
      backendAddressPool: pool,
      protocol: "Tcp",
      frontendPortRangeStart: 6000,
      frontendPortRangeEnd: 6019,
      backendPort: 8445,
    },
  ],
});
const scaleSet = {
  location,
  sku: { name: "Standard_D4s_v5", tier: "Standard", capacity: 2 },
  upgradePolicy: { mode: "Manual" },
  overprovision: false,
  virtualMachineProfile: {
    osProfile: {
      computerNamePrefix: "bot",
      adminUsername: "hostadmin",
      adminPassword: "Correct-horse-1",
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
          primary: true,
          networkSecurityGroup: { id: securityGroup.id },
          ipConfigurations: [
            {
              name: "ip",
              subnet: { id: subnet.id },
              loadBalancerBackendAddressPools: [pool],
              publicIPAddressConfiguration: { name: "media", sku: { name: "Standard" } },
            },
          ],
        },
      ],
    },
  },
};
const { virtualMachineScaleSets: sets, virtualMachineScaleSetVMs: machines } = compute;
const instances = async () =>
  (await collect(machines.list(group, "bots"))).map(({ instanceId }) => instanceId);
seen.scaleSet = await sets.beginCreateOrUpdateAndWait(group, "bots", scaleSet);
seen.instances = await instances();
seen.ports = (
  await network.loadBalancerBackendAddressPools.get(group, "lb", "bots")
).loadBalancerBackendAddresses;
const second = await machines.get(group, "bots", "1");
seen.protected = await machines.beginUpdateAndWait(group, "bots", "1", {
  ...second,
  protectionPolicy: { protectFromScaleIn: true },
});
seen.scaled = await sets.beginUpdateAndWait(group, "bots", {
  sku: { name: "Standard_D4s_v5", capacity: 1 },
});
seen.instancesLeft = await instances();
await sets.beginUpdateInstancesAndWait(group, "bots", { instanceIds: ["*"] });
seen.usage = (await collect(compute.usageOperations.list(location))).find(
  ({ name }) => name.value === "standardDSv5Family",
);
seen.networkUsages = (await collect(network.usages.list(location))).length;
const filter = "location eq 'westeurope'";
seen.sizes = (await collect(compute.resourceSkus.list({ filter }))).map(({ name }) => name);
seen.busy = await refusalOf(network.subnets.beginDeleteAndWait(group, "vnet", "bots"));
seen.noSuchSize = await refusalOf(
  sets.beginCreateOrUpdateAndWait(group, "other", {
    ...scaleSet,
    sku: { name: "Standard_D4s_v99", capacity: 1 },
  }),
);
seen.failing = await refusalOf(
  sets.beginUpdateAndWait(group, "bots", {
    virtualMachineProfile: {
      extensionProfile: {
        extensions: [
          {
            name: "SetUp",
            publisher: "Microsoft.Compute",
            typePropertiesType: "CustomScriptExtension",
            typeHandlerVersion: "1.10",
            settings: {},
          },
        ],
      },
    },
  }),
);
seen.failed = (await sets.get(group, "bots")).provisioningState;
seen.listed = [
  (await collect(network.virtualNetworks.listAll())).length,
  (await collect(network.loadBalancers.list(group))).length,
  (await collect(sets.listAll())).length,
];
await sets.beginDeleteAndWait(group, "bots");
await network.loadBalancers.beginDeleteAndWait(group, "lb");
await network.publicIPAddresses.beginDeleteAndWait(group, "pip");
await network.virtualNetworks.beginDeleteAndWait(group, "vnet");
await network.networkSecurityGroups.beginDeleteAndWait(group, "nsg");
seen.gone = await refusalOf(sets.get(group, "bots"));
console.log(JSON.stringify(seen));
