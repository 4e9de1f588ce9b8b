import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ArmUnderTest, SUBSCRIPTION, startArm, withGroup } from "../arm-under-test.js";
import { deleteDone, LB, NSG, putDone, refusal, VNET } from "../network/network-bodies.js";
import {
  extensionItem,
  healthExtension,
  IDENTITY,
  imageReference,
  ipConfiguration,
  networkProfile,
  osProfile,
  PASSWORD,
  POOL,
  profile,
  SUBNET,
  scaleSetBody,
  VMSS,
  withCapacity,
  withSurroundings,
} from "./scale-set-bodies.js";

let arm: ArmUnderTest;
beforeEach(async () => {
  arm = await startArm();
  await withGroup(arm);
  await withSurroundings(arm);
});
afterEach(() => arm.stop());

describe("a scale set", () => {
  it("is made in time, and says everything but what is secret", async () => {
    const script = extensionItem("SetUp", "Microsoft.Compute", "CustomScriptExtension", "1.10", {
      autoUpgradeMinorVersion: true,
      settings: { timestamp: 1 },
      protectedSettings: { commandToExecute: "secret.cmd" },
    });
    const settings = {
      userData: Buffer.from("told").toString("base64"),
      extensionProfile: { extensions: [script, healthExtension] },
      scheduledEventsProfile: {
        terminateNotificationProfile: { enable: true, notBeforeTimeout: "PT15M" },
      },
      diagnosticsProfile: { bootDiagnostics: { enabled: true } },
    };
    const zones = { zones: ["1", "2", "3"] };
    const body = scaleSetBody(settings, { zoneBalance: true }, zones);
    const made = await putDone(arm, VMSS, body);
    expect([made.answer.status, made.answer.body.properties.provisioningState]).toEqual([
      201,
      "Creating",
    ]);
    expect(made.ended.status).toBe("Succeeded");
    const identity = (await arm.get(IDENTITY)).body.properties;
    expect(made.body).toEqual({
      id: VMSS,
      name: "bots",
      type: "Microsoft.Compute/virtualMachineScaleSets",
      location: "westeurope",
      etag: expect.any(String),
      sku: { name: "Standard_D4s_v5", tier: "Standard", capacity: 2 },
      ...zones,
      identity: {
        type: "UserAssigned",
        userAssignedIdentities: {
          [IDENTITY]: { principalId: identity.principalId, clientId: identity.clientId },
        },
      },
      properties: {
        orchestrationMode: "Uniform",
        singlePlacementGroup: true,
        overprovision: false,
        doNotRunExtensionsOnOverprovisionedVMs: false,
        platformFaultDomainCount: 1,
        zoneBalance: true,
        upgradePolicy: { mode: "Manual" },
        scaleInPolicy: { rules: ["Default"], forceDeletion: false, prioritizeUnhealthyVMs: false },
        provisioningState: "Succeeded",
        uniqueId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        timeCreated: "2026-11-23T10:00:00.000Z",
        virtualMachineProfile: {
          osProfile: {
            computerNamePrefix: "bot",
            adminUsername: "hostadmin",
            windowsConfiguration: {
              provisionVMAgent: true,
              enableAutomaticUpdates: true,
              patchSettings: { patchMode: "AutomaticByOS", assessmentMode: "ImageDefault" },
            },
            secrets: [],
            allowExtensionOperations: true,
            requireGuestProvisionSignal: true,
          },
          storageProfile: {
            imageReference,
            osDisk: {
              osType: "Windows",
              createOption: "FromImage",
              caching: "ReadWrite",
              managedDisk: { storageAccountType: "Premium_LRS" },
              diskSizeGB: 127,
              deleteOption: "Delete",
            },
          },
          networkProfile: {
            networkInterfaceConfigurations: [
              {
                name: "nic",
                properties: {
                  primary: true,
                  enableAcceleratedNetworking: true,
                  disableTcpStateTracking: false,
                  networkSecurityGroup: { id: NSG },
                  dnsSettings: { dnsServers: [] },
                  enableIPForwarding: false,
                  ipConfigurations: [
                    {
                      name: "ip",
                      properties: {
                        primary: true,
                        subnet: { id: SUBNET },
                        privateIPAddressVersion: "IPv4",
                        publicIPAddressConfiguration: {
                          name: "media",
                          sku: { name: "Standard", tier: "Regional" },
                          properties: {
                            idleTimeoutInMinutes: 10,
                            ipTags: [],
                            publicIPAddressVersion: "IPv4",
                          },
                        },
                        loadBalancerBackendAddressPools: [{ id: POOL }],
                      },
                    },
                  ],
                },
              },
            ],
          },
          securityProfile: profile().securityProfile,
          diagnosticsProfile: settings.diagnosticsProfile,
          extensionProfile: {
            extensions: [
              {
                name: "SetUp",
                properties: {
                  autoUpgradeMinorVersion: true,
                  publisher: "Microsoft.Compute",
                  type: "CustomScriptExtension",
                  typeHandlerVersion: "1.10",
                  settings: { timestamp: 1 },
                },
              },
              {
                name: "Health",
                properties: { autoUpgradeMinorVersion: false, ...healthExtension.properties },
              },
            ],
          },
          priority: "Regular",
          scheduledEventsProfile: settings.scheduledEventsProfile,
          timeCreated: "2026-11-23T10:00:00.000Z",
        },
      },
    });
    expect(JSON.stringify(made)).not.toMatch(new RegExp(`${PASSWORD}|secret.cmd|adminPassword`));
    const again = await putDone(arm, VMSS, made.body);
    expect(again.ended.error?.message).toContain("commandToExecute must be given once");
    expect((await putDone(arm, VMSS, body)).body.properties.provisioningState).toBe("Succeeded");
    const scaled = await arm.patch(VMSS, { sku: { capacity: 3 }, tags: { a: "1" } });
    expect(scaled.body).toMatchObject({
      tags: { a: "1" },
      sku: { name: "Standard_D4s_v5", capacity: 3 },
      properties: { virtualMachineProfile: { priority: "Regular" } },
    });
  });

  it("holds subnet, security group and balancer", async () => {
    await putDone(arm, VMSS, scaleSetBody());
    const configuration = `${VMSS}/virtualMachines/0/networkInterfaces/nic/ipConfigurations/ip`;
    expect((await arm.get(SUBNET)).body.properties.ipConfigurations[0]).toEqual({
      id: configuration,
    });
    for (const id of [SUBNET, VNET]) {
      expect(refusal(await arm.delete(id))).toEqual([
        400,
        "InUseSubnetCannotBeDeleted",
        `Subnet bots is in use by ${configuration} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.`,
      ]);
    }
    expect(refusal(await arm.delete(NSG))[1]).toBe("InUseNetworkSecurityGroupCannotBeDeleted");
    expect(refusal(await arm.delete(LB))).toEqual([
      400,
      "LoadBalancerInUseByVirtualMachineScaleSet",
      `Cannot delete load balancer ${LB} since its child resources bots are in use by virtual machine scale set ${VMSS}.`,
    ]);
    const { body } = await arm.get(LB);
    const { backendAddressPools: _, ...others } = body.properties;
    const rest = { ...others, loadBalancingRules: [], inboundNatRules: [] };
    expect(refusal(await arm.put(LB, { ...body, properties: rest }))[2]).toBe(
      `Cannot remove backend address pool bots from load balancer since it is in use by virtual machine scale set ${VMSS}.`,
    );
    expect(await deleteDone(arm, VMSS)).toBe(202);
    expect((await arm.get(VMSS)).status).toBe(404);
    expect(await deleteDone(arm, LB)).toBe(202);
    expect(await deleteDone(arm, VNET)).toBe(202);
  });

  it("has its machines at the balancer, each with ports of its own", async () => {
    await putDone(arm, VMSS, scaleSetBody());
    const { body } = await arm.get(POOL);
    const ports = body.properties.loadBalancerBackendAddresses.map(
      ({ properties }: { properties: { inboundNatRulesPortMapping: unknown } }) =>
        properties.inboundNatRulesPortMapping,
    );
    const mapping = { inboundNatRuleName: "media", protocol: "Tcp", backendPort: 8445 };
    expect(ports).toEqual([
      [{ ...mapping, frontendPort: 6000 }],
      [{ ...mapping, frontendPort: 6001 }],
    ]);
    expect((await arm.get(`${LB}/probes`)).body.value).toHaveLength(1);
    expect((await arm.get(`${LB}/probes/none`)).body.error.code).toBe("ResourceNotFound");
  });

  const NOT_THERE = (id: string) =>
    `Resource ${id} referenced by resource ${VMSS} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`;
  const nic = (properties: object) => ({ networkProfile: networkProfile({ ...properties }) });
  const ip = (properties: object) => ({
    networkProfile: networkProfile({}, ipConfiguration({ ...properties })),
  });
  const os = (settings: object) => ({ osProfile: osProfile({ ...settings }) });
  const windows = (windowsConfiguration: object) => os({ windowsConfiguration });
  const image = (over: Record<string, unknown>) => ({
    storageProfile: { imageReference: { ...imageReference, ...over } },
  });
  const vault = (name: string, properties: object = {}) =>
    extensionItem(name, "Microsoft.Azure.KeyVault", "KeyVaultForWindows", "3.0", { ...properties });
  const extensions = (...list: object[]) => ({ extensionProfile: { extensions: list } });
  const SIZES = expect.stringContaining("Standard_D2_v2,Standard_D3_v2");
  const PREFIX =
    "Windows computer name prefix cannot be more than 9 characters long, be entirely numeric, or contain the following characters: ` ~ ! @ # $ % ^ & * ( ) = + _ [ ] { } \\ | ; : . ' \" , < > / ?.";
  const COMPLEX = expect.stringContaining("must be between 8-123 characters long");
  const { securityProfile: _, ...plain } = profile();

  it.each<[what: string, body: object, status: number, code: string, message: unknown]>([
    [
      "a size that is none",
      scaleSetBody({}, {}, withCapacity(1, "Standard_D4s_v99")),
      400,
      "InvalidParameter",
      SIZES,
    ],
    [
      "a size that its region has not",
      { ...scaleSetBody({}, {}, withCapacity(1, "Standard_D4s_v6")), location: "westus" },
      400,
      "InvalidParameter",
      expect.stringMatching(
        /^The requested VM size Standard_D4s_v6 is not available in the current region/,
      ),
    ],
    [
      "no capacity",
      scaleSetBody({}, {}, { sku: { name: "Standard_D4s_v5" } }),
      400,
      "InvalidParameter",
      "Required parameter 'sku.capacity' is missing (null).",
    ],
    [
      "an image that is none",
      scaleSetBody(image({ sku: "2022-datacentre" })),
      404,
      "PlatformImageNotFound",
      "The platform image 'MicrosoftWindowsServer:WindowsServer:2022-datacentre:latest' is not available. Verify that all fields in the storage profile are correct. For more details about storage profile information, please refer to https://aka.ms/storageprofile",
    ],
    [
      "Trusted Launch on an image without it",
      scaleSetBody(image({ sku: "2022-datacenter" })),
      400,
      "BadRequest",
      expect.stringContaining(
        "Use of TrustedLaunch setting is not supported for the provided image",
      ),
    ],
    [
      "an image that its size cannot boot",
      scaleSetBody({}, {}, withCapacity(1, "Standard_D3_v2")),
      400,
      "InvalidParameter",
      expect.stringContaining(
        "The selected VM size 'Standard_D3_v2' cannot boot Hypervisor Generation '2'",
      ),
    ],
    [
      "premium disks on a size without",
      scaleSetBody(
        {
          ...plain,
          securityProfile: undefined,
          storageProfile: {
            imageReference: { ...imageReference, sku: "2022-datacenter" },
            osDisk: { managedDisk: { storageAccountType: "Premium_LRS" } },
          },
        },
        {},
        withCapacity(1, "Standard_D3_v2"),
      ),
      400,
      "InvalidParameter",
      expect.stringContaining("does not support the storage account type Premium_LRS"),
    ],
    [
      "a disk smaller than the image",
      scaleSetBody({ storageProfile: { imageReference, osDisk: { diskSizeGB: 64 } } }),
      400,
      "InvalidParameter",
      expect.stringContaining("The specified disk size 64 GB is smaller"),
    ],
    [
      "a name prefix of 10 characters",
      scaleSetBody(os({ computerNamePrefix: "contosobot" })),
      400,
      "InvalidParameter",
      PREFIX,
    ],
    [
      "a numeric name prefix",
      scaleSetBody(os({ computerNamePrefix: "123" })),
      400,
      "InvalidParameter",
      PREFIX,
    ],
    [
      "no password",
      scaleSetBody(os({ adminPassword: undefined })),
      400,
      "InvalidParameter",
      "Required parameter 'osProfile.adminPassword' is missing (null).",
    ],
    [
      "a simple password",
      scaleSetBody(os({ adminPassword: "onlyletters" })),
      400,
      "InvalidParameter",
      COMPLEX,
    ],
    [
      "a famous password",
      scaleSetBody(os({ adminPassword: "P@ssw0rd" })),
      400,
      "InvalidParameter",
      "The supplied password is not allowed.",
    ],
    [
      "the user name admin",
      scaleSetBody(os({ adminUsername: "Admin" })),
      400,
      "InvalidParameter",
      "The Admin Username specified is not allowed.",
    ],
    [
      "manual patches beside automatic updates",
      scaleSetBody(windows({ patchSettings: { patchMode: "Manual" } })),
      400,
      "InvalidParameter",
      "Setting patchMode 'Manual' is not allowed when windowsConfiguration.enableAutomaticUpdates is set to true.",
    ],
    [
      "a subnet that is not there",
      scaleSetBody(ip({ subnet: { id: `${SUBNET}2` } })),
      400,
      "InvalidResourceReference",
      NOT_THERE(`${SUBNET}2`),
    ],
    [
      "a pool that is not there",
      scaleSetBody(ip({ loadBalancerBackendAddressPools: [{ id: `${POOL}2` }] })),
      400,
      "InvalidResourceReference",
      NOT_THERE(`${POOL}2`),
    ],
    [
      "a security group that is not there",
      scaleSetBody(nic({ networkSecurityGroup: { id: `${NSG}2` } })),
      400,
      "InvalidResourceReference",
      NOT_THERE(`${NSG}2`),
    ],
    [
      "a subnet in another region",
      {
        ...scaleSetBody({ networkProfile: networkProfile({ networkSecurityGroup: undefined }) }),
        location: "northeurope",
      },
      400,
      "InvalidResourceReference",
      NOT_THERE(SUBNET),
    ],
    [
      "an identity that is not there",
      scaleSetBody(
        {},
        {},
        { identity: { type: "UserAssigned", userAssignedIdentities: { [`${IDENTITY}2`]: {} } } },
      ),
      400,
      "FailedIdentityOperation",
      expect.stringContaining("Identity operation for resource"),
    ],
    [
      "a public address of the sku Basic",
      scaleSetBody(ip({ publicIPAddressConfiguration: { name: "media" } })),
      400,
      "IPv4BasicSkuPublicIpCountLimitReached",
      expect.any(String),
    ],
    [
      "accelerated networking on a size without",
      scaleSetBody({}, {}, withCapacity(1, "Standard_B4ms")),
      400,
      "VMSizeIsNotPermittedToEnableAcceleratedNetworking",
      expect.any(String),
    ],
    [
      "more machines than the subnet has addresses",
      scaleSetBody({}, {}, withCapacity(252, "Standard_D2s_v5")),
      400,
      "SubnetIsFull",
      "Subnet bots with address prefix 10.0.0.0/24 does not have enough capacity for 252 IP addresses.",
    ],
    [
      "more machines than a range of ports has",
      scaleSetBody({}, {}, withCapacity(101, "Standard_D2s_v5")),
      400,
      "InboundNatRulePortRangeTooSmall",
      `Inbound NAT rule ${LB}/inboundNatRules/media has ports 6000 to 6099, which are too few for the 101 machines of backend address pool ${POOL}.`,
    ],
    [
      "a probe that no rule asks",
      scaleSetBody({
        networkProfile: {
          ...networkProfile({}, ipConfiguration({ loadBalancerBackendAddressPools: [] })),
          healthProbe: { id: `${LB}/probes/health` },
        },
      }),
      400,
      "CannotUseInactiveHealthProbe",
      expect.any(String),
    ],
    [
      "no upgrade mode",
      scaleSetBody({}, { upgradePolicy: {} }),
      400,
      "InvalidParameter",
      "Required parameter 'upgradePolicy.mode' is missing (null).",
    ],
    [
      "rolling upgrades without health",
      scaleSetBody({}, { upgradePolicy: { mode: "Rolling" } }),
      400,
      "BadRequest",
      "Rolling Upgrade mode is not supported for this Virtual Machine Scale Set because a health probe or health extension was not provided.",
    ],
    [
      "repairs without health",
      scaleSetBody({}, { automaticRepairsPolicy: { enabled: true } }),
      400,
      "BadRequest",
      "Automatic repairs not supported for this Virtual Machine Scale Set because a health probe or health extension was not specified.",
    ],
    [
      "a notice of 20 minutes",
      scaleSetBody({
        scheduledEventsProfile: {
          terminateNotificationProfile: { enable: true, notBeforeTimeout: "PT20M" },
        },
      }),
      400,
      "InvalidParameter",
      expect.stringContaining("It must be between PT5M and PT15M."),
    ],
    [
      "a notice for Spot",
      scaleSetBody({
        priority: "Spot",
        scheduledEventsProfile: { terminateNotificationProfile: { enable: true } },
      }),
      400,
      "BadRequest",
      "Terminate notification is not supported for virtual machine scale sets of priority Spot.",
    ],
    [
      "an eviction policy without Spot",
      scaleSetBody({ evictionPolicy: "Delete" }),
      400,
      "InvalidParameter",
      "Eviction policy can be set only on Azure Spot Virtual Machines.",
    ],
    [
      "an extension after one that is not there",
      scaleSetBody(extensions(vault("Vault", { provisionAfterExtensions: ["SetUp"] }))),
      400,
      "InvalidParameter",
      "Extension 'Vault' is provisioned after 'SetUp', which is no extension of this scale set.",
    ],
    [
      "extensions that wait for each other",
      scaleSetBody(
        extensions(vault("Vault", { provisionAfterExtensions: ["Health"] }), {
          ...healthExtension,
          properties: { ...healthExtension.properties, provisionAfterExtensions: ["Vault"] },
        }),
      ),
      400,
      "InvalidParameter",
      "The extensions Vault, Health wait for each other.",
    ],
    [
      "one extension twice",
      scaleSetBody(extensions(vault("One"), vault("Two"))),
      400,
      "BadRequest",
      "Multiple VMExtensions per handler not supported for OS type 'Windows'. VMExtension 'Two' with handler 'Microsoft.Azure.KeyVault.KeyVaultForWindows' already added or specified in input.",
    ],
    [
      "a version that an extension has not",
      scaleSetBody(
        extensions(extensionItem("Vault", "Microsoft.Azure.KeyVault", "KeyVaultForWindows", "9.0")),
      ),
      404,
      "ArtifactVersionNotFound",
      "Extension with publisher 'Microsoft.Azure.KeyVault', type 'KeyVaultForWindows', and type handler version '9.0' could not be found in the extension repository for location 'westeurope'.",
    ],
    [
      "user data that is no base64",
      scaleSetBody({ userData: "plain text" }),
      400,
      "InvalidParameter",
      "User data must be in Base64 encoding and with a maximum length of 87380 characters.",
    ],
    [
      "encryption at host, which is not switched on",
      scaleSetBody({ securityProfile: { encryptionAtHost: true } }),
      400,
      "InvalidParameter",
      expect.stringContaining("'Microsoft.Compute/EncryptionAtHost' feature is not enabled"),
    ],
    [
      "zone balance without zones",
      scaleSetBody({}, { zoneBalance: true }),
      400,
      "BadRequest",
      expect.any(String),
    ],
    [
      "Flexible orchestration",
      scaleSetBody({}, { orchestrationMode: "Flexible" }),
      501,
      "NotImplemented",
      "The local cloud does not have scale sets in Flexible orchestration.",
    ],
    [
      "a property of which nothing is known here",
      scaleSetBody({}, { hostGroup: { id: "/h" } }),
      501,
      "NotImplemented",
      "The local cloud does not have the property 'properties.hostGroup' of scale sets.",
    ],
  ])("is refused with %s", async (_what, body, ...expected) => {
    expect(refusal(await arm.put(VMSS, body))).toEqual(expected);
    expect((await arm.get(VMSS)).status).toBe(404);
  });

  it.each<[target: string, change: object]>([
    ["zones", scaleSetBody({}, {}, { zones: ["1", "2"] })],
    ["platformFaultDomainCount", scaleSetBody({}, { platformFaultDomainCount: 5 })],
    ["computerNamePrefix", scaleSetBody(os({ computerNamePrefix: "other" }))],
    ["adminUsername", scaleSetBody(os({ adminUsername: "other" }))],
    [
      "osDisk.managedDisk.storageAccountType",
      scaleSetBody({
        storageProfile: {
          imageReference,
          osDisk: { managedDisk: { storageAccountType: "StandardSSD_LRS" } },
        },
      }),
    ],
    ["priority", scaleSetBody({ priority: "Spot" })],
    ["securityProfile.securityType", scaleSetBody({ securityProfile: undefined })],
  ])("cannot change %s", async (target, change) => {
    const zones = { zones: ["1", "2", "3"] };
    await putDone(arm, VMSS, scaleSetBody({}, {}, zones));
    const answer = await arm.put(VMSS, { ...zones, ...change });
    expect(answer.status).toBe(409);
    expect(answer.body.error).toEqual({
      code: "PropertyChangeNotAllowed",
      message: `Changing property '${target}' is not allowed.`,
      target,
    });
    expect((await putDone(arm, VMSS, scaleSetBody({}, {}, zones))).ended.status).toBe("Succeeded");
  });

  it("may change its size, its count, its image's sku and what its machines are told", async () => {
    await putDone(arm, VMSS, scaleSetBody());
    const body = scaleSetBody(
      {
        ...image({ sku: "2025-datacenter-azure-edition" }),
        ...extensions(healthExtension),
        userData: "AAAA",
      },
      {},
      withCapacity(1, "Standard_D8s_v5"),
    );
    expect((await putDone(arm, VMSS, body)).body).toMatchObject({
      sku: { name: "Standard_D8s_v5", capacity: 1 },
      properties: {
        virtualMachineProfile: {
          storageProfile: { imageReference: { sku: "2025-datacenter-azure-edition" } },
        },
      },
    });
  });
});

describe("what Microsoft.Compute says of sizes", () => {
  it("lists them by region, with what they can do", async () => {
    const path = `${SUBSCRIPTION}/providers/Microsoft.Compute/skus?$filter=${encodeURIComponent("location eq 'West Europe'")}`;
    const { body } = await arm.get(path, { apiVersion: "2021-07-01" });
    expect(body.value).toContainEqual({
      resourceType: "virtualMachines",
      name: "Standard_D3_v2",
      tier: "Standard",
      size: "D3_v2",
      family: "standardDv2Family",
      locations: ["westeurope"],
      locationInfo: [{ location: "westeurope", zones: ["1", "2", "3"], zoneDetails: [] }],
      capabilities: [
        { name: "vCPUs", value: "4" },
        { name: "MemoryGB", value: "14" },
        { name: "HyperVGenerations", value: "V1" },
        { name: "CpuArchitectureType", value: "x64" },
        { name: "PremiumIO", value: "False" },
        { name: "AcceleratedNetworkingEnabled", value: "True" },
      ],
      restrictions: [],
    });
  });
});
