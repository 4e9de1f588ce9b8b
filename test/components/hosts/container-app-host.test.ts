// A bot on Azure Container Apps, on the real engine.
import { beforeAll, describe, expect, it } from "vitest";
import { CallState, RevisionMode } from "../../../components/index.js";
import { cloudOfFile } from "../../support/cloud-of-file.js";
import { resourceOf } from "../../support/stack-state.js";
import { failureOf, run } from "../../support/test-stack.js";
import {
  type ContainerAppWishes,
  containerAppStack,
  IMAGE,
  SECRET,
} from "./container-app-stack.js";

const { cloud, made } = await cloudOfFile();

async function newStack(stackName: string, first: ContainerAppWishes = {}) {
  const stack = await containerAppStack(cloud, stackName, first);
  made.push(stack);
  return stack;
}

const APP = "ContainerApp bot-app";

describe("a bot on Azure Container Apps", () => {
  it("is made of these resources, answers https alone, and nothing changes the second time", async () => {
    const { stack, stateText } = await newStack("plain", {
      host: { secretSettings: { Store__Key: "StoreKey" } },
    });
    const first = await run(stack, "up");
    expect(first.steps.filter((step) => /-(environment|app)\b/.test(step)).sort()).toEqual([
      `create ${APP}`,
      "create DiagnosticSetting bot-app-metrics",
      "create DiagnosticSetting bot-environment-logs",
      "create ManagedEnvironment bot-environment",
      "create VirtualNetwork bot-app-network",
    ]);
    const { hostName, messagingEndpoint, callingWebhook } = first.outputs;
    expect(hostName).toMatch(/^contoso-bot\.[a-z0-9-]+\.westeurope\.azurecontainerapps\.io$/);
    expect(messagingEndpoint).toBe(`https://${hostName}/api/messages`);
    expect(callingWebhook).toBe(`https://${hostName}/api/calling`);

    const { configuration, template } = (await resourceOf(stack, "ContainerApp", "bot-app")).inputs;
    expect(configuration).toMatchObject({
      activeRevisionsMode: "Single",
      registries: [],
      secrets: [
        {
          name: "storekey",
          keyVaultUrl: expect.stringMatching(/^https:\/\/.*contoso-plain.*\/secrets\/StoreKey$/),
        },
      ],
      ingress: {
        external: true,
        allowInsecure: false,
        transport: "auto",
        targetPort: 8080,
        stickySessions: { affinity: "none" },
        customDomains: [],
      },
    });
    // Nobody asks who calls before the bot does (401 before the bot: Easy Auth, client certificates).
    expect(JSON.stringify(configuration)).not.toMatch(/clientCertificateMode|ipSecurityRestrict/);
    expect(stateText()).not.toContain("ContainerAppsAuthConfig");
    expect(template).toMatchObject({
      scale: { minReplicas: 1, maxReplicas: 1 },
      terminationGracePeriodSeconds: 600,
      containers: [
        {
          image: IMAGE,
          resources: { cpu: 0.5, memory: "1Gi" },
          env: expect.arrayContaining([
            { name: "Bot__BotBaseUrl", value: `https://${hostName}` },
            { name: "Store__Key", secretRef: "storekey" },
          ]),
          probes: ["Startup", "Readiness", "Liveness"].map((type) =>
            expect.objectContaining({
              type,
              httpGet: { path: "/health", port: 8080, scheme: "HTTP" },
            }),
          ),
        },
      ],
    });
    expect(stateText()).not.toMatch(new RegExp(`sharedKey|${SECRET}`, "i"));

    expect((await run(stack, "up")).steps).toEqual([]);
    expect((await run(stack, "refresh")).steps).toEqual([]);
    await run(stack, "destroy");
    expect((await run(stack, "destroy")).steps).toEqual([]);
  });

  // Each on top of those before it.
  const changes: [setting: string, wishes: ContainerAppWishes, steps: string[]][] = [
    ["image", { host: { image: "ghcr.io/contoso/bot:1.0.1" } }, [`update ${APP}`]],
    ["port", { host: { port: 3978 } }, [`update ${APP}`]],
    ["cpu", { host: { cpu: 1 } }, [`update ${APP}`]],
    ["terminationGraceSeconds", { host: { terminationGraceSeconds: 60 } }, [`update ${APP}`]],
    ["callState, which scales out", { host: { callState: CallState.Shared } }, [`update ${APP}`]],
    ["instances", { host: { instances: 3 } }, [`update ${APP}`]],
    ["maxInstances", { host: { maxInstances: 9 } }, [`update ${APP}`]],
    ["revisionMode", { host: { revisionMode: RevisionMode.Multiple } }, [`update ${APP}`]],
    ["healthPath", { host: { healthPath: "/alive" } }, [`update ${APP}`]],
    ["messagingPath, which is in no resource", { host: { messagingPath: "/in" } }, []],
    ["settings", { host: { settings: { Bot__Greeting: "Hello" } } }, [`update ${APP}`]],
    ["secretSettings", { host: { secretSettings: { Store__Key: "StoreKey" } } }, [`update ${APP}`]],
    ["tags of the app", { host: { tags: { environment: "test" } } }, [`update ${APP}`]],
    [
      "tags of the environment",
      { address: { tags: { environment: "test" } } },
      ["update ManagedEnvironment bot-environment"],
    ],
    [
      "containerAppName, which is in the address",
      { address: { containerAppName: "contoso-phone" } },
      [`replace ${APP}`, "replace DiagnosticSetting bot-app-metrics"],
    ],
    [
      "zoneRedundant, which is decided once",
      { address: { zoneRedundant: true } },
      [
        `replace ${APP}`,
        "replace DiagnosticSetting bot-app-metrics",
        "replace DiagnosticSetting bot-environment-logs",
        "replace ManagedEnvironment bot-environment",
      ],
    ],
    [
      "subnetId, from which Azure moves no environment",
      // The vault lets the foundation's subnet in, and no other.
      { otherSubnet: true, host: { secretSettings: {} } },
      [
        "create VirtualNetwork other-network",
        `replace ${APP}`,
        "replace DiagnosticSetting bot-app-metrics",
        "replace DiagnosticSetting bot-environment-logs",
        "replace ManagedEnvironment bot-environment",
      ],
    ],
  ];

  describe("follows a change of", () => {
    let bot: Awaited<ReturnType<typeof newStack>>;
    let wishes: ContainerAppWishes = {};
    beforeAll(async () => {
      bot = await newStack("changes");
      await run(bot.stack, "up");
    });

    it.each(changes)(
      "%s with just these steps",
      async (_, { address, host, ...rest }, expected) => {
        wishes = {
          ...rest,
          address: { ...wishes.address, ...address },
          host: { ...wishes.host, ...host },
        };
        bot.change(wishes);
        expect(changed((await run(bot.stack, "up")).steps)).toEqual(expected);
      },
    );
  });

  it("is finished by the next run when the role to pull its image has not spread first, or the image is missing", async () => {
    const image = "contoso.azurecr.io/bot:1.0.0";
    const { stack } = await newStack("image", { ownRegistry: true, host: { image } });
    cloud.replication.spreadRolesAfter(3_600);
    const early = await failureOf(stack, "up");
    cloud.replication.spreadRolesAfter(0);
    expect(early).toContain("unable to pull image using Managed identity");
    expect(await failureOf(stack, "up")).toContain("MANIFEST_UNKNOWN");
    cloud.images.declare(image, true);
    const second = await run(stack, "up");
    expect(second.steps).toContain("create DiagnosticSetting bot-app-metrics");
    expect(second.steps.filter((step) => step.endsWith(APP))).toHaveLength(1);
    expect(second.steps.join()).not.toContain("ManagedEnvironment");
    const { configuration } = (await resourceOf(stack, "ContainerApp", "bot-app")).inputs;
    const { identity } = (await resourceOf(stack, "ContainerApp", "bot-app")).inputs;
    expect(configuration).toMatchObject({
      registries: [
        { server: "contoso.azurecr.io", identity: Object(identity).userAssignedIdentities[0] },
      ],
    });
    expect(JSON.stringify(configuration)).not.toMatch(/password|username/i);
    expect((await run(stack, "up")).steps).toEqual([]);
    await run(stack, "destroy");
  });

  it("answers at a domain of its own: records, then the app, then the certificate", async () => {
    const host = { domain: "bot.contoso.com" };
    const { stack, change } = await newStack("domain", { ownZone: true, host });
    const first = await run(stack, "up");
    expect(first.outputs["messagingEndpoint"]).toBe("https://bot.contoso.com/api/messages");
    const order = first.steps.filter((step) => /domain|bot-app$|certificate/.test(step));
    expect(order.slice(0, 2).sort()).toEqual([
      "create RecordSet bot-domain",
      "create RecordSet bot-domain-proof",
    ]);
    expect(order.slice(2)).toEqual([`create ${APP}`, "create ManagedCertificate bot-certificate"]);
    const address = await resourceOf(stack, "RecordSet", "bot-domain");
    expect(address.inputs).toMatchObject({
      recordType: "CNAME",
      relativeRecordSetName: "bot",
      cnameRecord: { cname: first.outputs["hostName"] },
    });
    const proof = await resourceOf(stack, "RecordSet", "bot-domain-proof");
    expect(proof.inputs).toMatchObject({
      recordType: "TXT",
      relativeRecordSetName: "asuid.bot",
      txtRecords: [{ value: [expect.stringMatching(/^[0-9A-F]{64}$/)] }],
    });
    expect((await run(stack, "up")).steps).toEqual([]);
    // The app takes the certificate by itself: a first refresh learns of it, and the next run says again that it may.
    expect((await run(stack, "refresh")).steps).toEqual([`update ${APP}`]);
    expect((await run(stack, "up")).steps).toEqual([`update ${APP}`]);
    expect((await run(stack, "refresh")).steps).toEqual([]);

    // The top of the zone: an address in place of an alias, and another way to validate.
    change({ ownZone: true, host: { domain: "contoso.com" } });
    const top = await run(stack, "up");
    expect(top.outputs["callingWebhook"]).toBe("https://contoso.com/api/calling");
    expect((await resourceOf(stack, "RecordSet", "bot-domain")).inputs).toMatchObject({
      recordType: "A",
      relativeRecordSetName: "@",
      aRecords: [{ ipv4Address: first.outputs["ipAddress"] }],
    });
    const certificate = await resourceOf(stack, "ManagedCertificate", "bot-certificate");
    expect(certificate.inputs["properties"]).toEqual({
      subjectName: "contoso.com",
      domainControlValidation: "HTTP",
    });

    change({ ownZone: true });
    const without = await run(stack, "up");
    expect(without.steps).toContain("delete ManagedCertificate bot-certificate");
    expect(without.outputs["messagingEndpoint"]).toBe(
      `https://${without.outputs["hostName"]}/api/messages`,
    );

    // A zone that somebody else keeps: the first run says what has to be in it, the next one finds it.
    change({ host });
    const hostName = String(first.outputs["hostName"]);
    const said =
      /CNAME bot\.contoso\.com -> (\S+), TXT asuid\.bot\.contoso\.com -> ([0-9A-F]{64})\./;
    const [, alias = "", id = ""] = said.exec(await failureOf(stack, "up")) ?? [];
    expect(alias).toBe(hostName);
    cloud.outsideRecords.set([
      { name: "bot.contoso.com", type: "CNAME", value: alias },
      { name: "asuid.bot.contoso.com", type: "TXT", value: id },
    ]);
    const outside = await run(stack, "up");
    expect(outside.steps).toContain("create ManagedCertificate bot-certificate");
    expect(outside.steps.join()).not.toContain("RecordSet");
    await run(stack, "destroy");
    expect((await run(stack, "destroy")).steps).toEqual([]);
  });
});

/** What became of each resource: a replacement is several steps whose names are the engine's own affair. */
function changed(steps: readonly string[]): string[] {
  const replaced = steps
    .filter((step) => step.startsWith("replace "))
    .map((step) => step.slice("replace ".length));
  const others = steps.filter((step) => !replaced.some((resource) => step.endsWith(resource)));
  return [...others, ...replaced.map((resource) => `replace ${resource}`)].sort();
}
