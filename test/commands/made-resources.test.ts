// What `doctor` takes a deployment to make is what the real engine's preview of the program says it makes: rights, providers and
// regions are judged by it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { CheckResult } from "../../commands/checks/run-checks.js";
import { doctor } from "../../commands/doctor/doctor.js";
import { DOCTOR_CHECKS } from "../../commands/doctor/doctor-checks.js";
import { madeResources } from "../../commands/doctor/made-resources.js";
import registerCallingBot from "../../index.js";
import { readStackConfig } from "../../rules/config.js";
import { asDeployer } from "../support/as-deployer.js";
import { existingVault } from "../support/existing-vault.js";
import type { TestCloud } from "../support/test-cloud.js";
import { newTestStack, startDeployableCloud } from "../support/test-stack.js";
import { surroundingsOf } from "./verify-under-test.js";

const DNS = "/subscriptions/10ca1000-0000-4000-8000-00000000000a/resourceGroups/certificates";
const ZONE = `${DNS}/providers/Microsoft.Network/dnsZones/contoso.com`;

let cloud: TestCloud;
let vault: string;

beforeAll(async () => {
  cloud = await startDeployableCloud();
  const made = await existingVault(cloud, "contoso-certificates");
  await made.importCertificate("bot-contoso-com", { names: ["bot.contoso.com"] });
  vault = made.id;
  await asDeployer(cloud).arm("PUT", ZONE, "2018-05-01", { location: "global" });
});
afterAll(() => cloud.remove());

const publisher = {
  name: "Contoso Ltd",
  privacyUrl: "https://contoso.com/privacy",
  termsUrl: "https://contoso.com/terms",
  contact: "mailto:bots@contoso.com",
};
const media = { capabilities: ["answerCalls", "accessMedia"], mediaRecording: "never" };
const machines = () => ({
  kind: "scaleSet",
  certificate: { vaultId: vault, secretName: "bot-contoso-com" },
  domain: "bot.contoso.com",
  dnsZoneId: ZONE,
  package: { url: "https://contoso.com/bot.zip", sha256: "a".repeat(64), command: "bot.exe" },
});

const CASES: readonly [string, () => Record<string, unknown>][] = [
  [
    "a bot that runs elsewhere, with a record, a secret in a vault and a sign-up page",
    () => ({
      host: {
        messagingEndpoint: "https://bot.contoso.com/api/messages",
        callingWebhook: "https://bot.contoso.com/api/calling",
        domain: "bot.contoso.com",
        dnsZoneId: ZONE,
        dnsTarget: "20.50.2.3",
      },
      credential: { kind: "secret", vaultId: vault },
      consent: { mode: "signUp", publisher },
    }),
  ],
  [
    "App Service with an image, a domain and a managed identity as the bot",
    () => ({
      host: {
        kind: "appService",
        image: "contoso.azurecr.io/bot:1",
        registryId: `${DNS}/providers/Microsoft.ContainerRegistry/registries/contoso`,
        domain: "bot.contoso.com",
        dnsZoneId: ZONE,
        certificate: { vaultId: vault, secretName: "bot-contoso-com" },
      },
      bot: { type: "UserAssignedMSI" },
      consent: { mode: "grant" },
    }),
  ],
  [
    "Container Apps with a domain, whose identity has its roles already",
    () => ({
      host: {
        kind: "containerApp",
        image: "ghcr.io/contoso/bot:1",
        domain: "bot.contoso.com",
        dnsZoneId: ZONE,
        grantRoles: false,
      },
    }),
  ],
  [
    "machines that grow and shrink",
    () => ({ host: { ...machines(), maxInstances: 5, scaleIn: "protected" }, ...media }),
  ],
  [
    "two hosts, while calls are handed over",
    () => ({
      host: { kind: "containerApp", image: "ghcr.io/contoso/bot:1" },
      otherHost: { kind: "appService", runtime: "NODE|22-lts", slot: "second" },
    }),
  ],
  [
    "machines of a fixed number, on what exists",
    () => ({
      host: { ...machines(), dnsZoneId: undefined, vaultId: vault },
      resourceGroup: { name: "certificates", existing: true },
      ...media,
    }),
  ],
];

it.each(CASES)("of %s", async (_, wish) => {
  const values = valuesOf(wish());
  const read = readStackConfig({
    project: "teams-calling-bot",
    values: { "azure-native:location": "westeurope", ...values },
    secretKeys: [],
  });
  if (read.config === undefined) throw new Error(JSON.stringify(read.issues));
  const foretold = madeResources(read.config).map(({ type }) => `azure-native:${type}`);
  expect([...new Set(foretold)].sort()).toEqual(await previewed(values));
});

it("is found again by doctor, which counts no machine twice", async () => {
  const values = valuesOf({ host: machines(), ...media });
  const { stack, workDir, remove } = await stackOf(values);
  await stack.up();
  cloud.quotas.setLimit("westeurope", "cores", 8);
  const program =
    'import { CallingBot } from "teams-calling-bot";\nnew CallingBot("bot", config);\n';
  writeFileSync(join(workDir, "index.ts"), program);
  const config = { "azure-native:location": "westeurope", ...values };
  writeFileSync(join(workDir, "Pulumi.test.yaml"), JSON.stringify({ config }));
  const skip = DOCTOR_CHECKS.map(({ id }) => id).filter((id) => !/^(quota|bot-name)$/.test(id));
  const { surroundings } = surroundingsOf({ ...process.env }, workDir);
  const { data } = await doctor(surroundings, { stack: "test", skip });
  const findings = Object(data)["results"].map(({ finding }: CheckResult) => finding);
  expect(findings).toEqual([
    expect.stringMatching(/^The bot teams-calling-bot-test-\w{6} is there already/),
    "The quotas for cores and public addresses are enough.",
  ]);
  await stack.destroy();
  remove();
});

function valuesOf(wish: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ capabilities: ["answerCalls"], ...wish }).map(([key, value]) => [
      `teams-calling-bot:${key}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

function stackOf(values: Readonly<Record<string, string>>) {
  const config = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value }]));
  return newTestStack({ cloud, program: registerCallingBot, config });
}

/** Types of Azure resources that a preview would make. */
async function previewed(values: Readonly<Record<string, string>>): Promise<string[]> {
  const { stack, remove } = await stackOf(values);
  const types = new Set<string>();
  await stack.preview({
    onEvent: ({ resourcePreEvent }) => {
      const { op, type = "" } = resourcePreEvent?.metadata ?? {};
      if (op === "create" && type.startsWith("azure-native:")) types.add(type);
    },
  });
  remove();
  return [...types].sort();
}
