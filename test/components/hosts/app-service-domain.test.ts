// A bot on App Service at a domain of its own, on the real engine: records, certificate from a vault, and the binding of both.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type CallingBotArgs,
  Capability,
  ConsentMode,
  type HostArgs,
  HostKind,
} from "../../../components/index.js";
import { APP_SERVICE_PRINCIPAL_ID, SUBSCRIPTION_ID } from "../../../local-cloud/well-known.js";
import { parseOutputs } from "../../../rules/outputs.js";
import { asDeployer } from "../../support/as-deployer.js";
import { type BotStack, newBotStack } from "../../support/bot-stack.js";
import { type ExistingVault, existingVault } from "../../support/existing-vault.js";
import { resourceOf } from "../../support/stack-state.js";
import type { TestCloud } from "../../support/test-cloud.js";
import { failureOf, run, startDeployableCloud } from "../../support/test-stack.js";

const GROUP = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/dns`;
const ZONE = `${GROUP}/providers/Microsoft.Network/dnsZones/contoso.com`;
/** Named after the vault and App Service, as both hosts of a bot share it. */
const READER = "bot-certificate-reader-875f3479";

let cloud: TestCloud;
let vault: ExistingVault;
let bot: BotStack;

beforeAll(async () => {
  cloud = await startDeployableCloud();
  vault = await existingVault(cloud, "contoso-certificates");
  await vault.importCertificate("bot", {
    names: ["bot.contoso.com", "calls.contoso.com", "bot.fabrikam.com"],
  });
  const { arm } = asDeployer(cloud);
  await arm("PUT", GROUP, "2024-03-01", { location: "westeurope" });
  await arm("PUT", ZONE, "2018-05-01", { location: "global" });
  bot = await newBotStack(cloud, "domain", botArgs({ domain: "bot.contoso.com" }));
});
afterAll(async () => {
  bot.remove();
  await cloud.remove();
});

/** The records of the domain are made in the zone that it lies in. */
function botArgs(host: Partial<HostArgs>): CallingBotArgs {
  const zone = host.domain?.endsWith(".contoso.com") ? { dnsZoneId: ZONE } : {};
  const at = { ...zone, certificate: { vaultId: vault.id, secretName: "bot" } };
  return {
    host: {
      kind: HostKind.AppService,
      runtime: "NODE|22-lts",
      ...(host.domain === undefined ? {} : at),
      ...host,
    },
    capabilities: [Capability.AnswerCalls],
    consent: { mode: ConsentMode.Grant },
  };
}

describe("a bot on App Service at a domain of its own", () => {
  it("has records, a certificate from the vault and a binding, in one run", async () => {
    const first = await run(bot.stack, "up");
    expect(first.steps.filter((step) => /domain|certificate/.test(step)).sort()).toEqual([
      "create Certificate bot-certificate",
      "create RecordSet bot-domain",
      "create RecordSet bot-domain-proof",
      `create RoleAssignment ${READER}`,
      "create WebAppHostNameBinding bot-domain-binding",
    ]);
    const { outputs } = parseOutputs(first.outputs);
    expect(outputs?.messagingEndpoint).toBe("https://bot.contoso.com/api/messages");
    expect(outputs?.callingWebhook).toBe("https://bot.contoso.com/api/calling");

    const { stack } = bot;
    const certificate = await resourceOf(stack, "Certificate", "bot-certificate");
    expect(certificate.inputs).toMatchObject({ keyVaultId: vault.id, keyVaultSecretName: "bot" });
    const binding = await resourceOf(stack, "WebAppHostNameBinding", "bot-domain-binding");
    expect(binding.inputs).toMatchObject({
      hostName: "bot.contoso.com",
      sslState: "SniEnabled",
      thumbprint: certificate.outputs["thumbprint"],
    });
    const reader = await resourceOf(stack, "RoleAssignment", READER);
    expect(reader.inputs).toMatchObject({
      principalId: APP_SERVICE_PRINCIPAL_ID,
      scope: vault.id,
    });
    const settings = await resourceOf(stack, "WebAppApplicationSettings", "bot-settings");
    expect(settings.inputs["properties"]).toMatchObject({
      Bot__BotBaseUrl: "https://bot.contoso.com",
    });

    expect((await run(stack, "up")).steps).toEqual([]);
    // The site has another host name than it was made with, which is the binding's affair.
    expect((await run(stack, "refresh")).steps).toEqual(["update WebApp bot-site"]);
    expect((await run(stack, "up")).steps).toEqual([]);
  });

  it("shares the vault with another stack, which leaves the right to read it alone", async () => {
    const { certificate } = botArgs({ domain: "calls.contoso.com" }).host;
    if (certificate === undefined) throw new Error("a bot with a domain has a certificate");
    const host = {
      domain: "calls.contoso.com",
      certificate: { ...certificate, grantAccess: false },
    };
    const other = await newBotStack(cloud, "sharing", botArgs(host));
    const { steps } = await run(other.stack, "up");
    expect(steps).toContain("create WebAppHostNameBinding bot-domain-binding");
    expect(steps).not.toContain(`create RoleAssignment ${READER}`);
    await run(other.stack, "destroy");
    other.remove();
  });

  it("moves to another name of the same certificate without making the site anew", async () => {
    bot.change(botArgs({ domain: "calls.contoso.com" }));
    const { steps } = await run(bot.stack, "up");
    expect(steps.filter((step) => step.startsWith("replace ")).sort()).toEqual([
      "replace RecordSet bot-domain",
      "replace RecordSet bot-domain-proof",
      "replace WebAppHostNameBinding bot-domain-binding",
    ]);
    expect(steps.filter((step) => step.startsWith("update ")).sort()).toEqual([
      "update Bot bot",
      "update Channel bot-teams",
      "update WebAppApplicationSettings bot-settings",
    ]);
  });

  it("at a name of somebody else's zone is told which records it needs, and served when they are there", async () => {
    const { stack } = bot;
    bot.change(botArgs({ domain: "bot.fabrikam.com" }));
    const said =
      /CNAME bot\.fabrikam\.com -> (\S+\.azurewebsites\.net), TXT asuid\.bot\.fabrikam\.com -> ([0-9A-F]{64})\./;
    const failure = await failureOf(stack, "up");
    const [, alias = "", id = ""] = said.exec(failure) ?? [];
    expect(failure).toContain("bot-domain-binding");
    const certificate = await resourceOf(stack, "Certificate", "bot-certificate");
    expect(certificate.inputs["keyVaultSecretName"]).toBe("bot");
    cloud.outsideRecords.set([
      { name: "bot.fabrikam.com", type: "CNAME", value: alias },
      { name: "asuid.bot.fabrikam.com", type: "TXT", value: id },
    ]);
    const { steps, outputs } = await run(stack, "up");
    expect(outputs["callingWebhook"]).toBe("https://bot.fabrikam.com/api/calling");
    expect(steps).toContain("create-replacement WebAppHostNameBinding bot-domain-binding");
    expect(steps.join()).not.toContain("create RecordSet ");
    expect((await run(stack, "up")).steps).toEqual([]);
    bot.change(botArgs({ domain: "calls.contoso.com" }));
    await run(stack, "up");
  });

  it("goes back to the name that Azure gave, and leaves nothing in zone and vault", async () => {
    bot.change(botArgs({}));
    const { steps, outputs } = await run(bot.stack, "up");
    expect(steps.filter((step) => step.startsWith("delete ")).sort()).toEqual([
      "delete Certificate bot-certificate",
      "delete RecordSet bot-domain",
      "delete RecordSet bot-domain-proof",
      `delete RoleAssignment ${READER}`,
      "delete WebAppHostNameBinding bot-domain-binding",
    ]);
    expect(outputs["messagingEndpoint"]).toMatch(/^https:\/\/.*\.azurewebsites\.net\//);
    bot.change(botArgs({ domain: "bot.contoso.com" }));
    await run(bot.stack, "up");
    await run(bot.stack, "destroy");
    expect((await run(bot.stack, "destroy")).steps).toEqual([]);
  });
});
