// What readings mean: every status that a check of `doctor` can give, without a service.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { HeldRole } from "../../arm/role-permissions.js";
import { CannotTell } from "../../commands/checks/cannot-tell.js";
import type { Outcome } from "../../commands/checks/check.js";
import { judgeBotName } from "../../commands/doctor/checks/bot-name.js";
import {
  judgeHostCertificate,
  vaultCertificates,
} from "../../commands/doctor/checks/certificate.js";
import { judgeCloud } from "../../commands/doctor/checks/cloud.js";
import {
  judgeCertificatePolicy,
  judgeSecretPolicy,
} from "../../commands/doctor/checks/credential-policy.js";
import { judgeDirectoryRights } from "../../commands/doctor/checks/directory-rights.js";
import { judgeDelegation, judgeNoDelegation } from "../../commands/doctor/checks/dns-zone.js";
import { judgeEngine } from "../../commands/doctor/checks/engine.js";
import { judgePackages, OLDEST_PACKAGES } from "../../commands/doctor/checks/packages.js";
import { judgePlugins } from "../../commands/doctor/checks/plugins.js";
import { judgeQuota, needsOf, together } from "../../commands/doctor/checks/quota.js";
import {
  judgeOffers,
  judgeRegion,
  judgeSize,
  regionalTypes,
} from "../../commands/doctor/checks/region.js";
import { judgeNames, namedHosts } from "../../commands/doctor/checks/reply-url-names.js";
import {
  judgeProviders,
  neededProviders,
} from "../../commands/doctor/checks/resource-providers.js";
import { judgeStackFiles } from "../../commands/doctor/checks/stack-files.js";
import { judgeSubscription } from "../../commands/doctor/checks/subscription.js";
import { judgeSubscriptionRights } from "../../commands/doctor/checks/subscription-rights.js";
import { judgeTenant } from "../../commands/doctor/checks/tenant.js";
import { judgePeoplesRights } from "../../commands/doctor/checks/user-consent.js";
import { DOCTOR_CHECKS } from "../../commands/doctor/doctor-checks.js";
import type { InstalledPlugin } from "../../commands/doctor/doctor-context.js";
import { neededActions } from "../../commands/doctor/needed-actions.js";
import { isAtLeast } from "../../commands/doctor/versions.js";
import type { CredentialRestriction } from "../../graph/tenant-policies.js";
import { Cloud } from "../../rules/clouds.js";
import { readStackConfig } from "../../rules/config.js";
import { APP_SERVICE } from "../../rules/hosts/certificate.js";
import { testCertificate } from "../support/test-certificates.js";

const says = ({ status, finding, advice }: Outcome) => `${status}: ${finding} ${advice}`;

const SUBSCRIPTION = "10ca1000-0000-4000-8000-00000000000a";
const VAULT = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/contoso-kv`;

function configOf(settings: Readonly<Record<string, unknown>> = {}) {
  const host = {
    messagingEndpoint: "https://bot.contoso.com/api/messages",
    callingWebhook: "https://bot.contoso.com/api/calling",
  };
  const all = { host, capabilities: ["answerCalls"], ...settings };
  const values = Object.entries(all).map(([key, value]) => [
    `teams-calling-bot:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const { config, issues } = readStackConfig({
    project: "teams-calling-bot",
    values: { "azure-native:location": "westeurope", ...Object.fromEntries(values) },
    secretKeys: [],
  });
  if (config === undefined) throw new Error(JSON.stringify(issues));
  return config;
}

describe("stack files", () => {
  it("of a project without any are not judged", () => {
    const none = { name: "teams-calling-bot", folder: "stacks", stacks: [] };
    expect(says(judgeStackFiles(none, {}))).toMatch(/^skip: .*no stack files.*pulumi stack init/);
  });
});

describe("what is installed", () => {
  it("compares versions by their numbers", () => {
    expect(isAtLeast("3.248.0", "3.248.0")).toBe(true);
    expect(isAtLeast("v3.259.1-alpha", "3.248.0")).toBe(true);
    expect(isAtLeast("3.99.0", "3.248.0")).toBe(false);
    expect(isAtLeast("4.0.0", "3.248.0")).toBe(true);
  });
  it("is an engine that is new enough", () => {
    expect(judgeEngine("3.259.0").status).toBe("pass");
    expect(says(judgeEngine("3.100.0"))).toMatch(/^fail.*3\.248\.0 or newer/);
    expect(says(judgeEngine(undefined))).toMatch(/^fail.*not found/);
  });
  it("are packages of the same major version", () => {
    expect(judgePackages((name) => OLDEST_PACKAGES[name]).status).toBe("pass");
    expect(says(judgePackages(() => undefined))).toMatch(/^fail.*npm install "@pulumi\/pulumi@\^/);
    expect(says(judgePackages(() => "99.0.0"))).toMatch(/^fail.*99\.0\.0, needs \^6/);
  });
  it("are plugins of the packages' own versions, or the engine fetches them", () => {
    const facts = (
      installed: readonly InstalledPlugin[] | undefined,
      env: Record<string, string> = {},
    ) => ({ installed, versionOf: (name: string) => OLDEST_PACKAGES[name], env });
    const azuread = { name: "azuread", version: "v6.9.1" };
    const both = [azuread, { name: "azure-native", version: "3.28.0" }];
    expect(judgePlugins(facts(both)).status).toBe("pass");
    expect(says(judgePlugins(facts([azuread])))).toMatch(
      /^warn.*yet: azure-native 3\.28\.0\..*pulumi plugin install resource azure-native v3\.28\.0/,
    );
    const never = { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true" };
    expect(says(judgePlugins(facts([azuread], never)))).toMatch(/^fail.*may not download/);
    const attached = { PULUMI_DEBUG_PROVIDERS: "azure-native:1234,azuread:1235" };
    expect(says(judgePlugins(facts([], { ...never, ...attached })))).toMatch(/^pass.*attached/);
    expect(says(judgePlugins(facts(undefined)))).toMatch(/^skip.*See engine/);
  });
  it("is asked for what this package itself asks for", () => {
    const own = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    const wanted = Object.entries(OLDEST_PACKAGES).map(([name, version]) => [name, `^${version}`]);
    expect(Object.fromEntries(wanted)).toEqual(own.peerDependencies);
  });
});

describe("who is signed in, and where", () => {
  it("is in the tenant that the stack means", () => {
    const claims = { tid: "T", oid: "o", appid: "a" };
    expect(judgeTenant(claims, "t").status).toBe("pass");
    expect(judgeTenant(claims, undefined).status).toBe("pass");
    expect(says(judgeTenant(claims, "other"))).toMatch(/^fail.*az login --tenant other.*7505/);
  });
  it("is in the cloud that the stack means", () => {
    expect(judgeCloud(Cloud.Public, undefined, false).status).toBe("pass");
    expect(judgeCloud(Cloud.GccHigh, "https://localhost:1", true).status).toBe("pass");
    expect(says(judgeCloud(Cloud.GccHigh, "https://login.microsoftonline.com", false))).toMatch(
      /^fail.*login\.microsoftonline\.us/,
    );
  });
  it.each<[Record<string, string> | undefined, RegExp]>([
    [{ displayName: "S", state: "Enabled", tenantId: "t" }, /^pass/],
    [undefined, /^fail.*not seen/],
    [{ state: "Enabled", tenantId: "other" }, /^fail.*belongs to tenant other/],
    [{ state: "Disabled", tenantId: "t" }, /^fail.*state Disabled/],
  ])("can use a subscription like %j", (found, expected) => {
    expect(says(judgeSubscription("s", found, "t"))).toMatch(expected);
  });
  it("has in the directory what the stack needs, and nothing else is asked", () => {
    const url = configOf();
    const grant = configOf({ consent: { mode: "grant" } });
    const owned = { idtyp: "app", roles: ["Application.ReadWrite.OwnedBy"], oid: "o" };
    expect(judgeDirectoryRights(url, owned).status).toBe("pass");
    expect(says(judgeDirectoryRights(grant, owned))).toMatch(/^fail.*AppRoleAssignment/);
    expect(says(judgeDirectoryRights(url, { scp: "User.Read" }))).toMatch(/^skip.*a person/);
    const others = configOf({ owners: ["aaaaaaaa-0000-4000-8000-000000000001"] });
    expect(says(judgeDirectoryRights(others, owned))).toMatch(/^fail.*must include the deploying/);
  });
});

describe("the tenant's policies", () => {
  const now = new Date("2026-11-24T12:00:00Z");
  const limit = { restrictionType: "passwordLifetime", maxLifetime: "P180D" };
  const forbidden = { restrictionType: "passwordAddition" };
  const later = { restrictForAppsCreatedAfterDateTime: "2027-01-01T00:00:00Z" };
  it.each<[string, string | undefined, CredentialRestriction[], RegExp]>([
    ["nothing", undefined, [], /^pass/],
    ["secrets", undefined, [forbidden], /^fail.*CredentialTypeNotAllowed.*kind to federated/],
    ["secrets, switched off", undefined, [{ ...forbidden, state: "disabled" }], /^pass/],
    ["secrets of applications to come", undefined, [{ ...forbidden, ...later }], /^pass/],
    ["long secrets", undefined, [limit], /^fail.*two years.*endDate to 2027-05-23T00:00:00Z/],
    ["secrets longer than this one", "2027-05-01T00:00:00Z", [limit], /^pass.*may last P180D/],
    ["secrets shorter than this one", "2027-06-01T00:00:00Z", [limit], /^fail.*end 2027-06-01/],
    ["a length that is none", undefined, [{ ...limit, maxLifetime: "soon" }], /^pass/],
    ["certificates", undefined, [{ restrictionType: "asymmetricKeyLifetime" }], /^pass/],
  ])("forbid %s", (_, endDate, restrictions, expected) => {
    const secret = { endDate, applicationSince: now };
    const policy = { name: undefined, restrictions };
    expect(says(judgeSecretPolicy(secret, policy, [], now))).toMatch(expected);
  });
  it.each<[string, CredentialRestriction[], RegExp]>([
    ["nothing", [], /^pass.*allows the certificate/],
    ["secrets", [forbidden, limit], /^pass/],
    [
      "certificates of that length",
      [{ restrictionType: "asymmetricKeyLifetime", maxLifetime: "P90D" }],
      /^fail.*last P90D, and the stack's ends 2027-06-01.*CredentialInvalidLifetime.*ends 2027-03-0[12] or before/,
    ],
    ["longer ones", [{ restrictionType: "asymmetricKeyLifetime", maxLifetime: "P1Y" }], /^pass/],
    [
      "those of other authorities",
      [{ restrictionType: "trustedCertificateAuthority" }],
      /^pass.*which those are was not read/,
    ],
  ])("forbid, for a certificate, %s", (_, restrictions, expected) => {
    const [startDate, endDate] = [new Date("2026-12-01"), new Date("2027-06-01")];
    const planned = { startDate, endDate, applicationSince: now };
    const policy = { name: undefined, restrictions };
    expect(says(judgeCertificatePolicy(planned, policy, []))).toMatch(expected);
  });
  it("may be one of the application's own, and spare applications that are older", () => {
    const own = { name: "Bots", restrictions: [limit] };
    const since = (day: string) => ({ endDate: undefined, applicationSince: new Date(day) });
    expect(says(judgeSecretPolicy(since("2026-01-01"), own, ["Bots"], now))).toMatch(
      /^fail: The app management policy Bots, which is assigned to the application, ends/,
    );
    const newer = { ...limit, restrictForAppsCreatedAfterDateTime: "2026-06-01T00:00:00Z" };
    const policy = { name: undefined, restrictions: [newer] };
    expect(judgeSecretPolicy(since("2026-01-01"), policy, [], now).status).toBe("pass");
    expect(judgeSecretPolicy(since("2026-07-01"), policy, [], now).status).toBe("fail");
  });
  const chats =
    "ManagePermissionGrantsForOwnedResource.microsoft-dynamically-managed-permissions-for-chat";
  const person = { scp: "User.Read", idtyp: "user" };
  const rights = (changes = {}) => ({
    mayRegisterApplications: true,
    grantPolicies: [chats],
    ...changes,
  });
  it("let whoever deploys register an application, or do not", () => {
    const none = rights({ mayRegisterApplications: false });
    expect(says(judgePeoplesRights(configOf(), none, person))).toMatch(
      /^fail.*Application Developer/,
    );
    const developer = { ...person, wids: ["cf1c38e5-3621-4004-a7cb-879624dced7c"] };
    expect(judgePeoplesRights(configOf(), none, developer).status).toBe("pass");
    expect(judgePeoplesRights(configOf(), none, { idtyp: "app" }).status).toBe("pass");
    expect(judgePeoplesRights(configOf(), rights(), person).status).toBe("pass");
  });
  it("let people agree to what a Teams app asks of a chat, or do not", () => {
    const developer = {
      name: "Contoso",
      websiteUrl: "https://contoso.com",
      privacyUrl: "https://contoso.com/privacy",
      termsOfUseUrl: "https://contoso.com/terms",
    };
    const app = {
      name: { short: "Bot" },
      description: { short: "Calls." },
      developer,
      resourceSpecificPermissions: ["Calls.JoinGroupCalls.Chat"],
    };
    const none = rights({ grantPolicies: [] });
    expect(says(judgePeoplesRights(configOf({ app }), none, {}))).toMatch(
      /^warn.*Calls\.JoinGroupCalls\.Chat.*Set-MgBetaChatRscConfiguration/,
    );
    expect(judgePeoplesRights(configOf({ app }), rights(), {}).status).toBe("pass");
    expect(says(judgePeoplesRights(configOf(), none, {}))).toMatch(/^pass.*consent to nothing/);
  });
});

describe("roles in a subscription", () => {
  const subscription = "/subscriptions/s";
  const group = `${subscription}/resourceGroups/rg`;
  const places = { group, grantable: subscription };
  const role = (actions: string[], notActions: string[] = [], scope = subscription): HeldRole => ({
    name: "Some role",
    scope,
    permissions: [{ actions, notActions }],
  });
  const neededFor = (settings: Record<string, unknown> = {}) =>
    neededActions(configOf(settings), "s");
  const needed = neededFor();
  it.each<[string, HeldRole[], RegExp]>([
    ["Owner", [role(["*"])], /^pass/],
    ["Contributor", [role(["*"], ["Microsoft.Authorization/*/Write"])], /^pass/],
    ["one above", [role(["*"], [], "/providers/Microsoft.Management/managementGroups/g")], /^pass/],
    ["one of the root", [role(["*"], [], "/")], /^pass/],
    ["Reader", [role(["*/read"])], /^fail.*may not Microsoft\.BotService.*Microsoft\.Resources/],
    ["one elsewhere", [role(["*"], [], "/subscriptions/s2")], /^fail/],
    ["one in the group", [role(["*"], [], group)], /^pass/],
    ["two together", [role(["Microsoft.Resources/*"]), role(["microsoft.botservice/*"])], /^pass/],
    ["none", [], /^fail/],
  ])("%s", (_, held, expected) => {
    expect(says(judgeSubscriptionRights(needed, held, places))).toMatch(expected);
  });
  it("give roles to a host's identity only where the role may", () => {
    const host = { kind: "appService", runtime: "NODE|22-lts" };
    const contributor = [role(["*"], ["Microsoft.Authorization/*/Write"])];
    const judged = (settings: Record<string, unknown>) =>
      says(judgeSubscriptionRights(neededFor(settings), contributor, places));
    expect(judged({ host })).toMatch(
      /^fail.*roleAssignments\/write in \/subscriptions\/s\. .*--role "Role Based Access Control Administrator" --scope \/subscriptions\/s /,
    );
    expect(judged({ host: { ...host, grantRoles: false } })).toMatch(/^pass/);
  });
  it("reach what the stack uses elsewhere", () => {
    const zone = `/subscriptions/${SUBSCRIPTION}/resourceGroups/dns/providers/Microsoft.Network/dnsZones/contoso.com`;
    const host = {
      messagingEndpoint: "https://bot.contoso.com/api/messages",
      callingWebhook: "https://bot.contoso.com/api/calling",
      domain: "bot.contoso.com",
      dnsZoneId: zone,
      dnsTarget: "20.50.2.3",
    };
    const zoned = neededFor({ host });
    const here = role(["*"]);
    const said = says(judgeSubscriptionRights(zoned, [here], places));
    expect(said).toMatch(
      /^fail.*may not Microsoft\.Network\/dnsZones\/A\/write in .*contoso\.com\./,
    );
    expect(said).toContain(`--role "DNS Zone Contributor" --scope ${zone} `);
    const there = role(["Microsoft.Network/dnsZones/*"], [], zone);
    expect(says(judgeSubscriptionRights(zoned, [here, there], places))).toMatch(/^pass/);
  });
  it("let a deleted vault be brought back, which takes more than the group", () => {
    const host = { kind: "appService", runtime: "NODE|22-lts" };
    const group = [role(["*"], [], places.group)];
    const judged = (more: Record<string, unknown>) =>
      says(
        judgeSubscriptionRights(
          neededFor({ resourceGroup: { name: "rg", existing: true }, host: { ...host, ...more } }),
          group,
          { ...places, grantable: places.group },
        ),
      );
    expect(judged({})).toBe(
      'fail: Whoever is signed in may not Microsoft.KeyVault/locations/deletedVaults/read in /subscriptions/s. Give it roles that allow it: az role assignment create --role "Key Vault Reader" --scope /subscriptions/s --assignee <object id>. A role that is new may take 10 minutes.',
    );
    expect(judged({ vaultId: VAULT, grantRoles: false })).toMatch(/^pass/);
  });
  it("are not asked to make a resource group that exists", () => {
    const existing = { resourceGroup: { name: "rg", existing: true } };
    expect(neededFor(existing)).toEqual([
      { action: "Microsoft.BotService/botServices/channels/write", at: undefined },
      { action: "Microsoft.BotService/botServices/write", at: undefined },
    ]);
  });
});

describe("what a stack needs of Azure", () => {
  it("is only the resource providers that it uses", () => {
    expect(neededProviders(configOf())).toEqual(["Microsoft.BotService"]);
    expect(
      neededProviders(configOf({ host: { kind: "appService", runtime: "NODE|22-lts" } })),
    ).toEqual([
      "Microsoft.BotService",
      "Microsoft.Insights",
      "Microsoft.KeyVault",
      "Microsoft.ManagedIdentity",
      "Microsoft.Network",
      "Microsoft.OperationalInsights",
      "Microsoft.Web",
    ]);
    expect(judgeProviders({ "Microsoft.BotService": "Registered" }).status).toBe("pass");
    expect(says(judgeProviders({ "Microsoft.BotService": "NotRegistered" }))).toMatch(
      /^warn.*az provider register --wait --namespace Microsoft\.BotService/,
    );
    expect(says(judgeProviders({ "Microsoft.Insights": undefined }))).toMatch(/^fail.*half-way/);
  });
  it("is a name that nobody else has", () => {
    expect(judgeBotName("b", { free: true, ours: false }).status).toBe("pass");
    expect(judgeBotName("b", { free: false, ours: true }).status).toBe("pass");
    expect(says(judgeBotName("b", { free: false, ours: false }))).toMatch(/^fail.*leave it out/);
  });
  it("is a region, and a size that it offers to this subscription", () => {
    expect(judgeRegion("westeurope", ["westeurope"]).status).toBe("pass");
    expect(says(judgeRegion("westeurpe", ["westeurope"]))).toMatch(/^fail.*Write westeurope/);
    const offered = { family: "f", vcpus: 4, restriction: undefined, zones: ["1", "3"] };
    expect(judgeSize("westeurope", "Standard_D4s_v5", offered, ["3", "1"]).status).toBe("pass");
    expect(says(judgeSize("w", "X", offered, ["1", "2", "3"]))).toMatch(
      /^fail.* in no zone 2\..*Set host\.zones to \["1", "3"\]/,
    );
    expect(says(judgeSize("w", "X", { ...offered, zones: [] }, ["1"]))).toContain("zones to [],");
    expect(says(judgeSize("westeurope", "X", undefined))).toMatch(/^fail.*is not offered/);
    const restricted = { ...offered, restriction: "NotAvailableForSubscription" };
    expect(says(judgeSize("w", "X", restricted))).toMatch(/^fail.*support request/);
  });
  it("is a region that offers each part of it that has a place", () => {
    expect(regionalTypes(configOf())).toEqual([]);
    const image = "ghcr.io/contoso/bot:1";
    const types = regionalTypes(configOf({ host: { kind: "containerApp", image } }));
    expect([...types].sort()).toEqual([
      "Microsoft.App/containerApps",
      "Microsoft.App/managedEnvironments",
      "Microsoft.Insights/components",
      "Microsoft.KeyVault/vaults",
      "Microsoft.ManagedIdentity/userAssignedIdentities",
      "Microsoft.Network/virtualNetworks",
      "Microsoft.OperationalInsights/workspaces",
    ]);
    const judged = (locations: string[] | undefined) =>
      judgeOffers("westeurope", { "Microsoft.App/containerApps": locations });
    expect(judged(["North Europe", "West Europe"]).status).toBe("pass");
    expect(judged(["global"]).status).toBe("pass");
    expect(says(judged(["North Europe"]))).toMatch(
      /^fail: westeurope does not offer Microsoft\.App\/containerApps\. .*--namespace Microsoft\.App /,
    );
    expect(() => judged(undefined)).toThrow(CannotTell);
  });
  it("is quota for the machines, at once and when the host has grown", () => {
    const quotas = [{ name: "cores", title: "Total Regional vCPUs", used: 90, limit: 100 }];
    const need = (least: number, most: number, has = 0) => [{ quota: "cores", least, most, has }];
    expect(judgeQuota(need(4, 10), quotas).status).toBe("pass");
    expect(says(judgeQuota(need(4, 16), quotas))).toMatch(/^warn.*16 needed, 10 of 100 left/);
    expect(says(judgeQuota(need(12, 16), quotas))).toMatch(/^fail.*12 needed/);
    expect(judgeQuota(need(12, 16, 8), quotas).status).toBe("pass");
    expect(says(judgeQuota(need(12, 20, 8), quotas))).toMatch(/^warn.*20 needed, 8 there, 10 of/);
    expect(() => judgeQuota(need(4, 10), [])).toThrow("does not tell its quota of cores");
  });
  it("is quota without what the stack has already", () => {
    const range = { least: 2, most: 4 };
    const offered = { family: "standardDSv5Family", vcpus: 4 };
    const fresh = needsOf(range, offered, undefined);
    expect(fresh.map(({ has }) => has)).toEqual([0, 0, 0]);
    const there = { instances: 3, cores: 12, family: "standardDSv5Family" };
    expect(needsOf(range, offered, there)).toEqual([
      { quota: "cores", least: 8, most: 16, has: 12 },
      { quota: "standardDSv5Family", least: 8, most: 16, has: 12 },
      { quota: "StandardSkuPublicIpAddresses", least: 3, most: 5, has: 4 },
    ]);
    expect(together([...fresh, ...fresh])[0]).toEqual({
      quota: "cores",
      least: 16,
      most: 32,
      has: 0,
    });
    const other = needsOf(range, offered, { ...there, family: "standardFSv2Family" });
    expect(other.map(({ has }) => has)).toEqual([12, 0, 4]);
  });
  it("is a zone that the Internet asks", () => {
    const azure = ["ns1-01.azure-dns.com"];
    expect(judgeDelegation("contoso.com", azure, ["NS1-01.azure-dns.com."]).status).toBe("pass");
    expect(says(judgeDelegation("contoso.com", azure, ["ns.other.com"]))).toMatch(
      /^fail.*to ns\.other\.com.*name servers to ns1-01/,
    );
    expect(says(judgeDelegation("contoso.com", azure, []))).toMatch(/^fail.*delegated nowhere/);
    const both = [...azure, "ns.other.com"];
    expect(says(judgeDelegation("contoso.com", azure, both))).toMatch(
      /^warn.*ns\.other\.com as well/,
    );
  });
  it.each([
    ["ENOTFOUND", /^fail.*delegated nowhere/],
    ["ENODATA", /^fail.*delegated nowhere/],
    ["ESERVFAIL", /^fail.*servers that do not answer for it.*name servers to ns1-01.*DNSSEC/],
  ])("is no zone whose name servers come back as %s", (code, expected) => {
    const azure = ["ns1-01.azure-dns.com"];
    expect(says(judgeNoDelegation("contoso.com", azure, code))).toMatch(expected);
  });
  it.each(["ETIMEOUT", "ECONNREFUSED", "EREFUSED", ""])(
    "is unknown of a zone where the resolver says %j",
    (code) => {
      expect(() => judgeNoDelegation("contoso.com", [], code)).toThrow(CannotTell);
    },
  );
  it("is that names which it does not make have addresses", () => {
    const config = configOf({ consent: { redirectUrl: "https://www.contoso.com/back" } });
    expect(namedHosts(config).sort()).toEqual(["bot.contoso.com", "www.contoso.com"]);
    expect(judgeNames({}, ["a"]).status).toBe("pass");
    expect(says(judgeNames({ a: "ENOTFOUND" }, ["a"]))).toMatch(/^warn.*no address: a\./);
    expect(says(judgeNames({ a: "ENODATA", b: "EAI_AGAIN" }, ["a", "b"]))).toMatch(
      /^warn.*no address: a; not looked up: b \(EAI_AGAIN\)/,
    );
    expect(() => judgeNames({ b: "EAI_AGAIN" }, ["a", "b"])).toThrow(/not be looked up: b/);
  });
  it("is a certificate that will do", async () => {
    const question = { name: "web", now: new Date(), hostName: "bot.contoso.com" };
    const found = async (options = {}) => ({
      state: "found" as const,
      der: (await testCertificate(options)).der,
      enabled: true,
      exportable: true,
    });
    expect(says(judgeHostCertificate(await found(), question))).toMatch(
      /^pass: The certificate web covers bot\.contoso\.com, is of an authority that stands in public logs/,
    );
    const soon = await found({ notAfter: new Date(Date.now() + 10 * 86_400_000) });
    expect(judgeHostCertificate(soon, question).status).toBe("warn");
    const unlogged = await found({ logged: false });
    expect(says(judgeHostCertificate(unlogged, question))).toMatch(
      /^warn: .* needs a look.*public log/,
    );
    const own = await found({ selfSigned: true });
    expect(says(judgeHostCertificate(own, question))).toMatch(/^fail.*public authority/);
    const onAppService = configOf({
      host: {
        kind: "appService",
        runtime: "NODE|22-lts",
        domain: "bot.contoso.com",
        certificate: { vaultId: VAULT, secretName: "web" },
      },
    });
    const wanted = { vaultId: VAULT, secretName: "web", domain: "bot.contoso.com" };
    expect(vaultCertificates(onAppService)).toMatchObject([{ ...wanted, server: APP_SERVICE }]);
    expect(vaultCertificates(configOf())).toEqual([]);
    const unread = { state: "unknown" as const, reason: "the vault answered 403" };
    expect(says(judgeHostCertificate(unread, question))).toMatch(/^skip.*Key Vault Reader/);
  });
});

describe("the checks of doctor", () => {
  it("have ids of their own, and explain what people see", () => {
    const ids = DOCTOR_CHECKS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const explained = DOCTOR_CHECKS.flatMap(({ explains = [] }) => explains).join("; ");
    expect(explained).toMatch(/Request authorization tenant mismatch/);
    expect(explained).toMatch(/MediaControllerConversationAddParticipantFailed/);
  });
});
