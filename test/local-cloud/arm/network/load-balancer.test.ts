import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ArmUnderTest, startArm, withGroup } from "../arm-under-test.js";
import {
  addressBody,
  balancedRule,
  balancerBody,
  deleteDone,
  LB,
  NETWORK,
  natRule,
  PIP,
  putDone,
  refusal,
} from "./network-bodies.js";

let arm: ArmUnderTest;
beforeEach(async () => {
  arm = await startArm();
  await withGroup(arm);
  await putDone(arm, PIP, addressBody());
});
afterEach(() => arm.stop());

const part = (kind: string, name: string, properties: Record<string, unknown>) => ({
  name,
  id: `${LB}/${kind}/${name}`,
  etag: expect.any(String),
  type: `Microsoft.Network/loadBalancers/${kind}`,
  properties: { provisioningState: "Succeeded", ...properties },
});
const ref = (path: string) => ({ id: `${LB}/${path}` });

describe("a load balancer", () => {
  it("knows its parts, and each part those that use it", async () => {
    const { answer, body } = await putDone(arm, LB, balancerBody());
    expect(answer.status).toBe(201);
    const users = {
      loadBalancingRules: [ref("loadBalancingRules/signalling")],
      inboundNatRules: [ref("inboundNatRules/media")],
    };
    const common = {
      frontendIPConfiguration: ref("frontendIPConfigurations/public"),
      enableFloatingIP: false,
      enableTcpReset: false,
      idleTimeoutInMinutes: 4,
      protocol: "Tcp",
      backendAddressPool: ref("backendAddressPools/bots"),
    };
    expect(body).toEqual({
      id: LB,
      name: "lb",
      type: "Microsoft.Network/loadBalancers",
      location: "westeurope",
      etag: expect.any(String),
      sku: { name: "Standard", tier: "Regional" },
      properties: {
        provisioningState: "Succeeded",
        resourceGuid: expect.any(String),
        frontendIPConfigurations: [
          part("frontendIPConfigurations", "public", {
            privateIPAllocationMethod: "Dynamic",
            publicIPAddress: { id: PIP },
            ...users,
          }),
        ],
        backendAddressPools: [part("backendAddressPools", "bots", users)],
        probes: [
          part("probes", "health", {
            protocol: "Tcp",
            port: 9442,
            intervalInSeconds: 15,
            numberOfProbes: 2,
            probeThreshold: 1,
            noHealthyBackendsBehavior: "AllProbedDown",
            loadBalancingRules: users.loadBalancingRules,
          }),
        ],
        loadBalancingRules: [
          part("loadBalancingRules", "signalling", {
            ...common,
            backendPort: 9442,
            frontendPort: 443,
            loadDistribution: "Default",
            probe: ref("probes/health"),
            disableOutboundSnat: true,
            backendAddressPools: [ref("backendAddressPools/bots")],
          }),
        ],
        inboundNatRules: [
          part("inboundNatRules", "media", {
            ...common,
            backendPort: 8445,
            frontendPort: 0,
            frontendPortRangeStart: 6000,
            frontendPortRangeEnd: 6099,
          }),
        ],
        inboundNatPools: [],
        outboundRules: [],
      },
    });
    expect((await putDone(arm, LB, body)).answer.status).toBe(200);
  });

  it("holds its address, which has room for one", async () => {
    await putDone(arm, LB, balancerBody());
    const frontend = `${LB}/frontendIPConfigurations/public`;
    expect((await arm.get(PIP)).body.properties.ipConfiguration).toEqual({ id: frontend });
    expect(refusal(await arm.delete(PIP))).toEqual([
      400,
      "PublicIPAddressCannotBeDeleted",
      `Public IP address ${PIP} can not be deleted since it is still allocated to resource ${frontend}. In order to delete the public IP, disassociate/detach the Public IP address from the resource. To learn how to do this, see aka.ms/deletepublicip.`,
    ]);
    const second = `${NETWORK}/loadBalancers/second`;
    const { properties, ...rest } = balancerBody({ loadBalancingRules: [], inboundNatRules: [] });
    expect(refusal(await arm.put(second, { ...rest, properties }))).toEqual([
      400,
      "PublicIPAddressInUse",
      `Resource ${second}/frontendIPConfigurations/public is referencing public IP address ${PIP} that is already allocated to resource ${frontend}.`,
    ]);
    await deleteDone(arm, LB);
    expect((await arm.get(PIP)).body.properties.ipConfiguration).toBeUndefined();
    expect(await deleteDone(arm, PIP)).toBe(202);
  });

  const missing = (what: string, rule: string) =>
    `Resource ${LB}/${what} referenced by resource ${LB}/${rule} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`;
  const frontendPort = { frontendPort: 6050, backendPort: 9999 };
  const natPool = { frontendPortRangeStart: 7000, frontendPortRangeEnd: 7100, backendPort: 9441 };
  const { backendAddressPool: _, ...poolless } = natRule().properties;

  it.each<[what: string, properties: Record<string, unknown>, code: string, message: string]>([
    [
      "a rule for a frontend that it has not",
      {
        loadBalancingRules: [
          balancedRule({ frontendIPConfiguration: ref("frontendIPConfigurations/other") }),
        ],
      },
      "InvalidResourceReference",
      missing("frontendIPConfigurations/other", "loadBalancingRules/signalling"),
    ],
    [
      "a rule for a pool that it has not",
      { inboundNatRules: [natRule({ backendAddressPool: ref("backendAddressPools/other") })] },
      "InvalidResourceReference",
      missing("backendAddressPools/other", "inboundNatRules/media"),
    ],
    [
      "a rule with a probe that it has not",
      { loadBalancingRules: [balancedRule({ probe: ref("probes/other") })] },
      "InvalidResourceReference",
      missing("probes/other", "loadBalancingRules/signalling"),
    ],
    [
      "an address that is not there",
      {
        frontendIPConfigurations: [
          { name: "public", properties: { publicIPAddress: { id: `${PIP}2` } } },
        ],
      },
      "InvalidResourceReference",
      `Resource ${PIP}2 referenced by resource ${LB}/frontendIPConfigurations/public was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
    ],
    [
      "a frontend without address",
      { frontendIPConfigurations: [{ name: "public" }] },
      "FrontendIPConfigurationWithoutAddress",
      `Frontend IP configuration ${LB}/frontendIPConfigurations/public must reference a subnet, a public IP address or a public IP prefix.`,
    ],
    [
      "zones on a public frontend",
      {
        frontendIPConfigurations: [
          { name: "public", zones: ["1"], properties: { publicIPAddress: { id: PIP } } },
        ],
      },
      "LoadBalancerFrontendIPConfigCannotHaveZoneWhenReferencingPublicIPAddress",
      `Load balancer frontendIPConfiguration ${LB}/frontendIPConfigurations/public cannot have zones. Networking supports zones only for frontendIpConfigurations which reference a subnet.`,
    ],
    [
      "two rules on one port",
      { loadBalancingRules: [balancedRule(), balancedRule({ backendPort: 1 }, "twin")] },
      "RulesUseSameFrontendPortProtocolAndIPConfig",
      `Load balancer rules ${LB}/loadBalancingRules/signalling (443) and ${LB}/loadBalancingRules/twin (443) use the same frontend port and protocol Tcp, and must not be used with the same frontend IP configuration ${LB}/frontendIPConfigurations/public.`,
    ],
    [
      "a rule on a port of a NAT range",
      { loadBalancingRules: [balancedRule(frontendPort)] },
      "RulesUseSameFrontendPortProtocolAndIPConfig",
      `Load balancer rules ${LB}/loadBalancingRules/signalling (6050) and ${LB}/inboundNatRules/media (6000-6099) use the same frontend port and protocol Tcp, and must not be used with the same frontend IP configuration ${LB}/frontendIPConfigurations/public.`,
    ],
    [
      "NAT ranges that overlap",
      {
        inboundNatRules: [
          natRule(),
          natRule(
            { backendPort: 9441, frontendPortRangeStart: 6099, frontendPortRangeEnd: 6200 },
            "signals",
          ),
        ],
      },
      "RulesUseSameFrontendPortProtocolAndIPConfig",
      `Load balancer rules ${LB}/inboundNatRules/media (6000-6099) and ${LB}/inboundNatRules/signals (6099-6200) use the same frontend port and protocol Tcp, and must not be used with the same frontend IP configuration ${LB}/frontendIPConfigurations/public.`,
    ],
    [
      "two ways to one port of a machine",
      { inboundNatRules: [natRule({ backendPort: 9442 })] },
      "RulesUseSameBackendPortProtocolAndPool",
      "Load balancing rules signalling and media with floating IP disabled use the same protocol Tcp and backend port 9442, and must not be used with the same backend address pool bots.",
    ],
    [
      "NAT rules beside NAT pools",
      { inboundNatPools: [{ name: "old", properties: { ...poolless, ...natPool } }] },
      "InboundNatPoolsAndRulesCannotCoexist",
      `Load balancer cannot have inbound NAT pools (${LB}/inboundNatPools/old) and inbound NAT rules (${LB}/inboundNatRules/media) at the same time.`,
    ],
    [
      "a NAT range without a pool",
      { inboundNatRules: [{ name: "media", properties: poolless }] },
      "InvalidInboundNatRulePorts",
      `Inbound NAT rule ${LB}/inboundNatRules/media must have either frontendPort, or backendAddressPool with frontendPortRangeStart and frontendPortRangeEnd.`,
    ],
    [
      "a NAT range backwards",
      { inboundNatRules: [natRule({ frontendPortRangeEnd: 5999 })] },
      "InvalidPortRange",
      `Port range of ${LB}/inboundNatRules/media ends before it begins: 6000 to 5999.`,
    ],
    [
      "frontend port 65535",
      { loadBalancingRules: [balancedRule({ frontendPort: 65535 })] },
      "InvalidPort",
      `Port frontendPort of ${LB}/loadBalancingRules/signalling must be between 1 and 65534, got 65535.`,
    ],
    [
      "an Http probe without path",
      { probes: [{ name: "health", properties: { protocol: "Http", port: 80 } }] },
      "InvalidProbeRequestPath",
      `Probe ${LB}/probes/health must have a requestPath for Http and Https, and none for Tcp.`,
    ],
    [
      "a probe every 4 seconds",
      {
        probes: [
          { name: "health", properties: { protocol: "Tcp", port: 80, intervalInSeconds: 4 } },
        ],
      },
      "InvalidProbe",
      `intervalInSeconds of probe ${LB}/probes/health must be between 5 and 2147483646, got 4.`,
    ],
    [
      "two pools of one name",
      { backendAddressPools: [{ name: "bots" }, { name: "Bots" }] },
      "DuplicateResourceName",
      `Resource ${LB} has two child resources with the same name (Bots).`,
    ],
    [
      "an outbound rule beside SNAT",
      {
        loadBalancingRules: [balancedRule({ disableOutboundSnat: false })],
        outboundRules: [
          {
            name: "out",
            properties: {
              protocol: "Tcp",
              backendAddressPool: ref("backendAddressPools/bots"),
              frontendIPConfigurations: [ref("frontendIPConfigurations/public")],
            },
          },
        ],
      },
      "LoadBalancingRuleMustDisableSNATSinceSameFrontendIPConfigurationIsReferencedByOutboundRule",
      `Load balancing rule ${LB}/loadBalancingRules/signalling must disable SNAT since the same frontend IP configuration is referenced by outbound rule ${LB}/outboundRules/out.`,
    ],
  ])("is refused with %s", async (_what, properties, ...expected) => {
    expect(refusal(await arm.put(LB, balancerBody(properties)))).toEqual([400, ...expected]);
    expect((await arm.get(LB)).status).toBe(404);
  });

  it("is refused as Basic, which is retired, and in another region than its address", async () => {
    expect(refusal(await arm.put(LB, { ...balancerBody(), sku: undefined }))[1]).toBe(
      "BasicLoadBalancerRetired",
    );
    const north = { ...balancerBody(), location: "northeurope" };
    expect(refusal(await arm.put(LB, north))[1]).toBe("InvalidResourceReference");
  });
});
