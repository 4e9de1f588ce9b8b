// What a change of a setting does to a host that runs: the table of docs/hosts.md, held against the real engine.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  BotType,
  type CallingBotArgs,
  CallState,
  Capability,
  ConsentMode,
  type HostArgs,
  HostKind,
  HostMedia,
  RevisionMode,
  ScaleIn,
  SiteOs,
} from "../../../components/index.js";
import { SUBSCRIPTION_ID } from "../../../local-cloud/well-known.js";
import { hostFields } from "../../../rules/hosts/host-settings.js";
import { projectRoot } from "../../../scripts/project-paths.js";
import { asDeployer } from "../../support/as-deployer.js";
import { type BotStack, newBotStack } from "../../support/bot-stack.js";
import { existingVault } from "../../support/existing-vault.js";
import { machinesOf } from "../../support/machines.js";
import { resourceOf } from "../../support/stack-state.js";
import type { TestCloud } from "../../support/test-cloud.js";
import {
  failureInProcess,
  newTestStack,
  run,
  startDeployableCloud,
} from "../../support/test-stack.js";
import { machines, VAULT } from "./refused-scale-sets.js";

const GROUP = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/own`;

let cloud: TestCloud;
let certificateVault: string;
let subnetId: Record<"web" | "containers", string>;
let insightsId: string;
let identity: { resourceId: string; clientId: string; principalId: string };
const made: BotStack[] = [];

beforeAll(async () => {
  cloud = await startDeployableCloud();
  const vault = await existingVault(cloud, VAULT);
  await vault.importCertificate("bot", { names: ["bot.contoso.com"] });
  certificateVault = vault.id;
  const { arm } = asDeployer(cloud);
  await arm("PUT", GROUP, "2024-03-01", { location: "westeurope" });
  subnetId = {
    web: await subnetFor("web", "Microsoft.Web/serverFarms"),
    containers: await subnetFor("containers", "Microsoft.App/environments"),
  };
  insightsId = `${GROUP}/providers/Microsoft.Insights/components/contoso-logs`;
  const workspace = `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/contoso-logs`;
  await arm("PUT", workspace, "2023-09-01", { location: "westeurope", properties: {} });
  await arm("PUT", insightsId, "2020-02-02", {
    location: "westeurope",
    kind: "web",
    properties: { Application_Type: "web", WorkspaceResourceId: workspace },
  });
  const own = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/own`;
  const { properties } = Object(await arm("PUT", own, "2023-01-31", { location: "westeurope" }));
  const { clientId, principalId } = Object(properties);
  identity = { resourceId: own, clientId: String(clientId), principalId: String(principalId) };
});
afterAll(async () => {
  for (const { remove } of made) remove();
  await cloud.remove();
});

async function subnetFor(name: string, serviceName: string): Promise<string> {
  const id = `${GROUP}/providers/Microsoft.Network/virtualNetworks/${name}`;
  const subnet = {
    addressPrefix: "10.50.0.0/25",
    serviceEndpoints: [{ service: "Microsoft.KeyVault" }],
    delegations: [{ name: "host", properties: { serviceName } }],
  };
  await asDeployer(cloud).arm("PUT", id, "2024-05-01", {
    location: "westeurope",
    properties: {
      addressSpace: { addressPrefixes: ["10.50.0.0/24"] },
      subnets: [{ name: "host", properties: subnet }],
    },
  });
  return `${id}/subnets/host`;
}

function botArgs(host: HostArgs, more: Partial<CallingBotArgs> = {}): CallingBotArgs {
  return {
    host,
    capabilities: [Capability.AnswerCalls],
    consent: { mode: ConsentMode.Grant },
    ...more,
  };
}

const appService = (more: Partial<HostArgs> = {}): HostArgs => ({
  kind: HostKind.AppService,
  runtime: "NODE|22-lts",
  ...more,
});
const containerApp = (more: Partial<HostArgs> = {}): HostArgs => ({
  kind: HostKind.ContainerApp,
  image: "ghcr.io/contoso/bot:1.4.2",
  ...more,
});
const scaleSet = (more: Partial<HostArgs> = {}): HostArgs => ({
  kind: HostKind.ScaleSet,
  domain: "bot.contoso.com",
  certificate: { vaultId: certificateVault, secretName: "bot" },
  package: {
    url: "https://contoso.blob.core.windows.net/builds/bot-1.4.2.zip",
    sha256: "0123456789abcdef".repeat(4),
    command: "EchoBot.exe",
  },
  ...more,
});

async function running(stackName: string, args: CallingBotArgs): Promise<BotStack> {
  const bot = await newBotStack(cloud, stackName, args);
  made.push(bot);
  await run(bot.stack, "up");
  return bot;
}

/** What a person calls what is replaced; what only hangs on it goes without saying. */
const NOUNS: Readonly<Record<string, string>> = {
  ApplicationFederatedIdentityCredential: "trust",
  AppServicePlan: "plan",
  ContainerApp: "app",
  LoadBalancer: "load balancer",
  ManagedEnvironment: "environment",
  NetworkSecurityGroup: "security group",
  PublicIPAddress: "address",
  ResourceGroup: "everything",
  RoleAssignment: "roles",
  VirtualMachineScaleSet: "machines",
  WebApp: "site",
};
/** What a host may do, which goes without saying where the host itself is replaced. */
const RIGHTS = ["roles", "trust"];
/** Goes with what it belongs to. */
const HANGERS_ON =
  /^(?:DiagnosticSetting|WebAppApplicationSettings|RecordSet|WebAppHostNameBinding)$/;

/** As a cell of the table says it. */
function outcome(steps: readonly string[]): string {
  const types = steps.flatMap((step) => /^replace (\w+) /.exec(step)?.[1] ?? []);
  const nouns = types
    .filter((type) => !HANGERS_ON.test(type))
    .map((type) => NOUNS[type] ?? `an unexpected ${type}`);
  if (nouns.includes("everything")) return "replaces everything";
  const owners = nouns.filter((noun) => !RIGHTS.includes(noun));
  const said = [...new Set(owners.length > 0 ? owners : nouns)].sort();
  return said.length === 0 ? "in place" : `replaces ${said.join(", ")}`;
}

const COLUMNS = [HostKind.AppService, HostKind.ContainerApp, HostKind.ScaleSet];

/** The cell of a change and a kind of host on the page; `host.subnetId` finds the row that begins with it. */
function documented(change: string, kind: HostKind): string | undefined {
  const page = readFileSync(join(projectRoot, "docs", "hosts.md"), "utf8");
  const row = page.split("\n").find((line) => line.startsWith(`| \`${change}\``));
  return row?.split("|")[COLUMNS.indexOf(kind) + 2]?.trim();
}

const KINDS: readonly [HostKind, (more?: Partial<HostArgs>) => HostArgs][] = [
  [HostKind.AppService, appService],
  [HostKind.ContainerApp, containerApp],
  [HostKind.ScaleSet, scaleSet],
];

describe.each(KINDS)("a bot on %s", (kind, host) => {
  let bot: BotStack;
  beforeAll(async () => {
    bot = await running(kind.toLowerCase(), botArgs(host()));
  });

  it("has nothing replaced by a change of tags, in preview and in fact", async () => {
    bot.change(botArgs(host(), { tags: { costCenter: "4711" } }));
    const planned = await run(bot.stack, "preview");
    expect(planned.steps).toContain("update UserAssignedIdentity bot-identity");
    expect(planned.steps.filter((step) => !step.startsWith("update "))).toEqual([]);
    const { steps } = await run(bot.stack, "up");
    expect(steps.filter((step) => !step.startsWith("update "))).toEqual([]);
    expect(outcome(steps)).toBe(documented("tags", kind));
    expect((await run(bot.stack, "preview")).steps).toEqual([]);
  });

  const changes: [change: string, args: () => CallingBotArgs][] = [
    ["host.identity", () => botArgs(host({ identity }))],
    ["host.name", () => botArgs(host({ name: "contoso-phone" }))],
    ...otherChanges(kind),
    [
      "resourceGroup.location",
      () => {
        const resourceGroup = { location: "northeurope" };
        return botArgs(host(), { resourceGroup, allowReplace: { location: "westeurope" } });
      },
    ],
  ];
  it.each(changes)("is changed by %s as the page says", async (change, args) => {
    bot.change(args());
    expect(outcome((await run(bot.stack, "preview")).steps)).toBe(documented(change, kind));
  });

  it("has nothing replaced by all the other settings together", async () => {
    const settings = inPlace(kind);
    // slot: hand-over.test.ts.
    const named = ["kind", "slot", "domain", "dnsZoneId", ...(NAMED[kind] ?? [])];
    expect([...Object.keys(settings), ...named].sort()).toEqual([...hostFields(kind)].sort());
    bot.change(botArgs(host(settings)));
    expect(outcome((await run(bot.stack, "preview")).steps)).toBe("in place");
  });
});

/** Settings with a row of their own, or that other tests change. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  // domain: app-service-domain.test.ts.
  [HostKind.AppService]: [
    "certificate",
    "identity",
    "subnetId",
    "name",
    "os",
    "image",
    "registryId",
  ],
  // domain: container-app-host.test.ts.
  [HostKind.ContainerApp]: ["identity", "subnetId", "name", "zoneRedundant"],
  // Refused: refused-scale-sets.ts. `priority` has one value.
  [HostKind.ScaleSet]: [
    "certificate",
    "identity",
    "subnetId",
    "name",
    "zones",
    "priority",
    "image",
  ],
};

function otherChanges(kind: HostKind): [string, () => CallingBotArgs][] {
  const { runtime: _, ...site } = appService();
  switch (kind) {
    case HostKind.AppService:
      return [
        ["host.subnetId", () => botArgs(appService({ subnetId: subnetId.web }))],
        ["host.os", () => botArgs(appService({ os: SiteOs.Windows, runtime: "NODE|~22" }))],
        ["host.image", () => botArgs({ ...site, image: "ghcr.io/contoso/bot:1.4.2" })],
      ];
    case HostKind.ContainerApp:
      return [
        ["host.subnetId", () => botArgs(containerApp({ subnetId: subnetId.containers }))],
        ["host.zoneRedundant", () => botArgs(containerApp({ zoneRedundant: true }))],
      ];
    default:
      return [];
  }
}

/** Everything else that a host of this kind takes, each other than before. */
function inPlace(kind: HostKind): Partial<HostArgs> {
  const made = {
    messagingPath: "/in",
    callingPath: "/calls",
    healthPath: "/alive",
    settings: { LOG_LEVEL: "debug" },
    secretSettings: { Store__Key: "StoreKey" },
    grantRoles: false,
    vaultId: certificateVault,
    workspaceId: `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/contoso-logs`,
    applicationInsightsId: insightsId,
    allowedAddresses: [],
  };
  const web = { instances: 2, callState: CallState.Shared };
  switch (kind) {
    case HostKind.AppService:
      return { ...made, ...web, sku: "P1v3", runtime: "NODE|24-lts", startCommand: "node bot.js" };
    case HostKind.ContainerApp:
      return {
        ...made,
        ...web,
        image: "contoso.azurecr.io/bot:1.4.3",
        registryId: `${GROUP}/providers/Microsoft.ContainerRegistry/registries/contoso`,
        port: 3978,
        cpu: 1,
        memory: "2Gi",
        maxInstances: 5,
        revisionMode: RevisionMode.Multiple,
        terminationGraceSeconds: 60,
      };
    default:
      return {
        ...made,
        dnsLabel: "contoso-phone",
        package: {
          url: "https://contoso.blob.core.windows.net/builds/bot-1.4.3.zip",
          sha256: "f".repeat(64),
          command: "PhoneBot.exe",
        },
        size: "Standard_D8s_v5",
        instances: 3,
        maxInstances: 5,
        concurrentCalls: 20,
        callsPerInstance: 30,
        media: HostMedia.Video,
        headroom: 0.5,
        scaleIn: ScaleIn.Protected,
      };
  }
}

it("machines that cannot become what is wanted are refused in the preview", async () => {
  const before = await newTestStack({ cloud, program: machines });
  await run(before.stack, "up");
  const module = fileURLToPath(new URL("./refused-scale-sets.ts", import.meta.url));
  const refusal = (exportName: string) =>
    failureInProcess(before, cloud, { module, exportName, operation: "preview" });
  expect(await refusal("machinesInOneZone")).toContain(
    'zones must stay 1, 2, 3, because the bot\'s public address cannot leave its zones (Azure Network), got "1".',
  );
  const text = await refusal("machinesElsewhere");
  expect(text).toContain(
    "subnetId must be a subnet of the network that the machines are in (Azure Virtual Machines)",
  );
  expect(text).toContain(
    'size must be one with Trusted Launch, with which the machines were made, and an image that can have it (Azure Virtual Machines), got "Standard_D4_v3".',
  );
  expect((await run(before.stack, "preview")).steps).toEqual([]);

  const { inputs } = await resourceOf(before.stack, "VirtualMachineScaleSet", "bot-scale-set");
  const { resourceGroupName, vmScaleSetName } = inputs;
  await machinesOf(cloud, String(resourceGroupName), String(vmScaleSetName)).resize(4);
  expect(await refusal("machines")).toContain(
    "instances must not ask for less than the 4 machines that ",
  );
  expect(await refusal("machinesToThree")).toMatch(
    /maxInstances must not ask for less than the 4 machines that (\S+) has, because an update takes them away with their calls \(this package\), got 3\. Set maxInstances to 4; or remove machines whose calls have ended until 3 are left, az vmss delete-instances --resource-group \S+ --name \1 --instance-ids <id>, and run again\./,
  );
  before.remove();
});

it("a managed identity as the bot keeps its roles and its bot when tags change", async () => {
  const msi = { bot: { type: BotType.UserAssignedMSI } };
  const bot = await running("msi", botArgs(appService(), msi));
  bot.change(botArgs(appService(), { ...msi, tags: { costCenter: "4711" } }));
  const { steps } = await run(bot.stack, "preview");
  expect(steps.filter((step) => !step.startsWith("update "))).toEqual([]);
});

it("a bot moves from one kind of host to another, and from region to region, in one run each", async () => {
  const bot = await running("moving_eu", botArgs(appService()));
  bot.change(botArgs(scaleSet(), { allowReplace: { host: "appService" } }));
  const { outputs } = await run(bot.stack, "up");
  expect(outputs["callingWebhook"]).toBe("https://bot.contoso.com/api/calling");
  bot.change(
    botArgs(scaleSet(), {
      resourceGroup: { location: "northeurope" },
      allowReplace: { location: "westeurope" },
    }),
  );
  await run(bot.stack, "up");
  // What is not said any more stays as it is.
  bot.change(botArgs(scaleSet()));
  expect((await run(bot.stack, "preview")).steps).toEqual([]);
  bot.change(botArgs(containerApp(), { allowReplace: { host: "scaleSet" } }));
  const moved = await run(bot.stack, "up");
  expect(moved.outputs["callingWebhook"]).toMatch(/\.azurecontainerapps\.io\/api\/calling$/);
  expect((await run(bot.stack, "up")).steps).toEqual([]);
  await run(bot.stack, "destroy");
  expect((await run(bot.stack, "destroy")).steps).toEqual([]);
});
