// The stacks whose runs are killed: those of this project, and one for every kind of host and for the sign-up page, so that
// every type of resource that the package makes is among them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { LocalCloudAddress } from "../../local-cloud/index.js";
import { SUBSCRIPTION_ID, TENANT_ID } from "../../local-cloud/well-known.js";
import { projectRoot } from "../../scripts/project-paths.js";
import { cloudAccess, graphClientOf } from "../../scripts/read-back.js";
import { asDeployer } from "../support/as-deployer.js";
import { existingVault } from "../support/existing-vault.js";
import { testCertificate } from "../support/test-certificates.js";

/** What is below `config:` in a stack's file. */
export type StackConfig = Readonly<Record<string, unknown>>;

const PUBLISHER = {
  name: "Contoso Meetings Ltd",
  privacyUrl: "https://contoso.com/privacy",
  termsUrl: "https://contoso.com/terms",
  contact: "mailto:teams-bot@contoso.com",
};

/** The certificate that a scale set takes for granted; made before the first run. */
export const CERTIFICATE = { vault: "crash-certificates", name: "bot-contoso-com" };
/** Host name that it is for. */
export const DOMAIN = "bot.contoso.com";

/** The configuration of every stack by its name. @param certificateVaultId of {@link CERTIFICATE} */
export function crashStacks(certificateVaultId: string): Readonly<Record<string, StackConfig>> {
  return {
    local: ownStack("local"),
    dev: ownStack("dev"),
    prod: ownStack("prod"),
    "sign-up": botOn(
      {
        kind: "existing",
        messagingEndpoint: "https://contoso.com/api/messages",
        callingWebhook: "https://contoso.com/teamsapp/api/calling",
      },
      { consent: { mode: "signUp", publisher: PUBLISHER } },
    ),
    "app-service": botOn({ kind: "appService", runtime: "NODE|22-lts" }),
    "container-app": botOn({
      kind: "containerApp",
      image: "mcr.microsoft.com/dotnet/samples:aspnetapp-8.0",
    }),
    "scale-set": botOn(
      {
        kind: "scaleSet",
        domain: DOMAIN,
        certificate: { vaultId: certificateVaultId, secretName: CERTIFICATE.name },
        package: {
          url: "https://contoso.blob.core.windows.net/builds/bot.zip",
          sha256: "0123456789abcdef".repeat(4),
          command: "EchoBot.exe",
        },
      },
      { capabilities: ["answerCalls", "accessMedia"], mediaRecording: "never" },
    ),
  };
}

/** Stacks whose run is not the first thing that happens to the bot: how what is there before comes about. */
export interface Life {
  /** Makes what no stack has made, and returns the configuration of the first run that is killed. */
  before(address: LocalCloudAddress): Promise<StackConfig>;
  /** Is deployed, undisturbed, before. @default nothing */
  first?(address: LocalCloudAddress): Promise<StackConfig>;
}

const EXISTING_HOST = {
  kind: "existing",
  messagingEndpoint: "https://contoso.com/api/messages",
  callingWebhook: "https://contoso.com/teamsapp/api/calling",
};

function rotating(vaultId: string, generation: number): StackConfig {
  return botOn(EXISTING_HOST, { credential: { kind: "secret", vaultId, generation } });
}

const SECRETS_VAULT = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/certificates/providers/Microsoft.KeyVault/vaults/crash-secrets`;

const certificates = Promise.all(
  [100, 200].map(async (days) => {
    const notAfter = new Date(Date.now() + days * 86_400_000);
    const { pem } = await testCertificate({ selfSigned: true, notAfter });
    return pem.slice(pem.indexOf("-----BEGIN CERTIFICATE-----"));
  }),
);

async function renewing(generation: number): Promise<StackConfig> {
  const [old = "", renewed = ""] = await certificates;
  const more = generation === 0 ? {} : { previousCertificate: old };
  const certificate = generation === 0 ? old : renewed;
  return botOn(EXISTING_HOST, {
    credential: { kind: "certificate", generation, certificate, ...more },
  });
}

export const LIVES: Readonly<Record<string, Life>> = {
  adopted: { before: async (address) => botOn(EXISTING_HOST, await adoption(address)) },
  "secret-renewed": {
    first: async (address) => rotating((await existingVault(address, "crash-secrets")).id, 1),
    before: async () => rotating(SECRETS_VAULT, 2),
  },
  "certificate-renewed": { first: () => renewing(0), before: () => renewing(1) },
};

/** A bot without a channel, and an application without service principal and with one reply URL, as a person has made them. */
async function adoption(address: LocalCloudAddress): Promise<Readonly<Record<string, unknown>>> {
  const { arm } = asDeployer(address);
  const graph = graphClientOf(cloudAccess(address.environment()));
  const replyUrl = "https://contoso.com/old";
  const { id, appId } = z.object({ id: z.string(), appId: z.string() }).parse(
    await graph.api("/applications").post({
      displayName: "Old bot",
      web: { redirectUris: [replyUrl] },
    }),
  );
  const group = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/old`;
  const bot = `${group}/providers/Microsoft.BotService/botServices/old-bot`;
  await arm("PUT", group, "2024-03-01", { location: "westeurope" });
  await arm("PUT", bot, "2022-09-15", {
    location: "global",
    kind: "azurebot",
    sku: { name: "F0" },
    properties: {
      displayName: "Old bot",
      endpoint: "https://contoso.com/old/messages",
      msaAppType: "SingleTenant",
      msaAppTenantId: TENANT_ID,
      msaAppId: appId,
    },
  });
  return {
    resourceGroup: { name: "old", existing: true },
    adopt: {
      bot,
      application: `/applications/${id}`,
      found: { replyUrls: [replyUrl], permissions: [], tags: [] },
    },
  };
}

function ownStack(name: string): StackConfig {
  const text = readFileSync(join(projectRoot, "stacks", `Pulumi.${name}.yaml`), "utf8");
  const { config } = parse(text) as { config: StackConfig };
  return config;
}

function botOn(host: object, more: Readonly<Record<string, unknown>> = {}): StackConfig {
  const settings = {
    host,
    capabilities: ["answerCalls"],
    consent: { mode: "grant" },
    ...more,
  };
  const entries = Object.entries(settings).map(([key, value]) => [
    `teams-calling-bot:${key}`,
    value,
  ]);
  return { "azure-native:location": "westeurope", ...Object.fromEntries(entries) };
}
