// `teams-calling-bot doctor` against the local cloud: a project of its own, deployed by nobody, and a cloud made unfit for it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { CheckResult } from "../../commands/checks/run-checks.js";
import { OLDEST_PACKAGES } from "../../commands/doctor/checks/packages.js";
import { type DoctorMachine, type DoctorOptions, doctor } from "../../commands/doctor/doctor.js";
import { DOCTOR_CHECKS } from "../../commands/doctor/doctor-checks.js";
import type { Network } from "../../commands/probe/network.js";
import {
  DEPLOYER,
  DEPLOYER_WITHOUT_DIRECTORY_RIGHTS,
  SUBSCRIPTION_ID,
  TENANT_ID,
} from "../../local-cloud/well-known.js";
import { vaultBody } from "../local-cloud/arm/arm-under-test.js";
import { testCertificate } from "../support/test-certificates.js";
import { startVerify, surroundingsOf, type VerifyUnderTest } from "./verify-under-test.js";

const GROUP = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/rg-bots`;
const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/contoso-kv`;
const ZONE = `${GROUP}/providers/Microsoft.Network/dnsZones/contoso.com`;

let test: VerifyUnderTest;
let folder: string;
const before = { ...process.env };

const network: Network = {
  addresses: async () => [{ address: "20.50.2.3", family: 4 }],
  nameServers: async () => ["ns.elsewhere.com"],
  dial: (host, port) => ({ host, port }),
};
const machine: DoctorMachine = {
  network,
  installed: {
    engine: async () => "3.259.0",
    plugins: async () => [
      { name: "azure-native", version: OLDEST_PACKAGES["@pulumi/azure-native"] },
      { name: "azuread", version: OLDEST_PACKAGES["@pulumi/azuread"] },
    ],
    packageVersion: (name) => OLDEST_PACKAGES[name],
  },
};

beforeAll(async () => {
  test = await startVerify();
  Object.assign(process.env, test.cloud.environment());
  folder = mkdtempSync(join(tmpdir(), "doctor-"));
  mkdirSync(join(folder, "stacks"));
  const project = "name: teams-calling-bot\nruntime: nodejs\nstackConfigDir: stacks\n";
  writeFileSync(join(folder, "Pulumi.yaml"), project);
  program('export default () => new CallingBot("bot", config);');
});
afterEach(() => test.cloud.faults.clear());
afterAll(async () => {
  process.env = before;
  await test.cloud.remove();
  rmSync(folder, { recursive: true, force: true });
});

const EXISTING = `
config:
  azure-native:location: westeurope
  teams-calling-bot:host:
    messagingEndpoint: https://bot.contoso.com/api/messages
    callingWebhook: https://bot.contoso.com/api/calling
  teams-calling-bot:capabilities: [answerCalls]
`;

const APP_SERVICE = `  teams-calling-bot:host: { kind: appService, runtime: "NODE|22-lts" }\n`;

const TEAMS_APP = `
  teams-calling-bot:app:
    name: { short: Contoso bot }
    description: { short: Answers calls. }
    developer:
      name: Contoso
      websiteUrl: https://contoso.com
      privacyUrl: https://contoso.com/privacy
      termsOfUseUrl: https://contoso.com/terms
    resourceSpecificPermissions: [Calls.JoinGroupCalls.Chat]
`;

/** The program that `pulumi up` would run. */
function program(text: string): void {
  writeFileSync(join(folder, "index.ts"), text);
}

function stackFile(name: string, yaml: string): void {
  writeFileSync(join(folder, "stacks", `Pulumi.${name}.yaml`), yaml);
}

async function examined(options: DoctorOptions, on: DoctorMachine = machine) {
  const { surroundings } = surroundingsOf({ ...process.env }, folder);
  const report = await doctor(surroundings, options, on);
  const results = (report.data?.["results"] ?? []) as CheckResult[];
  const statuses = Object.fromEntries(results.map(({ id, status }) => [id, status]));
  const textOf = (id: string) => {
    const found = results.find((result) => result.id === id);
    return `${found?.finding} ${found?.advice}`;
  };
  return { report, statuses, textOf };
}

const rest = (statuses: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(statuses).filter(([, status]) => status !== "pass"));

/** Of a bot that runs elsewhere. */
const ELSEWHERE = { quota: "skip", "dns-zone": "skip", certificate: "skip" };
const NO_HOST = { ...ELSEWHERE, "credential-policy": "skip" };

describe("doctor", () => {
  it("passes where a stack can be deployed, and changes nothing", async () => {
    stackFile("dev", EXISTING);
    const from = test.cloud.requests.all().length;
    const { report, statuses } = await examined({ stack: "dev" });
    expect(statuses).toEqual({
      ...NO_HOST,
      "stack-files": "pass",
      engine: "pass",
      packages: "pass",
      plugins: "pass",
      tenant: "pass",
      cloud: "pass",
      subscription: "pass",
      "directory-rights": "pass",
      "user-consent": "pass",
      "subscription-rights": "pass",
      "resource-providers": "pass",
      "bot-name": "pass",
      region: "pass",
      "reply-url-names": "pass",
    });
    expect(report.exitCode).toBe(0);
    const asked = test.cloud.requests.all().slice(from);
    const writing = asked.filter(({ method, service }) => method !== "GET" && service !== "login");
    expect(writing.map(({ path }) => path.split("?")[0])).toEqual([
      "/providers/Microsoft.BotService/checkNameAvailability",
    ]);
  });

  it("needs no stack for what is the same for all, and asks for one otherwise", async () => {
    stackFile("dev", EXISTING);
    stackFile("broken", "config:\n  teams-calling-bot:capabilities: [fly]\n");
    const { statuses, textOf } = await examined({});
    // Each of the others says that it needs one.
    expect(rest(statuses)).toEqual({
      "stack-files": "fail",
      cloud: "skip",
      "directory-rights": "skip",
      "credential-policy": "skip",
      "user-consent": "skip",
      "subscription-rights": "skip",
      "resource-providers": "skip",
      "bot-name": "skip",
      region: "skip",
      quota: "skip",
      "reply-url-names": "skip",
      "dns-zone": "skip",
      certificate: "skip",
    });
    expect(textOf("stack-files")).toMatch(/stacks\/Pulumi\.broken\.yaml: /);
    rmSync(join(folder, "stacks", "Pulumi.broken.yaml"));
    const misspelt = await examined({ stack: "dve" });
    expect([misspelt.report.exitCode, misspelt.report.issues[0]?.fix]).toEqual([
      2,
      "Choose one of dev.",
    ]);
  });

  it("finds a name that is taken and a region that is not there", async () => {
    const bot = await test.register();
    stackFile(
      "dev",
      `${EXISTING.replace("westeurope", "westeurpe")}  teams-calling-bot:bot: { name: ${bot.botName} }\n`,
    );
    const { statuses, textOf } = await examined({ stack: "dev" });
    expect(rest(statuses)).toEqual({ ...NO_HOST, "bot-name": "fail", region: "fail" });
    expect(textOf("region")).toContain("Write westeurope");
    stackFile(
      "dev",
      `${EXISTING}  teams-calling-bot:bot: { name: ${bot.botName} }\n  teams-calling-bot:resourceGroup: { name: rg-bots, existing: true }\n`,
    );
    expect((await examined({ stack: "dev" })).statuses["bot-name"]).toBe("pass");
  });

  it("asks for the name that the program gives, and for none where the program does not show it", async () => {
    stackFile("dev", EXISTING);
    const named = await examined({ stack: "dev" });
    program('const second = new CallingBot("second", config);');
    const other = await examined({ stack: "dev" });
    expect(named.textOf("bot-name")).toMatch(/bot name teams-calling-bot-dev-[0-9a-f]{6} is free/);
    expect(other.statuses["bot-name"]).toBe("pass");
    expect(other.textOf("bot-name")).not.toBe(named.textOf("bot-name"));
    program("for (const name of names) new CallingBot(name, config);");
    const unknown = await examined({ stack: "dev" });
    expect(unknown.statuses["bot-name"]).toBe("skip");
    expect(unknown.report.exitCode).toBe(0);
    program(
      '// new CallingBot("old", config)\nexport default () => new CallingBot("bot", config);',
    );
    expect((await examined({ stack: "dev" })).textOf("bot-name")).toBe(named.textOf("bot-name"));
  });

  it("judges the rights of whoever is signed in", async () => {
    stackFile("dev", `${EXISTING}  teams-calling-bot:consent: { mode: grant }\n`);
    const { AZURE_CLIENT_ID: id, AZURE_CLIENT_SECRET: secret } = process.env;
    process.env["AZURE_CLIENT_ID"] = DEPLOYER_WITHOUT_DIRECTORY_RIGHTS.appId;
    process.env["AZURE_CLIENT_SECRET"] = test.cloud.deployerWithoutDirectoryRightsSecret;
    const { statuses } = await examined({ stack: "dev" });
    process.env["AZURE_CLIENT_SECRET"] = "wrong";
    const nobody = await examined({ stack: "dev" });
    process.env["AZURE_CLIENT_ID"] = id;
    process.env["AZURE_CLIENT_SECRET"] = secret;
    expect(statuses["directory-rights"]).toBe("fail");
    expect(statuses["subscription-rights"]).toBe("pass");
    expect(nobody.statuses).toMatchObject({ tenant: "skip", subscription: "skip", engine: "pass" });
    expect(nobody.report.exitCode).toBe(2);
  });

  it("finds another tenant, a subscription that nobody sees, and what nobody registered", async () => {
    const nobody = "10ca1000-0000-4000-8000-0000000000ff";
    stackFile(
      "dev",
      EXISTING.replace("config:\n", `config:\n  azure-native:tenantId: ${nobody}\n`),
    );
    const elsewhere = await examined({ stack: "dev" });
    expect(elsewhere.statuses["tenant"]).toBe("fail");
    expect(elsewhere.textOf("tenant")).toContain("7505");
    stackFile(
      "dev",
      EXISTING.replace("config:\n", `config:\n  azure-native:subscriptionId: ${nobody}\n`),
    );
    expect((await examined({ stack: "dev" })).statuses["subscription"]).toBe("fail");
    const insights = `/subscriptions/${SUBSCRIPTION_ID}/providers/Microsoft.Insights`;
    await test.arm("POST", `${insights}/unregister`);
    stackFile("dev", EXISTING.replace(/ {2}teams-calling-bot:host:\n.*\n.*\n/, APP_SERVICE));
    const { statuses } = await examined({ stack: "dev" });
    await test.arm("POST", `${insights}/register`);
    expect(statuses["resource-providers"]).toBe("fail");
  });

  it("finds a Teams app that nobody may add to a chat", async () => {
    stackFile("dev", `${EXISTING}${TEAMS_APP}`);
    expect((await examined({ stack: "dev" })).statuses["user-consent"]).toBe("pass");
    test.cloud.policies.set(TENANT_ID, {
      authorizationPolicy: { permissionGrantPoliciesAssigned: [] },
    });
    const { statuses, textOf } = await examined({ stack: "dev" });
    test.cloud.policies.set(TENANT_ID, {});
    expect(statuses["user-consent"]).toBe("warn");
    expect(textOf("user-consent")).toContain("Calls.JoinGroupCalls.Chat");
  });

  it("says what it cannot read, and ends", async () => {
    stackFile("dev", EXISTING);
    test.cloud.faults.add({ kind: "throttle", retryAfterSeconds: 3600, service: "arm", skip: 0 });
    const { report, statuses } = await examined({ stack: "dev" });
    expect(statuses).toMatchObject({ subscription: "skip", "bot-name": "skip", tenant: "pass" });
    expect(report.exitCode).toBe(2);
    const lost = async () => {
      throw Object.assign(new Error("lost"), { code: "ENOTFOUND" });
    };
    const on = { ...machine, network: { ...network, addresses: lost } };
    expect((await examined({ stack: "dev" }, on)).statuses["reply-url-names"]).toBe("warn");
  });

  it("finds what the tenant's policies forbid, and leaves it out where it may not read them", async () => {
    stackFile("dev", `${EXISTING}  teams-calling-bot:credential: { kind: secret }\n`);
    expect(rest((await examined({ stack: "dev" })).statuses)).toEqual(ELSEWHERE);
    const restriction = { restrictionType: "passwordLifetime", maxLifetime: "P180D" };
    const applicationRestrictions = { passwordCredentials: [restriction] };
    test.cloud.policies.set(TENANT_ID, {
      defaultAppManagementPolicy: { isEnabled: true, applicationRestrictions },
      appManagementPolicies: [{ id: "aaaaaaaa-0000-4000-8000-0000000000f1", displayName: "Bots" }],
    });
    const { statuses, textOf } = await examined({ stack: "dev" });
    expect(statuses["credential-policy"]).toBe("fail");
    expect(textOf("credential-policy")).toMatch(
      /CredentialInvalidLifetimeAsPerAppPolicy\. Set credential\.endDate to \d{4}-\d\d-\d\dT00:00:00Z.*\(there are: Bots\)/,
    );
    test.cloud.policies.set(TENANT_ID, {});
    const bot = await test.newBot({
      displayName: "Deployed",
      more: { tags: ["pulumi-project:teams-calling-bot", "pulumi-stack:dev", "pulumi-name:bot"] },
    });
    const id = "aaaaaaaa-0000-4000-8000-0000000000f1";
    const withOwn = (restrictions: typeof applicationRestrictions) =>
      test.cloud.policies.set(TENANT_ID, {
        defaultAppManagementPolicy: { isEnabled: true, applicationRestrictions },
        appManagementPolicies: [
          { id, displayName: "Bots", appliesTo: [bot.objectId], restrictions },
        ],
      });
    withOwn({ passwordCredentials: [] });
    expect((await examined({ stack: "dev" })).textOf("credential-policy")).toMatch(
      /policy Bots, which is assigned to the application, allows/,
    );
    withOwn({
      passwordCredentials: [{ restrictionType: "passwordLifetime", maxLifetime: "P30D" }],
    });
    expect((await examined({ stack: "dev" })).textOf("credential-policy")).toMatch(
      /policy Bots, which .* ends client secrets after P30D/,
    );
    test.cloud.policies.set(TENANT_ID, {});
    const forbidden = { kind: "fail", status: 403, service: "graph", skip: 0 } as const;
    test.cloud.faults.add({ ...forbidden, path: "/policies/" });
    const blind = await examined({ stack: "dev" });
    expect(rest(blind.statuses)).toEqual({
      ...ELSEWHERE,
      "credential-policy": "skip",
      "user-consent": "skip",
    });
    expect(blind.textOf("user-consent")).toContain("Policy.Read.All");
    expect(blind.report.exitCode).toBe(0);
    test.cloud.faults.clear();
    test.cloud.faults.add({ kind: "fail", status: 503, service: "graph", skip: 0 });
    const failing = await examined({ stack: "dev" });
    expect(failing.statuses["user-consent"]).toBe("skip");
    expect(failing.report.exitCode).toBe(2);
  });

  it("judges a host of machines: size, quota, zone and certificate", async () => {
    await test.arm("PUT", ZONE, { location: "global" });
    await test.arm("PUT", VAULT, vaultBody());
    await letReadVault();
    await test.arm(
      "POST",
      `/subscriptions/${SUBSCRIPTION_ID}/providers/Microsoft.Compute/unregister`,
    );
    await importCertificate("soon", { names: ["media.contoso.com"], notAfter: inDays(10) });
    stackFile("dev", machines({ certificate: "soon" }));
    const { statuses, textOf } = await examined({ stack: "dev" });
    const named = { "reply-url-names": "skip", "credential-policy": "skip" };
    expect(rest(statuses)).toEqual({
      ...named,
      "resource-providers": "warn",
      "dns-zone": "fail",
      certificate: "warn",
    });
    expect(textOf("dns-zone")).toMatch(/delegated to ns\.elsewhere\.com.*azure-dns/);

    expect(textOf("resource-providers")).toContain("not registered: Microsoft.Compute.");

    await test.arm(
      "POST",
      `/subscriptions/${SUBSCRIPTION_ID}/providers/Microsoft.Compute/register`,
    );
    const delegated = {
      ...network,
      nameServers: async () => [textOf("dns-zone").match(/ns1-[\w.-]+/)?.[0] ?? ""],
    };
    await importCertificate("good", { names: ["media.contoso.com"], notAfter: inDays(90) });
    stackFile("dev", machines({ certificate: "good" }));
    const grown = await examined({ stack: "dev" }, { ...machine, network: delegated });
    expect(grown.statuses).toMatchObject({ certificate: "pass", quota: "pass" });
    test.cloud.quotas.setLimit("westeurope", "cores", 4);
    stackFile("dev", machines({ certificate: "gone" }));
    const later = await examined({ stack: "dev" }, { ...machine, network: delegated });
    expect(rest(later.statuses)).toEqual({ ...named, quota: "fail", certificate: "fail" });
    expect(later.textOf("quota")).toMatch(/needed, 4 of 4 left/);
  });
});

describe("the checks of doctor", () => {
  it("can be left out by name", async () => {
    stackFile("dev", EXISTING);
    const skip = DOCTOR_CHECKS.map(({ id }) => id).filter((id) => id !== "engine");
    const { statuses } = await examined({ stack: "dev", skip });
    expect(statuses).toEqual({ engine: "pass" });
  });
});

function machines({ certificate }: { readonly certificate: string }): string {
  return `
config:
  azure-native:location: westeurope
  teams-calling-bot:host:
    kind: scaleSet
    domain: media.contoso.com
    dnsZoneId: ${ZONE}
    certificate: { vaultId: ${VAULT}, secretName: ${certificate} }
    package: { url: "https://contoso.com/bot.zip", sha256: ${"a".repeat(64)}, command: bot.exe }
  teams-calling-bot:capabilities: [answerCalls, accessMedia]
  teams-calling-bot:mediaRecording: never
`;
}

function inDays(days: number): Date {
  return new Date(Date.now() + days * 86_400_000);
}

async function letReadVault(): Promise<void> {
  const administrator = "00482a5a-887f-4fb3-b363-3b7fe8e74483";
  const id = `${VAULT}/providers/Microsoft.Authorization/roleAssignments/11111111-0000-4000-8000-000000000001`;
  await test.arm("PUT", id, {
    properties: {
      principalId: DEPLOYER.servicePrincipalId,
      principalType: "ServicePrincipal",
      roleDefinitionId: `/subscriptions/${SUBSCRIPTION_ID}/providers/Microsoft.Authorization/roleDefinitions/${administrator}`,
    },
  });
}

async function importCertificate(
  name: string,
  options: Parameters<typeof testCertificate>[0],
): Promise<void> {
  const token = await test.tokenFor("https://vault.azure.net");
  const answer = await fetch(
    `${test.cloud.origins.vault}/contoso-kv/certificates/${name}/import?api-version=7.4`,
    {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify({
        value: (await testCertificate(options)).pem,
        policy: { secret_props: { contentType: "application/x-pem-file" } },
      }),
    },
  );
  expect(await answer.text()).toContain("x5t");
}
