// What hosts share, on the real engine and a local cloud: vault, roles, logs and names are made, changed in place or replaced as
// the real provider plans it, and gone again.
import * as applicationinsights from "@pulumi/azure-native/applicationinsights/index.js";
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as dns from "@pulumi/azure-native/dns/index.js";
import * as keyvault from "@pulumi/azure-native/keyvault/index.js";
import * as managedidentity from "@pulumi/azure-native/managedidentity/index.js";
import * as monitor from "@pulumi/azure-native/monitor/index.js";
import * as operationalinsights from "@pulumi/azure-native/operationalinsights/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import { afterAll, beforeAll, expect, it } from "vitest";
import { DEPLOYER, SUBSCRIPTION_ID, TENANT_ID } from "../../../../local-cloud/well-known.js";
import type { TestCloud } from "../../../support/test-cloud.js";
import {
  failureOf,
  newTestStack,
  run,
  startDeployableCloud,
  type TestStack,
} from "../../../support/test-stack.js";

interface Choices {
  readonly secret?: string;
  readonly retentionInDays?: number;
  readonly purgeProtection?: boolean;
  readonly address?: string;
  readonly logs?: "audit" | "allLogs";
  readonly role?: string;
  readonly zone?: string;
  readonly workspaceLocation?: string;
}

const SECRETS_USER = "4633458b-17de-408a-b874-0445c86b69e6";
const CERTIFICATE_USER = "db79e9a7-68ee-4b58-9aeb-b90e7c24fcba";
const ADMINISTRATOR = "00482a5a-887f-4fb3-b363-3b7fe8e74483";

let choices: Choices = {};
let cloud: TestCloud;
let test: TestStack;

beforeAll(async () => {
  cloud = await startDeployableCloud();
  test = await newTestStack({ cloud, program: async () => sharedResources(choices) });
});
afterAll(async () => {
  test.remove();
  await cloud.remove();
});

function sharedResources(chosen: Choices) {
  const group = new resources.ResourceGroup("group", { resourceGroupName: "rg-shared" });
  const resourceGroupName = group.name;
  const identity = new managedidentity.UserAssignedIdentity("identity", { resourceGroupName });
  const vault = new keyvault.Vault("vault", {
    resourceGroupName,
    vaultName: "contoso-kv",
    properties: {
      tenantId: TENANT_ID,
      sku: { family: "A", name: "standard" },
      enableRbacAuthorization: true,
      ...(chosen.purgeProtection === true ? { enablePurgeProtection: true } : {}),
    },
  });
  const assign = (name: string, principalId: typeof identity.principalId | string, role: string) =>
    new authorization.RoleAssignment(name, {
      scope: vault.id,
      principalId,
      principalType: "ServicePrincipal",
      roleDefinitionId: `/subscriptions/${SUBSCRIPTION_ID}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
    });
  assign("reader", identity.principalId, chosen.role ?? SECRETS_USER);
  const administrator = assign("administrator", DEPLOYER.servicePrincipalId, ADMINISTRATOR);
  const secret = new keyvault.Secret(
    "secret",
    {
      resourceGroupName,
      vaultName: vault.name,
      secretName: "media",
      properties: { value: chosen.secret ?? "one" },
    },
    { dependsOn: administrator },
  );
  const workspace = new operationalinsights.Workspace("workspace", {
    resourceGroupName,
    retentionInDays: chosen.retentionInDays ?? 30,
    ...(chosen.workspaceLocation === undefined ? {} : { location: chosen.workspaceLocation }),
  });
  const insights = new applicationinsights.Component("insights", {
    resourceGroupName,
    kind: "web",
    applicationType: "web",
    workspaceResourceId: workspace.id,
  });
  const setting = new monitor.DiagnosticSetting("logs", {
    resourceUri: vault.id,
    workspaceId: workspace.id,
    logs: [{ categoryGroup: chosen.logs ?? "audit", enabled: true }],
  });
  const zone = new dns.Zone("zone", {
    resourceGroupName,
    zoneName: chosen.zone ?? "contoso.com",
    location: "global",
  });
  const record = new dns.RecordSet("record", {
    resourceGroupName,
    zoneName: zone.name,
    recordType: "A",
    relativeRecordSetName: "bot",
    ttl: 300,
    aRecords: [{ ipv4Address: chosen.address ?? "203.0.113.1" }],
  });
  return {
    vaultUri: vault.properties.vaultUri,
    secretUri: secret.properties.secretUri,
    setting: setting.name,
    connectionString: insights.connectionString,
    fqdn: record.fqdn,
    found: keyvault.getVaultOutput({ resourceGroupName, vaultName: vault.name }).properties
      .vaultUri,
    key: operationalinsights.getWorkspaceSharedKeysOutput({
      resourceGroupName,
      workspaceName: workspace.name,
    }).primarySharedKey,
  };
}

const VAULT = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/rg-shared/providers/Microsoft.KeyVault/vaults/contoso-kv`;

async function askVault(method: string, body?: unknown): Promise<unknown> {
  const scope = `${cloud.origins.arm}/.default`;
  const secret = cloud.environment()["AZURE_CLIENT_SECRET"] ?? "";
  const signedIn = await fetch(`${cloud.origins.login}/${TENANT_ID}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: DEPLOYER.appId,
      client_secret: secret,
      scope,
    }),
  });
  const { access_token: token } = Object(await signedIn.json());
  const answer = await fetch(`${cloud.origins.arm}${VAULT}?api-version=2024-11-01`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(answer.status).toBe(200);
  return await answer.json();
}

/** The program says nothing about access policies: somebody adds one in the portal. */
async function giveAccessByHand(): Promise<void> {
  const policy = {
    tenantId: TENANT_ID,
    objectId: DEPLOYER.servicePrincipalId,
    permissions: { secrets: ["get"] },
  };
  await askVault("PATCH", { properties: { accessPolicies: [policy] } });
}

it("is made once, and then there is nothing left to do", async () => {
  const { steps, outputs } = await run(test.stack, "up");
  expect(steps.map((step) => step.split(" ").slice(0, 2).join(" ")).sort()).toEqual([
    "create Component",
    "create DiagnosticSetting",
    "create RecordSet",
    "create ResourceGroup",
    "create RoleAssignment",
    "create RoleAssignment",
    "create Secret",
    "create UserAssignedIdentity",
    "create Vault",
    "create Workspace",
    "create Zone",
  ]);
  expect(outputs).toMatchObject({
    vaultUri: `${cloud.origins.vault}/contoso-kv/`,
    secretUri: `${cloud.origins.vault}/contoso-kv/secrets/media`,
    setting: expect.stringMatching(/^logs[0-9a-f]{8}$/),
    connectionString: expect.stringContaining("InstrumentationKey="),
    fqdn: "bot.contoso.com.",
    found: `${cloud.origins.vault}/contoso-kv/`,
    key: expect.stringMatching(/==$/),
  });
  expect((await run(test.stack, "up")).steps).toEqual([]);
  expect((await run(test.stack, "refresh")).steps).toEqual([]);
});

it("changes in place what may change, and leaves alone what others have put into it", async () => {
  await giveAccessByHand();
  choices = {
    secret: "two",
    retentionInDays: 90,
    purgeProtection: true,
    address: "203.0.113.2",
    logs: "allLogs",
  };
  const { steps } = await run(test.stack, "up");
  expect(steps.sort()).toEqual([
    "update DiagnosticSetting logs",
    "update RecordSet record",
    "update Secret secret",
    "update Vault vault",
    "update Workspace workspace",
  ]);
  expect((await run(test.stack, "up")).steps).toEqual([]);
  const { properties } = Object(await askVault("GET"));
  expect(properties.accessPolicies).toHaveLength(1);
});

it.each<[string, Choices, string[]]>([
  [
    "a zone's name replaces zone and records",
    { zone: "fabrikam.com" },
    ["replace RecordSet record", "replace Zone zone"],
  ],
  [
    "a workspace's place replaces it",
    { workspaceLocation: "northeurope" },
    ["replace Workspace workspace"],
  ],
  ["a role is planned as an update", { role: CERTIFICATE_USER }, ["update RoleAssignment reader"]],
])("plans: %s", async (_what, change, expected) => {
  const before = choices;
  choices = { ...before, ...change };
  const { steps } = await run(test.stack, "preview");
  choices = before;
  for (const step of expected) expect(steps).toContain(step);
});

it("is refused by the service where the provider plans an update", async () => {
  const before = choices;
  choices = { ...before, role: CERTIFICATE_USER };
  const text = await failureOf(test.stack, "up");
  choices = before;
  expect(text).toContain('Code="RoleAssignmentUpdateNotPermitted"');
});

it("is gone after destroy, and the vault's name is kept for it", async () => {
  await run(test.stack, "destroy");
  expect((await run(test.stack, "destroy")).steps).toEqual([]);
  const text = await failureOf(test.stack, "up");
  expect(text).toContain('Status=409 Code="ConflictError"');
  await run(test.stack, "destroy");
});
