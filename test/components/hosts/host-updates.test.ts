// What a change of a setting does to a host that runs, on the real engine.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  BotType,
  type CallingBotArgs,
  Capability,
  ConsentMode,
  type HostArgs,
  HostKind,
  ScaleIn,
} from "../../../components/index.js";
import { type BotStack, newBotStack } from "../../support/bot-stack.js";
import { existingVault } from "../../support/existing-vault.js";
import type { TestCloud } from "../../support/test-cloud.js";
import { run, startDeployableCloud } from "../../support/test-stack.js";

let cloud: TestCloud;
let certificateVault: string;
const made: BotStack[] = [];

beforeAll(async () => {
  cloud = await startDeployableCloud();
  const vault = await existingVault(cloud, "contoso-certificates");
  await vault.importCertificate("bot", { names: ["bot.contoso.com"] });
  certificateVault = vault.id;
});
afterAll(async () => {
  for (const { remove } of made) remove();
  await cloud.remove();
});

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

describe("a change of tags", () => {
  it.each<[string, () => CallingBotArgs]>([
    ["appService", () => botArgs(appService())],
    ["containerApp", () => botArgs(containerApp())],
    ["scaleSet", () => botArgs(scaleSet({ maxInstances: 4, scaleIn: ScaleIn.Protected }))],
    [
      "a managed identity as the bot",
      () => botArgs(appService(), { bot: { type: BotType.UserAssignedMSI } }),
    ],
  ])("replaces nothing, in preview and in fact: %s", async (kind, args) => {
    const bot = await running(kind.toLowerCase().replaceAll(" ", "-"), args());
    bot.change({ ...args(), tags: { costCenter: "4711" } });
    const planned = await run(bot.stack, "preview");
    expect(planned.steps).toContain("update UserAssignedIdentity bot-identity");
    expect(planned.steps.filter((step) => !step.startsWith("update "))).toEqual([]);
    const { steps } = await run(bot.stack, "up");
    expect(steps.filter((step) => !step.startsWith("update "))).toEqual([]);
    expect((await run(bot.stack, "preview")).steps).toEqual([]);
  });
});
