// How an update grows with the number of bots: this package against the same resources without it, and a preview against an empty
// program. Prints, and judges nothing.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as botservice from "@pulumi/azure-native/botservice/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import * as azuread from "@pulumi/azuread";
import { PulumiCommand, type PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { CallingBot, Capability, ConsentMode } from "../components/index.js";
import { openStack, runStack, type StackOperation } from "../scripts/stack-run.js";

const { sizes = [1] }: { sizes?: readonly number[] } = JSON.parse(process.argv[2] ?? "{}");

const SITE = "https://contoso.com";

/** By this package. */
function packaged(count: number): PulumiFn {
  return async () => {
    for (let index = 0; index < count; index++) {
      new CallingBot(`bot-${index}`, {
        host: {
          messagingEndpoint: `${SITE}/api/messages`,
          callingWebhook: `${SITE}/api/calling`,
        },
        displayName: `Contoso bot ${index}`,
        capabilities: [Capability.JoinMeetings],
        consent: { mode: ConsentMode.Url, redirectUrl: `${SITE}/consented` },
        bot: { name: `bench-packaged-${index}` },
        resourceGroup: { name: `bench-packaged-${index}` },
      });
    }
  };
}

/** The same resources by themselves. */
function plain(count: number): PulumiFn {
  return async () => {
    const { tenantId } = await azuread.getClientConfig();
    for (let index = 0; index < count; index++) {
      const group = new resources.ResourceGroup(`bot-${index}`, {
        resourceGroupName: `bench-plain-${index}`,
      });
      const application = new azuread.Application(`bot-${index}`, { displayName: `bot-${index}` });
      new azuread.ServicePrincipal(`bot-${index}`, { clientId: application.clientId });
      const bot = new botservice.Bot(`bot-${index}`, {
        resourceGroupName: group.name,
        resourceName: `bench-plain-${index}`,
        location: "global",
        kind: "azurebot",
        sku: { name: "F0" },
        properties: {
          displayName: `bot-${index}`,
          endpoint: `${SITE}/api/messages`,
          msaAppId: application.clientId,
          msaAppTenantId: tenantId,
          msaAppType: "SingleTenant",
        },
      });
      new botservice.Channel(`bot-${index}`, {
        resourceGroupName: group.name,
        resourceName: bot.name,
        channelName: "MsTeamsChannel",
        location: "global",
        properties: {
          channelName: "MsTeamsChannel",
          properties: {
            isEnabled: true,
            enableCalling: true,
            callingWebhook: `${SITE}/api/calling`,
            incomingCallRoute: "graphPma",
            deploymentEnvironment: "CommercialDeployment",
            acceptedTerms: true,
          },
        },
      });
    }
  };
}

const STEPS: readonly (readonly [string, StackOperation])[] = [
  ["preview", "preview"],
  ["up", "up"],
  ["no-op up", "up"],
  ["destroy", "destroy"],
];

for (const count of sizes) {
  const [ours, theirs, empty] = [
    await measured(`packaged-${count}`, packaged(count)),
    await measured(`plain-${count}`, plain(count)),
    await measured("empty", async () => {}),
  ];
  for (const [index, [step]] of STEPS.entries()) {
    const [a = 0, b = 0, c = 0] = [ours[index], theirs[index], empty[index]];
    const ratio = `${(a / b).toFixed(2)} of plain resources, ${(a / c).toFixed(2)} of an empty program`;
    process.stdout.write(`${count} bots, ${step}: ${a.toFixed(2)} s, ${ratio}\n`);
  }
  const megabytes = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`${count} bots: peak memory of the program ${megabytes.toFixed(0)} MB\n`);
}

async function measured(stackName: string, program: PulumiFn): Promise<number[]> {
  const workDir = mkdtempSync(join(tmpdir(), "bench-stack-"));
  writeFileSync(join(workDir, "Pulumi.yaml"), "name: teams-calling-bot\nruntime: nodejs\n");
  const engine = await PulumiCommand.get();
  try {
    const stack = await openStack({ stackName, workDir, program, engine, create: true });
    await stack.setConfig("azure-native:location", { value: "westeurope" });
    // The first run of this process loads the SDKs.
    await runStack(stack, { operation: "preview" });
    const seconds: number[] = [];
    for (const [, operation] of STEPS) {
      const began = performance.now();
      await runStack(stack, { operation });
      seconds.push((performance.now() - began) / 1000);
    }
    return seconds;
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
}
