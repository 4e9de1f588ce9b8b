// A bot on Azure App Service, on the real engine: made, unchanged, changed, taken away, made again.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type CallingBotArgs,
  CallState,
  Capability,
  ConsentMode,
  type HostArgs,
  HostKind,
  SiteOs,
} from "../../../components/index.js";
import { parseOutputs } from "../../../rules/outputs.js";
import { type BotStack, newBotStack } from "../../support/bot-stack.js";
import type { TestCloud } from "../../support/test-cloud.js";
import { run, startDeployableCloud } from "../../support/test-stack.js";

const RUNTIME = { kind: HostKind.AppService, runtime: "NODE|22-lts" };

function botArgs(host: Partial<HostArgs> = {}): CallingBotArgs {
  return {
    host: { ...RUNTIME, ...host },
    capabilities: [Capability.AnswerCalls],
    consent: { mode: ConsentMode.Grant },
  };
}

function imageArgs(image: string): CallingBotArgs {
  return { ...botArgs(), host: { kind: HostKind.AppService, image } };
}

let cloud: TestCloud;
let bot: BotStack;

beforeAll(async () => {
  cloud = await startDeployableCloud();
  bot = await newBotStack(cloud, "web", botArgs());
});
afterAll(async () => {
  bot.remove();
  await cloud.remove();
});

interface StateResource {
  readonly urn: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What the state holds of the resource with this logical name and type. */
async function inputsOf(type: string, name: string) {
  const { deployment } = await bot.stack.exportStack();
  const resources: readonly StateResource[] = deployment.resources;
  const found = resources.find(({ urn }) => urn.endsWith(`:${type}::${name}`));
  if (found === undefined) throw new Error(`no ${type} ${name}`);
  return found.inputs;
}

describe("a bot on App Service", () => {
  it("is made of these resources by these names, and nothing changes the second time", async () => {
    const first = await run(bot.stack, "up");
    expect([...first.steps].sort()).toEqual([
      "create AppRoleAssignment bot-Calls.JoinGroupCall.All",
      "create AppServicePlan bot-plan",
      "create Application bot",
      "create ApplicationFederatedIdentityCredential bot-federated-managed-identity",
      "create Bot bot",
      "create Channel bot-teams",
      "create Component bot-insights",
      "create DiagnosticSetting bot-site-logs",
      "create DiagnosticSetting bot-vault-logs",
      "create ResourceGroup bot-resource-group",
      "create RoleAssignment bot-vault-reader",
      "create ServicePrincipal bot-service-principal",
      "create UserAssignedIdentity bot-identity",
      "create Vault bot-vault",
      "create VirtualNetwork bot-web-network",
      "create WebApp bot-site",
      "create WebAppApplicationSettings bot-settings",
      "create Workspace bot-logs",
    ]);
    const { outputs, issues } = parseOutputs(first.outputs);
    expect(issues).toEqual([]);
    expect(outputs?.credential).toBe("federated");
    expect(outputs?.callingWebhook).toMatch(
      /^https:\/\/teams-calling-bot-web-[0-9a-f]{6}\.azurewebsites\.net\/api\/calling$/,
    );
    expect((await run(bot.stack, "up")).steps).toEqual([]);
    expect((await run(bot.stack, "refresh")).steps).toEqual([]);
    expect((await run(bot.stack, "preview")).steps).toEqual([]);
  });

  it("has a site that only speaks https, stays awake and has no way in beside it", async () => {
    expect(await inputsOf("WebApp", "bot-site")).toMatchObject({
      httpsOnly: true,
      clientAffinityEnabled: false,
      siteConfig: {
        alwaysOn: true,
        minTlsVersion: "1.2",
        scmMinTlsVersion: "1.2",
        ftpsState: "Disabled",
        remoteDebuggingEnabled: false,
        healthCheckPath: "/health",
        linuxFxVersion: "NODE|22-lts",
      },
    });
    expect(await inputsOf("AppServicePlan", "bot-plan")).toMatchObject({
      sku: { name: "P0v3", capacity: 1 },
    });
  });

  it("has nothing in front that asks who calls (401 before the bot: Easy Auth, client certificates), or keeps Teams from fetching prompts", async () => {
    const inputs = await inputsOf("WebApp", "bot-site");
    expect(inputs).toMatchObject({ clientCertEnabled: false, publicNetworkAccess: "Enabled" });
    expect(JSON.stringify(inputs["siteConfig"])).not.toMatch(/ipSecurityRestrictions|auth/i);
    expect(bot.stateText()).not.toMatch(/WebAppAuthSettings/);
  });

  it("has a vault that is closed to the Internet and cannot be purged", async () => {
    expect((await inputsOf("Vault", "bot-vault"))["properties"]).toMatchObject({
      enableRbacAuthorization: true,
      enablePurgeProtection: true,
      networkAcls: {
        defaultAction: "Deny",
        ipRules: [],
        virtualNetworkRules: [{ id: expect.stringMatching(/\/subnets\/host$/) }],
      },
    });
  });

  it("knows whose bot it is from its settings, in which there is no secret", async () => {
    const { properties } = await inputsOf("WebAppApplicationSettings", "bot-settings");
    const { outputs } = parseOutputs((await run(bot.stack, "up")).outputs);
    expect(properties).toMatchObject({
      MicrosoftAppType: "SingleTenant",
      MicrosoftAppId: outputs?.appId,
      Bot__BotBaseUrl: outputs?.callingWebhook.replace("/api/calling", ""),
    });
    expect(Object.keys(properties ?? {}).filter((name) => /secret|password/i.test(name))).toEqual(
      [],
    );
    expect(bot.stateText()).not.toContain("ApplicationPassword");
  });

  // Each row goes on from the one before it, as a stack does in real life.
  const changes: [setting: string, host: Partial<HostArgs>, steps: string[]][] = [
    ["sku", { sku: "P1v3" }, ["update AppServicePlan bot-plan"]],
    [
      "callState and instances",
      { sku: "P1v3", callState: CallState.Shared, instances: 3 },
      ["update AppServicePlan bot-plan"],
    ],
    [
      "runtime, startCommand and healthPath",
      { sku: "P1v3", runtime: "NODE|24-lts", startCommand: "node bot.js", healthPath: "/alive" },
      ["update AppServicePlan bot-plan", "update WebApp bot-site"],
    ],
    [
      "settings and secretSettings",
      {
        sku: "P1v3",
        runtime: "NODE|24-lts",
        startCommand: "node bot.js",
        healthPath: "/alive",
        settings: { LOG_LEVEL: "debug" },
        secretSettings: { Speech__Key: "speech-key" },
      },
      ["update WebAppApplicationSettings bot-settings"],
    ],
    [
      "callingPath and messagingPath",
      { sku: "P1v3", callingPath: "/calls", messagingPath: "/messages" },
      [
        "update Bot bot",
        "update Channel bot-teams",
        "update WebApp bot-site",
        "update WebAppApplicationSettings bot-settings",
      ],
    ],
    [
      "allowedAddresses",
      { allowedAddresses: ["20.30.40.50"] },
      [
        "update AppServicePlan bot-plan",
        "update Bot bot",
        "update Channel bot-teams",
        "update Vault bot-vault",
      ],
    ],
  ];

  it.each(changes)("changes in place: %s", async (_, host, steps) => {
    bot.change(botArgs(host));
    expect([...(await run(bot.stack, "up")).steps].sort()).toEqual([...steps].sort());
    expect((await run(bot.stack, "preview")).steps).toEqual([]);
  });

  it("is replaced at the same address by an image, and moved to a plan of another operating system", async () => {
    const { callingWebhook } = (await run(bot.stack, "up")).outputs;
    bot.change(imageArgs("ghcr.io/contoso/bot:1.4.2"));
    const image = await run(bot.stack, "up");
    expect(image.steps).toContain("create-replacement WebApp bot-site");
    expect(image.outputs["callingWebhook"]).toBe(callingWebhook);

    bot.change(imageArgs("ghcr.io/contoso/bot:1.4.3"));
    expect((await run(bot.stack, "up")).steps).toEqual(["update WebApp bot-site"]);

    bot.change(botArgs({ os: SiteOs.Windows, runtime: "NODE|~22" }));
    const moved = await run(bot.stack, "up");
    expect(moved.steps).toContain("create-replacement AppServicePlan bot-plan");
    expect(moved.steps).toContain("create-replacement WebApp bot-site");
    expect(
      moved.steps.filter((step) => /replace.* (Application|Bot|Vault|Workspace) /.test(step)),
    ).toEqual([]);
    expect(moved.outputs["callingWebhook"]).toBe(callingWebhook);
    expect(
      (await inputsOf("WebAppApplicationSettings", "bot-settings"))["properties"],
    ).toMatchObject({
      WEBSITE_NODE_DEFAULT_VERSION: "~22",
    });
  });

  it("goes, twice, and comes up again with the vault that it left behind", async () => {
    const before = await inputsOf("Vault", "bot-vault");
    const from = cloud.requests.all().length;
    await run(bot.stack, "destroy");
    const deleted = cloud.requests
      .all()
      .slice(from)
      .flatMap(({ method, path }) => (method === "DELETE" ? [path.toLowerCase()] : []));
    const at = (type: string) => deleted.findIndex((path) => path.includes(type));
    expect(at("/sites/")).toBeLessThan(at("/serverfarms/"));
    expect(at("/serverfarms/")).toBeLessThan(at("/virtualnetworks/"));
    expect((await run(bot.stack, "destroy")).steps).toEqual([]);
    bot.change(botArgs());
    expect((await run(bot.stack, "up")).text).toContain("is brought back, with its secrets");
    expect((await inputsOf("Vault", "bot-vault"))["vaultName"]).toBe(before["vaultName"]);
    expect((await run(bot.stack, "up")).steps).toEqual(["update Vault bot-vault"]);
    expect((await run(bot.stack, "up")).steps).toEqual([]);
    await run(bot.stack, "destroy");
  });
});
