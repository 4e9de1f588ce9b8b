import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Cloud } from "../../../rules/clouds.js";
import { machineListeners } from "../../../rules/hosts/bootstrap/bootstrap.js";
import { mediaSettings } from "../../../rules/hosts/media-settings.js";
import { firewallRules, inboundRules, natRules } from "../../../rules/hosts/network-rules.js";
import { instanceListeners, listeners, portPlan } from "../../../rules/hosts/ports.js";

const anyCount = fc.integer({ min: 1, max: 1000 });

describe("the port plan", () => {
  it("gives every machine a public port of its own, and no port two meanings", () => {
    fc.assert(
      fc.property(anyCount, (count) => {
        const plan = portPlan(count);
        const ports = [
          plan.signalling.publicPort,
          ...instanceListeners(plan).flatMap(({ publicPorts: { first, last } }) =>
            Array.from({ length: last - first + 1 }, (_, index) => first + index),
          ),
        ];
        expect(ports).toHaveLength(1 + 2 * count);
        expect(new Set(ports).size).toBe(ports.length);
        expect(Math.max(...ports)).toBeLessThanOrEqual(65535);
        const inside = listeners(plan).map(({ port }) => port);
        expect(new Set(inside).size).toBe(inside.length);
      }),
    );
  });

  it("keeps the public ports of a machine when the set may grow", () => {
    const [small, large] = [portPlan(2), portPlan(9)];
    expect(small.media.publicPorts.first).toBe(large.media.publicPorts.first);
    expect(small.notification.publicPorts.first).toBe(large.notification.publicPorts.first);
  });

  it("is read off the same way by security group, load balancer, firewall and settings (peers: could not verify connectivity, InstancePublicPort)", () => {
    fc.assert(
      fc.property(anyCount, (count) => {
        const plan = portPlan(count);
        const own = listeners(plan).map(({ port }) => String(port));
        const tcp = inboundRules(plan).filter(({ protocol }) => protocol === "Tcp");
        expect(new Set(tcp.flatMap((rule) => rule.destinationPortRange ?? []))).toEqual(
          new Set(own),
        );
        const fireTcp = firewallRules(plan).filter(({ protocol }) => protocol === "TCP");
        expect(fireTcp.flatMap(({ ports }) => ports)).toEqual(own);
        const settings = mediaSettings({ appId: "a", hostName: "h", plan });
        const told = Object.entries(settings).filter(([name]) => /Port$/.test(name));
        expect(told.map(([, port]) => port)).toEqual(own);
        const mapped = natRules(plan).map(({ backendPort }) => String(backendPort));
        expect([String(plan.signalling.port), ...mapped].sort()).toEqual([...own].sort());
        const udp = inboundRules(plan).find(({ protocol }) => protocol === "Udp");
        const fireUdp = firewallRules(plan).find(({ protocol }) => protocol === "UDP");
        expect(fireUdp?.ports).toEqual(udp?.destinationPortRanges);
        expect(fireUdp?.remoteAddresses).toEqual(udp?.sourceAddressPrefixes);
      }),
    );
  });
});

describe("a machine", () => {
  it("is told of every port, and where to look for its own public ones", () => {
    const plan = portPlan(3);
    expect(machineListeners(plan)).toEqual([
      { port: 9442, asksForCertificate: false },
      {
        port: 9441,
        asksForCertificate: false,
        publicPorts: { first: 7000, last: 7002 },
        publicPortSetting: "AppSettings__BotInstanceExternalPort",
      },
      {
        port: 8445,
        asksForCertificate: true,
        publicPorts: { first: 6000, last: 6002 },
        publicPortSetting: "AppSettings__MediaInstanceExternalPort",
      },
    ]);
  });
});

describe("the security group", () => {
  it("lets in these and nothing else", () => {
    const rules = inboundRules(portPlan(3)).map(
      ({ priority, access, protocol, ...rule }) =>
        `${priority} ${access} ${protocol} ${rule.destinationPortRange ?? rule.destinationPortRanges} from ${rule.sourceAddressPrefix ?? rule.sourceAddressPrefixes}`,
    );
    expect(rules).toEqual([
      "100 Allow Tcp 9442 from Internet",
      "110 Allow Tcp 9441 from AzureCloud",
      "120 Allow Tcp 8445 from AzureCloud",
      "130 Allow Udp 1024-3388,3390-65535 from 52.112.0.0/14,52.120.0.0/14",
      "140 Allow Tcp 9442 from AzureLoadBalancer",
      "4096 Deny * * from *",
    ]);
  });

  it("lets in the media of the cloud that the bot is in", () => {
    const sources = (cloud: Cloud) => portPlan(3, cloud).datagrams.sources;
    expect(sources(Cloud.GccModerate)).toEqual(sources(Cloud.Public));
    expect(sources(Cloud.GccHigh)).toEqual(["52.127.88.0/21"]);
    expect(sources(Cloud.Dod)).toEqual(["52.127.64.0/21"]);
  });

  it("has no way in for Remote Desktop, over TCP or UDP", () => {
    const open = inboundRules(portPlan(100))
      .filter(({ access }) => access === "Allow")
      .flatMap((rule) => rule.destinationPortRanges ?? [rule.destinationPortRange ?? "*"])
      .map((text) => text.split("-").map(Number));
    const letsIn = (port: number) =>
      open.some(([first = 0, last = first]) => first <= port && port <= last);
    expect(letsIn(3389)).toBe(false);
    expect(letsIn(8445)).toBe(true);
  });
});

describe("the load balancer", () => {
  it("maps a range of public ports to each port that a machine has to itself", () => {
    expect(natRules(portPlan(5))).toEqual([
      {
        name: "notification",
        frontendPortRangeStart: 7000,
        frontendPortRangeEnd: 7004,
        backendPort: 9441,
      },
      {
        name: "media",
        frontendPortRangeStart: 6000,
        frontendPortRangeEnd: 6004,
        backendPort: 8445,
      },
    ]);
  });
});
