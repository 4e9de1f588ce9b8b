// Every kind of host as a stack's `host.kind` chooses it, from configuration to outputs, on the real engine.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HostKind } from "../../../components/index.js";
import registerCallingBot from "../../../index.js";
import { SUBSCRIPTION_ID } from "../../../local-cloud/well-known.js";
import { parseOutputs } from "../../../rules/outputs.js";
import { projectRoot } from "../../../scripts/project-paths.js";
import { asDeployer } from "../../support/as-deployer.js";
import { existingVault } from "../../support/existing-vault.js";
import { resourceOf } from "../../support/stack-state.js";
import type { TestCloud } from "../../support/test-cloud.js";
import {
  newTestStack,
  run,
  startDeployableCloud,
  type TestStack,
} from "../../support/test-stack.js";

let cloud: TestCloud;
let certificateVault: string;
const made: TestStack[] = [];

beforeAll(async () => {
  cloud = await startDeployableCloud();
  const vault = await existingVault(cloud, "contoso-certificates");
  await vault.importCertificate("bot-contoso-com", { names: ["bot.contoso.com"] });
  certificateVault = vault.id;
});
afterAll(async () => {
  for (const { remove } of made) remove();
  await cloud.remove();
});

async function stackOf(stackName: string, host: object, more: Record<string, unknown> = {}) {
  const settings = { host, capabilities: ["answerCalls"], consent: { mode: "grant" }, ...more };
  const config = Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      `teams-calling-bot:${key}`,
      { value: typeof value === "string" ? value : JSON.stringify(value) },
    ]),
  );
  const testStack = await newTestStack({
    cloud,
    stackName,
    program: registerCallingBot,
    config,
  });
  made.push(testStack);
  return testStack;
}

/** Resources that every registration of one app role has. */
const REGISTRATION =
  / (?:ResourceGroup|Application|ServicePrincipal|AppRoleAssignment|Bot|Channel) /;

/** How many the page says are made for this column of its table. */
function documented(column: number): string | undefined {
  const page = readFileSync(join(projectRoot, "docs", "hosts.md"), "utf8");
  const row = page.split("\n").find((line) => line.startsWith("| what is made besides"));
  return row?.split("|")[column]?.trim();
}

function hostResources(steps: readonly string[]): string {
  return `${steps.filter((step) => !REGISTRATION.test(step)).length} resources`;
}

describe("host.kind", () => {
  it("containerApp runs a bot whose application trusts the app's identity", async () => {
    const image = "ghcr.io/contoso/bot:1.4.2";
    const host = { kind: HostKind.ContainerApp, image };
    const withSecret = { ...host, secretSettings: { Store__Key: "StoreKey" } };
    const { stack, stateText } = await stackOf("container", withSecret);
    expect((await run(stack, "preview")).text).toMatch(
      /The vault [a-z0-9-]+ is made by this run and is empty\. Put StoreKey into it from one of host\.allowedAddresses and run again/,
    );
    await stack.setConfig("teams-calling-bot:host", { value: JSON.stringify(host) });
    const up = await run(stack, "up");
    const { outputs } = parseOutputs(up.outputs);
    expect(hostResources(up.steps)).toBe(documented(4));
    expect(outputs).toMatchObject({
      credential: "federated",
      federated: [
        {
          name: "managed-identity",
          issuer: expect.stringMatching(/\/v2\.0$/),
          subject: expect.stringMatching(/^[0-9a-f-]{36}$/),
          audience: "api://AzureADTokenExchange",
        },
      ],
      host: { kind: "containerApp", identityClientId: expect.any(String) },
    });
    expect(outputs?.callingWebhook).toMatch(/\.westeurope\.azurecontainerapps\.io\/api\/calling$/);
    expect((await run(stack, "up")).steps).toEqual([]);

    // The vault is there now, and whoever deploys fills it.
    const { vaultName, resourceGroupName } = (await resourceOf(stack, "Vault", "bot-vault")).inputs;
    const group = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/${resourceGroupName}`;
    const secret = `${group}/providers/Microsoft.KeyVault/vaults/${vaultName}/secrets/StoreKey`;
    await asDeployer(cloud).arm("PUT", secret, "2024-11-01", {
      properties: { value: "never-in-plain-text" },
    });
    await stack.setConfig("teams-calling-bot:host", { value: JSON.stringify(withSecret) });
    const filled = await run(stack, "up");
    expect(filled.steps).toEqual(["update ContainerApp bot-app"]);
    const { configuration, template } = (await resourceOf(stack, "ContainerApp", "bot-app")).inputs;
    expect(configuration).toMatchObject({
      secrets: [{ name: "storekey", keyVaultUrl: expect.stringMatching(/\/secrets\/StoreKey$/) }],
    });
    expect(JSON.stringify(template)).toContain('{"name":"Store__Key","secretRef":"storekey"}');
    expect(stateText()).not.toContain("never-in-plain-text");
    await run(stack, "destroy");
    expect((await run(stack, "destroy")).steps).toEqual([]);
  });

  it("scaleSet runs a bot that hears calls, behind a certificate that was there before", async () => {
    const host = {
      kind: HostKind.ScaleSet,
      domain: "bot.contoso.com",
      certificate: { vaultId: certificateVault, secretName: "bot-contoso-com" },
      package: {
        url: "https://contoso.blob.core.windows.net/builds/bot-1.4.2.zip",
        sha256: "0123456789abcdef".repeat(4),
        command: "EchoBot.exe",
      },
    };
    const media = { capabilities: ["answerCalls", "accessMedia"], mediaRecording: "never" };
    const { stack, stateText } = await stackOf("machines", host, media);
    const up = await run(stack, "up");
    const { outputs } = parseOutputs(up.outputs);
    expect(hostResources(up.steps)).toBe(documented(5));
    expect(outputs?.host).toMatchObject({
      kind: "scaleSet",
      media: { hostName: "bot.contoso.com", firstPort: 6000, instances: 2 },
    });
    expect(outputs?.callingWebhook).toBe("https://bot.contoso.com/api/calling");
    expect((await run(stack, "up")).steps).toEqual([]);
    expect(stateText()).not.toContain("ApplicationPassword");
    await run(stack, "destroy");
    expect((await run(stack, "destroy")).steps).toEqual([]);
  });

  it("with a managed identity as the bot runs the process as that identity (no replies: type, tenant and identity go together; roles missing for hours)", async () => {
    const runtime = "NODE|22-lts";
    const bot = { type: "UserAssignedMSI" };
    const { stack } = await stackOf("msi", { kind: HostKind.AppService, runtime }, { bot });
    const { steps, outputs: raw } = await run(stack, "up");
    const { outputs } = parseOutputs(raw);
    expect(outputs?.host?.identityClientId).toBe(outputs?.appId);
    expect(steps.filter((step) => step.includes("UserAssignedIdentity"))).toEqual([
      "create UserAssignedIdentity bot-identity",
    ]);
    const registered = await resourceOf(stack, "Bot", "bot");
    const { outputs: identity } = await resourceOf(stack, "UserAssignedIdentity", "bot-identity");
    const tenant = outputs?.tenantId;
    expect(registered.inputs["properties"]).toMatchObject({
      msaAppType: "UserAssignedMSI",
      msaAppTenantId: tenant,
      msaAppMSIResourceId: expect.stringMatching(/\/userAssignedIdentities\//),
      msaAppId: identity["clientId"],
    });
    const told = await resourceOf(stack, "WebAppApplicationSettings", "bot-settings");
    expect(told.inputs["properties"]).toMatchObject({
      MicrosoftAppType: "UserAssignedMSI",
      MicrosoftAppTenantId: tenant,
      MicrosoftAppId: identity["clientId"],
    });
    expect(outputs?.todo.join("\n")).toContain(
      "Allow about 24 hours after each change of app roles",
    );
    expect((await run(stack, "up")).steps).toEqual([]);
    await run(stack, "destroy");
  });

  it("with something wrong says all of it, and nothing is made", async () => {
    const host = { kind: HostKind.ScaleSet, size: "Standard_B2s", priority: "Spot" };
    const { stack } = await stackOf("wrong", host);
    const text = await run(stack, "preview").then(
      () => "succeeded",
      (error: unknown) => String(error),
    );
    for (const path of ["host.size", "host.priority", "host.certificate", "host.package"]) {
      expect(text).toContain(`${path} must`);
    }
  });
});
