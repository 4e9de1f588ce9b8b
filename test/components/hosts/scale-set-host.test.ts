// A bot on Windows machines, on the real engine: what is made, what agrees with what, and what a change does.
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { HostMedia, ScaleIn } from "../../../components/index.js";
import { type ExistingVault, existingVault } from "../../support/existing-vault.js";
import { type MachineFacts, type Machines, machinesOf, toldTo } from "../../support/machines.js";
import { resourceOf } from "../../support/stack-state.js";
import type { TestCloud } from "../../support/test-cloud.js";
import {
  failureOf,
  type Ran,
  run,
  startDeployableCloud,
  type TestStack,
} from "../../support/test-stack.js";
import {
  CERTIFICATE,
  DOMAIN,
  PACKAGE,
  type ScaleSetWishes,
  scaleSetStack,
} from "./scale-set-stack.js";

let cloud: TestCloud;
let vault: ExistingVault;
const made: TestStack[] = [];

beforeAll(async () => {
  cloud = await startDeployableCloud();
  vault = await existingVault(cloud, "contoso-certs");
  await vault.importCertificate(CERTIFICATE, { names: [DOMAIN, "*.contoso.com"] });
});
afterAll(async () => {
  for (const { remove } of made) remove();
  await cloud.remove();
});

async function newStack(stackName: string, first: ScaleSetWishes = {}) {
  const stack = await scaleSetStack(cloud, vault, stackName, first);
  made.push(stack);
  return { ...stack, machines: machinesOf(cloud, stackName, `contoso-${stackName}`) };
}

/** Names of what the foundation makes, which has tests of its own. */
const FOUNDATION = /-(identity|network|logs|insights|vault|vault-logs|vault-reader)$| group$/;

function ofHost(steps: readonly string[]): string[] {
  return steps
    .filter(
      (step) =>
        !FOUNDATION.test(step) ||
        / bot-(public-ip|load-balancer|security-group|autoscale)/.test(step),
    )
    .sort();
}

describe("a bot on Windows machines", () => {
  describe("as it is made", () => {
    let plain: Awaited<ReturnType<typeof newStack>>;
    let planned: Ran;
    let first: Ran;
    beforeAll(async () => {
      plain = await newStack("plain", { host: { secretSettings: { Store__Key: "StoreKey" } } });
      planned = await run(plain.stack, "preview");
      first = await run(plain.stack, "up");
    });

    it("consists of these resources, and says beforehand how many machines carry what", () => {
      expect(planned.text).toContain("carry about 28 concurrent audio calls, 14 each.");
      expect(planned.text).toContain("Microsoft states no capacity for audio");
      expect(planned.text).toContain("An update changes the model of the machines");
      expect(ofHost(first.steps)).toEqual([
        "create DiagnosticSetting bot-load-balancer-logs",
        "create DiagnosticSetting bot-public-ip-logs",
        "create DiagnosticSetting bot-scale-set-metrics",
        "create DiagnosticSetting bot-security-group-logs",
        "create LoadBalancer bot-load-balancer",
        "create NetworkSecurityGroup bot-security-group",
        "create PublicIPAddress bot-public-ip",
        "create RoleAssignment bot-certificate-reader",
        "create RoleAssignment bot-port-reader",
        "create VirtualMachineScaleSet bot-scale-set",
      ]);
      expect(first.outputs).toMatchObject({
        hostName: DOMAIN,
        messagingEndpoint: `https://${DOMAIN}/api/messages`,
        callingWebhook: `https://${DOMAIN}/api/calling`,
      });
      expect(first.text).toContain(
        `Calls arrive once the DNS leads ${DOMAIN} to contoso-plain.westeurope.cloudapp.azure.com.`,
      );
    });

    it("has one plan of ports everywhere (connected but no audio: InstancePublicPort not mapped, UDP closed)", async () => {
      await expectAgreement(plain.machines, await toldTo(plain.stack));
    });

    it("lets in calls alone, on machines that are neither Spot nor without a public address, and shrinks nowhere", async () => {
      await expectSafety(plain.machines);
    });

    it("does not deadlock on its certificate: the identity is the user's own, and may read it before there is a machine", async () => {
      const made = (resource: string) => first.steps.indexOf(`create ${resource}`);
      const machines = made("VirtualMachineScaleSet bot-scale-set");
      expect(made("RoleAssignment bot-certificate-reader")).toBeLessThan(machines);
      const { identity } = (
        await resourceOf(plain.stack, "VirtualMachineScaleSet", "bot-scale-set")
      ).inputs;
      expect(identity).toMatchObject({ type: "UserAssigned" });
    });

    it("has inbound NAT rules of version 2 and no pools, which retire on 2027-09-30", async () => {
      const { inputs } = await resourceOf(plain.stack, "LoadBalancer", "bot-load-balancer");
      expect(inputs).not.toHaveProperty("inboundNatPools");
      expect(inputs["inboundNatRules"]).toEqual(
        ["notification", "media"].map((name) =>
          expect.objectContaining({ name, frontendPortRangeStart: expect.any(Number) }),
        ),
      );
    });

    it("forbids nothing that goes out: revocation lists on port 80, config.skype.com (PartialChain, media platform does not start)", async () => {
      const { inputs } = await resourceOf(
        plain.stack,
        "NetworkSecurityGroup",
        "bot-security-group",
      );
      expect(JSON.stringify(inputs)).not.toContain("Outbound");
    });

    it("keeps its password secret, changes nothing the second time, and leaves nothing", async () => {
      const { stack, stateText } = plain;
      // The password is made by the host and begins with this.
      expect(stateText()).not.toContain("Aa1-");
      expect(stateText()).toMatch(
        /"adminPassword":\s*\{\s*"[0-9a-f]{32}":\s*"[0-9a-f]{32}",\s*"ciphertext"/,
      );
      expect((await run(stack, "up")).steps).toEqual([]);
      expect((await run(stack, "refresh")).steps).toEqual([]);
      expect((await run(stack, "preview")).steps).toEqual([]);
      await run(stack, "destroy");
      expect((await run(stack, "destroy")).steps).toEqual([]);
    });
  });

  it("follows each change without replacing the machines or their address", async () => {
    const { stack, change, machines } = await newStack("changes");
    await run(stack, "up");
    const { uniqueId } = (await machines.scaleSet()).properties;
    const { outputs } = await resourceOf(stack, "PublicIPAddress", "bot-public-ip");

    for (const [setting, wishes, steps] of CHANGES) {
      change(wishes);
      const planned = ofHost((await run(stack, "preview")).steps);
      expect({ setting, steps: planned }).toEqual({ setting, steps });
    }

    const all = CHANGES.map(([, wishes]) => wishes);
    change({
      address: Object.assign({}, ...all.map(({ address }) => address)),
      host: Object.assign({}, ...all.map(({ host }) => host)),
    });
    const changed = await run(stack, "up");
    expect(changed.steps.filter((step) => !/^(create|update) /.test(step))).toEqual([]);
    expect((await run(stack, "preview")).steps).toEqual([]);
    await machines.removeNewest(2);
    change({});
    expect(ofHost((await run(stack, "up")).steps)).toEqual([
      "delete AutoscaleSetting bot-autoscale",
      "delete DiagnosticSetting bot-autoscale-logs",
      "delete RoleAssignment bot-protection",
      "delete RoleDefinition bot-protection-role",
      "update LoadBalancer bot-load-balancer",
      "update NetworkSecurityGroup bot-security-group",
      "update PublicIPAddress bot-public-ip",
      SET,
    ]);
    expect((await machines.scaleSet()).properties.uniqueId).toBe(uniqueId);
    const after = await resourceOf(stack, "PublicIPAddress", "bot-public-ip");
    expect(after.outputs["ipAddress"]).toBe(outputs["ipAddress"]);
    await expectAgreement(machines, await toldTo(stack));
  });

  it("keeps the machines that the set has grown to, also while an update runs and under a lower limit", async () => {
    const { stack, change, machines } = await newStack("grown", { host: { maxInstances: 6 } });
    const capacity = async () => (await machines.scaleSet()).sku.capacity;
    await run(stack, "up");
    await machines.resize(4);
    await run(stack, "up");
    expect(await capacity()).toBe(4);
    await run(stack, "refresh");
    expect((await run(stack, "up")).steps).toEqual([]);

    change({ host: { maxInstances: 6, healthPath: "/alive" } });
    const path = "/loadBalancers/";
    cloud.faults.add({ kind: "delay", milliseconds: 2_000, method: "PUT", path, skip: 0 });
    const update = run(stack, "up");
    await vi.waitUntil(() => cloud.faults.list()[0]?.used === 1, { timeout: 60_000 });
    await machines.resize(5);
    const { steps } = await update;
    cloud.faults.clear();
    expect(steps).toContain(SET);
    expect(await capacity()).toBe(5);

    // Autoscaling takes them down to the limit, and leaves those that the bot protects.
    change({ host: { maxInstances: 3, scaleIn: ScaleIn.Protected } });
    expect((await run(stack, "up")).steps).toContain("update AutoscaleSetting bot-autoscale");
    expect(await capacity()).toBe(5);
  });

  it("is made with the role by which it protects its machine, where machines may be taken away", async () => {
    const { stack, change } = await newStack("protected", {
      host: { maxInstances: 5, scaleIn: ScaleIn.Protected },
    });
    expect((await run(stack, "preview")).text).toContain(
      "Azure gives a machine at most 15 minutes' notice and calls last longer",
    );
    const { steps } = await run(stack, "up");
    expect(steps).toContain("create RoleDefinition bot-protection-role");
    expect(steps).toContain("create RoleAssignment bot-protection");
    const role = await resourceOf(stack, "RoleDefinition", "bot-protection-role");
    expect(role.inputs["permissions"]).toEqual([
      {
        actions: [
          "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/read",
          "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/write",
        ],
        notActions: [],
      },
    ]);
    const grant = await resourceOf(stack, "RoleAssignment", "bot-protection");
    expect(grant.inputs["scope"]).toMatch(/virtualMachineScaleSets\/contoso-protected$/);
    expect((await run(stack, "up")).steps).toEqual([]);
    change({ host: { maxInstances: 5, scaleIn: ScaleIn.Protected, grantRoles: false } });
    const withoutRoles = await run(stack, "up");
    expect(withoutRoles.steps).toContain("delete RoleDefinition bot-protection-role");
    expect(withoutRoles.steps).toContain("delete RoleAssignment bot-port-reader");
    await run(stack, "destroy");
    expect((await run(stack, "destroy")).steps).toEqual([]);
  });

  it("is finished by the next run when a cause of failure is gone", async () => {
    const gone = "/subscriptions/10ca1000-0000-4000-8000-00000000000a/resourceGroups/half";
    const image = `${gone}/providers/Microsoft.Compute/images/gone`;
    const { stack, change, machines } = await newStack("half", {
      host: { image, package: { command: "C:\\bot\\EchoBot.exe" } },
    });
    expect(await failureOf(stack, "up")).toContain("gone");
    cloud.quotas.setLimit("westeurope", "standardDSv5Family", 4);
    change({});
    expect(await failureOf(stack, "up")).toContain("quota");
    cloud.quotas.setLimit("westeurope", "standardDSv5Family", 350);
    await run(stack, "up");
    expect((await machines.scaleSet()).sku.capacity).toBe(2);
    expect((await run(stack, "preview")).steps).toEqual([]);
    await run(stack, "destroy");
  });
});

const SET = "update VirtualMachineScaleSet bot-scale-set";
const GROWING = [
  "create AutoscaleSetting bot-autoscale",
  "create DiagnosticSetting bot-autoscale-logs",
];
const CHANGES: [setting: string, wishes: ScaleSetWishes, steps: string[]][] = [
  [
    "concurrentCalls, which need more instances",
    { host: { concurrentCalls: 60, media: HostMedia.Audio } },
    [SET],
  ],
  ["a bigger size", { host: { size: "Standard_D8s_v5" } }, [SET]],
  ["more instances", { host: { instances: 4 } }, [SET]],
  ["another package", { host: { package: { ...PACKAGE, sha256: "f".repeat(64) } } }, [SET]],
  ["settings", { host: { settings: { Bot__Greeting: "Hello" } } }, [SET]],
  ["secretSettings", { host: { secretSettings: { Store__Key: "StoreKey" } } }, [SET]],
  ["appId", { host: { appId: "20ca1000-0000-4000-8000-000000000002" } }, [SET]],
  [
    "healthPath",
    { host: { healthPath: "/alive" } },
    ["update LoadBalancer bot-load-balancer", SET],
  ],
  ["messagingPath, which is in no resource", { host: { messagingPath: "/in" } }, []],
  ["callingPath, which is in no resource", { host: { callingPath: "/calls" } }, []],
  [
    "tags of the host",
    { host: { tags: { environment: "test" } } },
    [
      "update LoadBalancer bot-load-balancer",
      "update NetworkSecurityGroup bot-security-group",
      SET,
    ],
  ],
  [
    "tags of the address",
    { address: { tags: { environment: "test" } } },
    ["update PublicIPAddress bot-public-ip"],
  ],
  ["domain", { address: { domain: "calls.contoso.com" } }, [SET]],
  ["maxInstances", { host: { maxInstances: 9 } }, GROWING],
  [
    "scaleIn",
    { host: { maxInstances: 9, scaleIn: ScaleIn.Protected } },
    [
      ...GROWING,
      "create RoleAssignment bot-protection",
      "create RoleDefinition bot-protection-role",
    ],
  ],
];

/** The four tables of ports say the same (peers: InstancePublicPort, UDP closed). */
async function expectAgreement(machines: Machines, told: MachineFacts) {
  const rules = await machines.securityRules();
  const balancer = await machines.loadBalancer();
  const ports = told.listeners.map(({ port }) => port).sort();
  const allowed = rules.filter(({ properties }) => properties.access === "Allow");
  const open = (protocol: string) =>
    allowed
      .filter(({ properties }) => properties.protocol.toLowerCase() === protocol)
      .flatMap(({ properties: { destinationPortRange: one, destinationPortRanges: many } }) =>
        one === undefined ? many : [one],
      );
  expect([...new Set(open("tcp"))].map(Number).sort()).toEqual(ports);
  const firewall = (protocol: string) =>
    told.firewall.filter((rule) => rule.protocol === protocol).flatMap((rule) => rule.ports);
  expect(firewall("TCP").map(Number).sort()).toEqual(ports);
  expect(firewall("UDP")).toEqual(open("udp"));

  const shared = balancer.loadBalancingRules.map(({ properties }) => properties.backendPort);
  const mapped = balancer.inboundNatRules.map(({ properties }) => properties);
  expect([...shared, ...mapped.map(({ backendPort }) => backendPort)].sort()).toEqual(ports);
  for (const { backendPort, frontendPortRangeStart: first, frontendPortRangeEnd: last } of mapped) {
    expect(told.listeners.find(({ port }) => port === backendPort)?.publicPorts).toEqual({
      first,
      last,
    });
  }
  const settings = Object.fromEntries(told.settings.map(({ name, value }) => [name, value]));
  expect(
    ["BotCallingInternalPort", "BotInternalPort", "MediaInternalPort"]
      .map((name) => Number(settings[`AppSettings__${name}`]))
      .sort(),
  ).toEqual(ports);
  expect(settings).toMatchObject({
    AppSettings__ServiceDnsName: told.hostName,
    AppSettings__MediaDnsName: told.hostName,
    Bot__BotBaseUrl: `https://${told.hostName}`,
  });
}

/** What must not be there. */
async function expectSafety(machines: Machines) {
  const rules = await machines.securityRules();
  expect(
    rules.map(({ name, properties }) => `${properties.priority} ${properties.access} ${name}`),
  ).toEqual([
    "100 Allow allow-signalling",
    "110 Allow allow-notification",
    "120 Allow allow-media",
    "130 Allow allow-media-datagrams",
    "140 Allow allow-health-probe",
    "4096 Deny deny-everything-else",
  ]);
  expect(rules.every(({ properties }) => properties.direction === "Inbound")).toBe(true);
  expect(JSON.stringify(rules)).not.toContain('3389"');
  const balancer = await machines.loadBalancer();
  expect(JSON.stringify(balancer)).not.toContain("3389");
  expect(balancer.loadBalancingRules[0]?.properties).toMatchObject({
    frontendPort: 443,
    disableOutboundSnat: true,
  });
  expect(await machines.scaleSet()).toMatchObject({
    zones: ["1", "2", "3"],
    identity: { type: "UserAssigned" },
    properties: {
      overprovision: false,
      orchestrationMode: "Uniform",
      zoneBalance: true,
      upgradePolicy: { mode: "Manual" },
      virtualMachineProfile: {
        priority: "Regular",
        securityProfile: {
          securityType: "TrustedLaunch",
          uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
        },
        scheduledEventsProfile: {
          terminateNotificationProfile: { enable: true, notBeforeTimeout: "PT15M" },
        },
        diagnosticsProfile: { bootDiagnostics: { enabled: true } },
        osProfile: { windowsConfiguration: { enableAutomaticUpdates: false } },
        networkProfile: {
          networkInterfaceConfigurations: [
            {
              properties: {
                enableAcceleratedNetworking: true,
                ipConfigurations: [
                  { properties: { publicIPAddressConfiguration: { sku: { name: "Standard" } } } },
                ],
              },
            },
          ],
        },
      },
    },
  });
}
