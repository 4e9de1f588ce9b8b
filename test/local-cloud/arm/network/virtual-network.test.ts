import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ArmUnderTest, GROUP, startArm, withGroup } from "../arm-under-test.js";
import {
  deleteDone,
  NETWORK,
  NSG,
  nsgBody,
  putDone,
  refusal,
  subnetItem,
  VNET,
  vnetBody,
} from "./network-bodies.js";

let arm: ArmUnderTest;
beforeEach(async () => {
  arm = await startArm();
  await withGroup(arm);
});
afterEach(() => arm.stop());

const SUBNET = `${VNET}/subnets/bots`;
const bots = subnetItem("bots", "10.0.0.0/24");
const others = subnetItem("others", "10.0.1.0/24");
const names = async () =>
  (await arm.get(VNET)).body.properties.subnets.map(({ name }: { name: string }) => name);

describe("a virtual network", () => {
  it("is made with its subnets, which are resources of their own too", async () => {
    await putDone(arm, NSG, nsgBody());
    const group = { networkSecurityGroup: { id: NSG } };
    const subnets = [subnetItem("bots", "10.0.0.0/24", group)];
    const { answer, body } = await putDone(arm, VNET, vnetBody({ subnets }));
    expect([answer.status, answer.body.properties.provisioningState]).toEqual([201, "Creating"]);
    const subnet = {
      id: SUBNET,
      name: "bots",
      type: "Microsoft.Network/virtualNetworks/subnets",
      etag: expect.stringMatching(/^W\/"/),
      properties: {
        provisioningState: "Succeeded",
        addressPrefix: "10.0.0.0/24",
        ...group,
        serviceEndpoints: [],
        delegations: [],
        privateEndpointNetworkPolicies: "Disabled",
        privateLinkServiceNetworkPolicies: "Enabled",
      },
    };
    expect(body).toEqual({
      id: VNET,
      name: "vnet",
      type: "Microsoft.Network/virtualNetworks",
      location: "westeurope",
      etag: expect.any(String),
      properties: {
        provisioningState: "Succeeded",
        resourceGuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
        addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
        privateEndpointVNetPolicies: "Disabled",
        enableDdosProtection: false,
        subnets: [subnet],
        virtualNetworkPeerings: [],
      },
    });
    expect((await arm.get(SUBNET)).body).toEqual(subnet);
    expect((await arm.get(`${VNET}/subnets`)).body.value).toEqual([subnet]);
    expect((await arm.get(NSG)).body.properties.subnets).toEqual([{ id: SUBNET }]);
  });

  it("takes back what it answered, and keeps its guid", async () => {
    const made = await putDone(arm, VNET, vnetBody({ subnets: [bots] }));
    const again = await putDone(arm, VNET, made.body);
    expect(again.answer.status).toBe(200);
    expect(again.body.properties).toMatchObject({
      resourceGuid: made.body.properties.resourceGuid,
      subnets: [{ name: "bots" }],
    });
    const tagged = await arm.patch(VNET, { tags: { a: "1" } });
    expect(tagged.body).toMatchObject({
      tags: { a: "1" },
      properties: { subnets: [{ name: "bots" }] },
    });
  });

  it("keeps subnets that a body says nothing of, and loses those that its list has not", async () => {
    await putDone(arm, VNET, vnetBody({ subnets: [bots] }));
    await putDone(arm, `${VNET}/subnets/others`, others);
    expect(await names()).toEqual(["bots", "others"]);
    await putDone(arm, VNET, vnetBody());
    expect(await names()).toEqual(["bots", "others"]);
    await putDone(arm, VNET, vnetBody({ subnets: [others] }));
    expect(await names()).toEqual(["others"]);
    expect((await arm.get(SUBNET)).status).toBe(404);
    await putDone(arm, VNET, vnetBody({ subnets: [] }));
    expect(await names()).toEqual([]);
  });

  it("goes with its subnets", async () => {
    await putDone(arm, VNET, vnetBody({ subnets: [bots] }));
    expect(await deleteDone(arm, VNET)).toBe(202);
    expect((await arm.get(VNET)).status).toBe(404);
    await putDone(arm, VNET, vnetBody());
    expect(await names()).toEqual([]);
  });

  it.each<
    [
      what: string,
      properties: Record<string, unknown>,
      status: number,
      code: string,
      message: string,
    ]
  >([
    [
      "without addresses",
      { addressSpace: {} },
      400,
      "MissingJsonProperty",
      `Value for the property 'addressSpace.addressPrefixes' of ${VNET} is missing.`,
    ],
    [
      "with a range that is none",
      { addressSpace: { addressPrefixes: ["10.0.0.0"] } },
      400,
      "InvalidAddressPrefixFormat",
      `Address prefix 10.0.0.0 of resource ${VNET} is not formatted correctly. It should follow CIDR notation, for example 10.0.0.0/24.`,
    ],
    [
      "with a range that begins in the middle",
      { addressSpace: { addressPrefixes: ["10.0.3.0/16"] } },
      400,
      "InvalidCIDRNotation",
      `The address prefix 10.0.3.0/16 in resource ${VNET} has an invalid CIDR notation. For the given prefix length, the address prefix should be 10.0.0.0/16.`,
    ],
    [
      "with a subnet outside",
      { subnets: [subnetItem("bots", "10.1.0.0/24")] },
      400,
      "NetcfgSubnetRangeOutsideVnet",
      "Subnet 'bots' is not valid because its IP address range is outside the IP address range of virtual network 'vnet'.",
    ],
    [
      "with subnets that overlap",
      { subnets: [subnetItem("one", "10.0.0.0/23"), subnetItem("two", "10.0.1.0/24")] },
      400,
      "NetcfgSubnetRangesOverlap",
      "Subnet 'two' is not valid because its IP address range overlaps with that of an existing subnet in virtual network 'vnet'.",
    ],
    [
      "with two subnets of one name",
      { subnets: [bots, subnetItem("Bots", "10.0.1.0/24")] },
      400,
      "DuplicateResourceName",
      `Resource ${VNET} has two child resources with the same name (Bots).`,
    ],
    [
      "with a subnet too small",
      { subnets: [subnetItem("bots", "10.0.0.0/30")] },
      400,
      "NetcfgInvalidSubnetSize",
      "Subnet 'bots' is not valid: its prefix 10.0.0.0/30 must be /29 or larger for IPv4 and /64 for IPv6.",
    ],
    [
      "with a subnet without addresses",
      { subnets: [{ name: "bots", properties: {} }] },
      400,
      "NoAddressPrefixOrPoolProvided",
      "Neither addressPrefix nor addressPrefixes or ipamPoolPrefixAllocations is provided for subnet bots.",
    ],
    [
      "with a security group that is not there",
      { subnets: [subnetItem("bots", "10.0.0.0/24", { networkSecurityGroup: { id: NSG } })] },
      400,
      "InvalidResourceReference",
      `Resource ${NSG} referenced by resource ${SUBNET} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
    ],
    [
      "with a security group that is something else",
      { subnets: [subnetItem("bots", "10.0.0.0/24", { networkSecurityGroup: { id: VNET } })] },
      400,
      "InvalidJsonReferenceWrongType",
      `Reference Id ${VNET} is referencing resource of a wrong type. The Id is expected to reference resources of type networkSecurityGroups. Path properties.subnets[0].properties.networkSecurityGroup.`,
    ],
    [
      "with peerings",
      { virtualNetworkPeerings: [{ name: "hub" }] },
      501,
      "NotImplemented",
      "The local cloud does not have the property 'properties.virtualNetworkPeerings' of virtual networks.",
    ],
  ])("is refused %s", async (_what, properties, ...expected) => {
    expect(refusal(await arm.put(VNET, vnetBody(properties)))).toEqual(expected);
    expect((await arm.get(`${NETWORK}/virtualNetworks`)).body.value).toEqual([]);
  });
});

describe("a subnet", () => {
  it("needs its network, and a place in it", async () => {
    expect(refusal(await arm.put(SUBNET, bots))[1]).toBe("ParentResourceNotFound");
    await putDone(arm, VNET, vnetBody({ subnets: [others] }));
    expect(refusal(await arm.put(SUBNET, subnetItem("bots", "10.0.1.128/25")))[1]).toBe(
      "NetcfgSubnetRangesOverlap",
    );
    const moved = await putDone(arm, `${VNET}/subnets/others`, subnetItem("others", "10.0.2.0/24"));
    expect(moved.body.properties.addressPrefix).toBe("10.0.2.0/24");
    expect((await putDone(arm, SUBNET, subnetItem("bots", "10.0.1.128/25"))).status).toBe(200);
    const shrunk = vnetBody({ addressSpace: { addressPrefixes: ["10.0.2.0/24"] } });
    expect(refusal(await arm.put(VNET, shrunk))[1]).toBe("NetcfgSubnetRangeOutsideVnet");
  });

  it("is worked on alone: another one waits with a 409 that clients try again", async () => {
    await putDone(arm, VNET, vnetBody());
    const first = await arm.put(SUBNET, bots);
    const second = await arm.put(`${VNET}/subnets/others`, others);
    expect(refusal(second).slice(0, 2)).toEqual([409, "AnotherOperationInProgress"]);
    await arm.get(first.headers.get("azure-asyncoperation") ?? "");
    expect((await arm.put(`${VNET}/subnets/others`, others)).status).toBe(201);
  });

  it("takes a security group of its own region only", async () => {
    await putDone(arm, NSG, { ...nsgBody(), location: "northeurope" });
    const body = vnetBody({
      subnets: [subnetItem("bots", "10.0.0.0/24", { networkSecurityGroup: { id: NSG } })],
    });
    expect(refusal(await arm.put(VNET, body))[1]).toBe("InvalidResourceReference");
  });

  it("keeps its security group from being deleted", async () => {
    await putDone(arm, NSG, nsgBody());
    const withGroupOf = (id: string) =>
      subnetItem("bots", "10.0.0.0/24", { networkSecurityGroup: { id } });
    await putDone(arm, VNET, vnetBody({ subnets: [withGroupOf(NSG)] }));
    expect(refusal(await arm.delete(NSG))).toEqual([
      400,
      "InUseNetworkSecurityGroupCannotBeDeleted",
      `Network security group ${NSG} cannot be deleted because it is in use by the following resources: ${SUBNET}. In order to delete the Network security group, remove the association with the resource(s). To learn how to do this, see aka.ms/deletensg.`,
    ]);
    await putDone(arm, SUBNET, bots);
    expect(await deleteDone(arm, NSG)).toBe(202);
    expect((await arm.get(NSG)).status).toBe(404);
  });

  it("goes with its group although it has one", async () => {
    await putDone(arm, NSG, nsgBody());
    const group = { networkSecurityGroup: { id: NSG } };
    await putDone(arm, VNET, vnetBody({ subnets: [subnetItem("bots", "10.0.0.0/24", group)] }));
    expect(await deleteDone(arm, GROUP)).toBe(202);
    expect((await arm.get(GROUP)).status).toBe(404);
  });
});
