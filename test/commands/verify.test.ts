// `teams-calling-bot verify` against the local cloud, made to misbehave behind the stack's back, and a webhook that is really served.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { CheckResult } from "../../commands/checks/run-checks.js";
import { NETWORK, type Network } from "../../commands/probe/network.js";
import { type VerifyOptions, verify, watch } from "../../commands/verify/verify.js";
import { VERIFY_CHECKS } from "../../commands/verify/verify-checks.js";
import { SECOND_TENANT_ADMIN } from "../../local-cloud/directory/people.js";
import { SECOND_TENANT_ID } from "../../local-cloud/well-known.js";
import { ConsentState } from "../../rules/consent-state.js";
import type { StackOutputs } from "../../rules/outputs.js";
import { nodeArguments } from "../../scripts/node-arguments.js";
import { vaultBody } from "../local-cloud/arm/arm-under-test.js";
import { REPLY_URL, requiredAccess } from "../local-cloud/entra/entra-under-test.js";
import { Visitor } from "../local-cloud/entra/visitor.js";
import { asFile, sampleManifest } from "../rules/manifest/sample-manifests.js";
import {
  type BotServer,
  certificate,
  serveBot,
  startVerify,
  surroundingsOf,
  type VerifyUnderTest,
} from "./verify-under-test.js";

let test: VerifyUnderTest;
let server: BotServer;
let folder: string;
const before = { ...process.env };

beforeAll(async () => {
  test = await startVerify();
  // The credentials of @azure/identity read the environment of the process.
  Object.assign(process.env, test.cloud.environment());
  folder = mkdtempSync(join(tmpdir(), "verify-"));
  server = await serveBot(await certificate(), (_, answer) => answer.writeHead(401).end());
});
afterEach(() => test.cloud.faults.clear());
afterAll(async () => {
  server.close();
  process.env = before;
  await test.cloud.remove();
  rmSync(folder, { recursive: true, force: true });
});

function outputsFile(value: unknown): string {
  writeFileSync(join(folder, "outputs.json"), JSON.stringify(value));
  return "outputs.json";
}

const WEBHOOK = VERIFY_CHECKS.map(({ id }) => id).filter((id) => id.startsWith("webhook"));

interface Wish extends VerifyOptions {
  readonly network?: Network;
  readonly env?: Record<string, string | undefined>;
}

async function verified(value: unknown, { network, env, ...options }: Wish = {}) {
  const { surroundings } = surroundingsOf({ ...process.env, ...env }, folder);
  const outputs = outputsFile(value);
  const report = await verify(surroundings, { outputs, ...options }, network ?? server.network);
  const results = (report.data?.["results"] ?? []) as CheckResult[];
  const statuses = Object.fromEntries(results.map(({ id, status }) => [id, status]));
  const textOf = (id: string) => {
    const found = results.find((result) => result.id === id);
    return `${found?.finding} ${found?.advice}`;
  };
  return { report, results, statuses, textOf };
}

/** Statuses that are not `pass`, by check. */
function notPassing(statuses: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(statuses).filter(([, status]) => status !== "pass"));
}

/** Skipped on every bot of these tests: no stack made their secret, and they have no customers, media, Teams app or role with a policy. */
const QUIET = {
  "credential-generation": "skip",
  "customers-consent": "skip",
  "media-endpoint": "skip",
  "teams-app": "skip",
  "teams-app-catalogue": "skip",
  "access-policy": "skip",
  "recording-policy": "skip",
};

describe("verify", () => {
  it("passes on a bot with which nothing is wrong, and changes nothing", async () => {
    const bot = await test.register();
    const from = test.cloud.requests.all().length;
    const { report, statuses } = await verified(bot);
    expect(statuses).toEqual({
      ...QUIET,
      application: "pass",
      "service-principal": "pass",
      "app-roles": "pass",
      consent: "pass",
      "reply-urls": "pass",
      owners: "pass",
      credential: "pass",
      "azure-bot": "pass",
      "bot-endpoint": "pass",
      "channel-calling": "pass",
      "channel-webhook": "pass",
      "channel-deployment": "pass",
      "webhook-dns": "pass",
      "webhook-certificate": "pass",
      "webhook-answer": "pass",
      "webhook-time": "pass",
      "left-overs": "pass",
      "left-over-resources": "pass",
      "deleted-applications": "pass",
      "deleted-vaults": "pass",
    });
    expect(report.exitCode).toBe(0);
    const asked = test.cloud.requests.all().slice(from);
    const kinds = new Set(asked.map(({ method, service }) => `${service} ${method}`));
    expect([...kinds].sort()).toEqual(["arm GET", "graph GET", "login GET", "login POST"]);
    // A reading that several checks share is made once.
    expect(asked.filter(({ path }) => path.includes("/applications(appId="))).toHaveLength(1);
  });

  it("does not ask somebody else's machine where the webhook of the local cloud's bot is an example", async () => {
    const bot = await test.register();
    const { statuses, textOf, report } = await verified(bot, { network: NETWORK });
    const webhook = Object.fromEntries(WEBHOOK.map((id) => [id, "skip"]));
    expect(notPassing(statuses)).toEqual({ ...QUIET, ...webhook });
    expect(textOf("webhook-answer")).toContain("bot.contoso.com is a name of examples");
    expect(report.exitCode).toBe(0);
  });

  it("finds what was changed in the directory", async () => {
    const bot = await test.register();
    await test.call("PATCH", `/applications/${bot.applicationObjectId}`, {
      web: { redirectUris: ["https://elsewhere.contoso.com/back"] },
      requiredResourceAccess: requiredAccess(["Calls.AccessMedia.All", "Calls.Initiate.All"]),
    });
    await test.call("PATCH", `/servicePrincipals/${bot.servicePrincipalObjectId}`, {
      accountEnabled: false,
    });
    await test.call(
      "DELETE",
      `/applications/${bot.applicationObjectId}/owners/10ca1000-0000-4000-8000-0000000000d2/$ref`,
    );
    const given = await test.call(
      "GET",
      `/servicePrincipals/${bot.servicePrincipalObjectId}/appRoleAssignments`,
    );
    await test.call(
      "DELETE",
      `/servicePrincipals/${bot.servicePrincipalObjectId}/appRoleAssignments/${given.value[0].id}`,
    );
    const { report, statuses, textOf } = await verified(bot, { skip: WEBHOOK });
    expect(notPassing(statuses)).toEqual({
      ...QUIET,
      "app-roles": "fail",
      "reply-urls": "fail",
      "service-principal": "fail",
      consent: "fail",
      owners: "warn",
    });
    expect(report.exitCode).toBe(1);
    expect(textOf("app-roles")).toContain("no longer asks for Calls.JoinGroupCall.All");
    expect(textOf("consent")).toMatch(/7504.*\/adminconsent\?client_id=/);
  });

  it("finds more than the stack asked for", async () => {
    const bot = await test.register();
    await test.grant(bot.servicePrincipalObjectId, ["Calls.AccessMedia.All"]);
    await test.call("PATCH", `/applications/${bot.applicationObjectId}`, {
      web: { redirectUris: [...bot.replyUrls, "https://elsewhere.contoso.com/back"] },
      requiredResourceAccess: requiredAccess([
        "Calls.JoinGroupCall.All",
        "Calls.Initiate.All",
        "Calls.AccessMedia.All",
      ]),
    });
    for (const _ of [1, 2]) {
      await test.call("POST", `/applications/${bot.applicationObjectId}/addPassword`, {});
    }
    const { report, statuses, textOf } = await verified(bot, { skip: WEBHOOK });
    expect(notPassing(statuses)).toEqual({
      ...QUIET,
      "app-roles": "warn",
      "reply-urls": "warn",
      consent: "warn",
      credential: "warn",
    });
    expect(report.exitCode).toBe(0);
    expect(textOf("consent")).toMatch(/Calls\.AccessMedia\.All \(since \d{4}-/);
  });

  it("finds what was changed on the Azure Bot and its channel", async () => {
    const bot = await test.register();
    await test.putBot(bot, { endpoint: "https://elsewhere.contoso.com/api/messages" });
    await test.putChannel(bot, {
      enableCalling: false,
      callingWebhook: "https://elsewhere.contoso.com/",
      deploymentEnvironment: "GCCModerateDeployment",
    });
    const { statuses, textOf } = await verified(bot, { skip: WEBHOOK });
    expect(notPassing(statuses)).toEqual({
      ...QUIET,
      "bot-endpoint": "fail",
      "channel-calling": "fail",
      "channel-webhook": "fail",
      "channel-deployment": "fail",
    });
    expect(textOf("channel-calling")).toContain("although a webhook is set");
    await test.putBot(bot, { publicNetworkAccess: "Disabled" });
    await test.arm("DELETE", bot.channelResourceId);
    const later = await verified(bot, { skip: WEBHOOK });
    expect(notPassing(later.statuses)).toEqual({
      ...QUIET,
      "bot-endpoint": "warn",
      "channel-calling": "fail",
      "channel-webhook": "skip",
      "channel-deployment": "skip",
    });
  });

  it("tells what is gone altogether", async () => {
    const bot = await test.register("shared");
    await test.call("PATCH", `/applications/${bot.applicationObjectId}`, {
      identifierUris: [`api://${bot.appId}`],
    });
    await test.call("DELETE", `/applications/${bot.applicationObjectId}`);
    await test.arm("DELETE", bot.botResourceId);
    const { statuses } = await verified(bot, { skip: WEBHOOK });
    expect(statuses).toMatchObject({
      application: "fail",
      "service-principal": "fail",
      consent: "fail",
      "app-roles": "skip",
      credential: "skip",
      "azure-bot": "fail",
      "bot-endpoint": "skip",
      "left-overs": "skip",
      "left-over-resources": "skip",
      "deleted-applications": "skip",
      "deleted-vaults": "skip",
    });
    const other = await test.register("shared");
    const { statuses: ofOther, textOf } = await verified(other, { skip: WEBHOOK });
    expect(ofOther["deleted-applications"]).toBe("warn");
    expect(textOf("deleted-applications")).toContain(`api://${bot.appId}`);
  });

  it("finds an application that a run made and nobody wrote down, and none of another stack", async () => {
    const bot = await test.register("crashed");
    const lost = await test.register("crashed");
    const { statuses, textOf } = await verified(bot, { skip: WEBHOOK });
    expect(statuses["left-overs"]).toBe("warn");
    expect(textOf("left-overs")).toContain(lost.appId);
    const together = await verified({ one: bot, two: lost }, { skip: WEBHOOK });
    expect(textOf("left-overs")).toContain(lost.appId);
    const said = together.results.find((result) => result.id === "left-overs");
    expect(said?.finding).not.toContain(lost.appId);
    expect(said?.bot).toBe("one");
    expect(together.results).toHaveLength(2 * (VERIFY_CHECKS.length - WEBHOOK.length));
  });

  it("finds service principals, Azure resources and deleted vaults of its stack that it does not know", async () => {
    const bot = await test.register("left");
    const own = { "pulumi-project": "teams-calling-bot", "pulumi-stack": "left" };
    const foreign = await test.newBot({ displayName: "Elsewhere" });
    const path = `/servicePrincipals(appId='${foreign.appId}')`;
    await test.call("PATCH", path, { tags: Object.entries(own).map((pair) => pair.join(":")) });
    const group = `/subscriptions/${bot.subscriptionId}/resourceGroups/rg-elsewhere`;
    await test.arm("PUT", group, { location: "westeurope" });
    const vault = "/providers/Microsoft.KeyVault/vaults";
    await test.arm("PUT", `${group}${vault}/left-over-kv`, { ...vaultBody(), tags: own });
    await test.arm("PUT", `${group}${vault}/deleted-kv`, { ...vaultBody(), tags: own });
    await test.arm("DELETE", `${group}${vault}/deleted-kv`);
    const { statuses, textOf } = await verified(bot, { skip: WEBHOOK });
    expect(notPassing(statuses)).toEqual({
      ...QUIET,
      "left-overs": "warn",
      "left-over-resources": "warn",
      "deleted-vaults": "warn",
    });
    expect(textOf("left-overs")).toContain(`service principal Elsewhere ${foreign.appId}`);
    expect(textOf("left-over-resources")).toContain("/vaults/left-over-kv");
    expect(textOf("deleted-vaults")).toMatch(
      /deleted-kv \(until \d{4}-\d\d-\d\d\).*az keyvault purge/,
    );
    test.cloud.faults.add({ kind: "fail", status: 403, path: "deletedVaults", skip: 0 });
    const blind = await verified(bot, { skip: WEBHOOK });
    expect(blind.textOf("deleted-vaults")).toContain("Reader on the whole subscription");
    expect(blind.report.exitCode).toBe(0);
    // What it does see is found all the same.
    test.cloud.faults.add({
      kind: "fail",
      status: 403,
      path: "/Microsoft.Authorization/roleAssignments",
      skip: 0,
    });
    expect((await verified(bot, { skip: WEBHOOK })).statuses["left-over-resources"]).toBe("warn");
    const partly = await verified(await test.register(), { skip: WEBHOOK });
    expect(partly.statuses["left-over-resources"]).toBe("skip");
    expect(partly.textOf("left-over-resources")).toContain("sees a part of the subscription");
    expect(partly.report.exitCode).toBe(0);
  });
});

describe("verify on other kinds of bots", () => {
  it("asks nothing of an application where the bot signs in as a managed identity", async () => {
    const { applicationObjectId: _, ...bot } = await test.register();
    const group = `/subscriptions/${bot.subscriptionId}/resourceGroups/rg-bots`;
    const id = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/bot-identity`;
    const { properties } = await test.arm("PUT", id, { location: "westeurope" });
    const botResourceId = `${group}/providers/Microsoft.BotService/botServices/identity-bot`;
    const outputs = {
      ...bot,
      appId: properties.clientId,
      servicePrincipalObjectId: properties.principalId,
      botResourceId,
      channelResourceId: `${botResourceId}/channels/MsTeamsChannel`,
    };
    await test.putBot(outputs, { msaAppType: "UserAssignedMSI", msaAppMSIResourceId: id });
    await test.putChannel(outputs);
    await test.grant(properties.principalId, ["Calls.JoinGroupCall.All", "Calls.Initiate.All"]);
    const { statuses, textOf } = await verified(outputs, { skip: WEBHOOK });
    expect(notPassing(statuses)).toEqual({
      ...QUIET,
      application: "skip",
      "app-roles": "skip",
      "reply-urls": "skip",
      owners: "skip",
      credential: "skip",
      consent: "warn",
      "left-overs": "skip",
      "left-over-resources": "skip",
      "deleted-applications": "skip",
      "deleted-vaults": "skip",
    });
    expect(textOf("consent")).toContain("up to 24 hours");
  });

  it("finds a bot that cannot sign in, and a Teams app that lets nobody call", async () => {
    const bot = await test.register();
    const application = `/applications/${bot.applicationObjectId}`;
    const { passwordCredentials } = await test.call("GET", application);
    for (const { keyId } of passwordCredentials) {
      await test.call("POST", `${application}/removePassword`, { keyId });
    }
    const manifest = (supportsCalling: boolean) => {
      const bots = [{ botId: bot.appId, scopes: ["personal"], supportsCalling }];
      writeFileSync(
        join(folder, "manifest.json"),
        asFile(sampleManifest("1.17", { bots, webApplicationInfo: { id: bot.appId } })),
      );
      return "manifest.json";
    };
    const mute = await verified(bot, { skip: WEBHOOK, app: manifest(false) });
    const found = { credential: "fail", "teams-app": "fail", "teams-app-catalogue": "warn" };
    expect(notPassing(mute.statuses)).toEqual({ ...QUIET, ...found });
    const calling = await verified(bot, { skip: WEBHOOK, app: manifest(true) });
    expect(calling.textOf("teams-app")).toContain("has calling, for this bot");
    test.cloud.faults.add({ kind: "fail", status: 403, path: "appCatalogs", skip: 0 });
    const blind = await verified(bot, { skip: WEBHOOK, app: manifest(true) });
    expect(blind.textOf("teams-app-catalogue")).toContain("AppCatalog.Read.All");
    const damaged = await verified(bot, { skip: WEBHOOK, app: "outputs.json" });
    expect(damaged.statuses["teams-app"]).toBe("fail");
  });

  it("asks customers' tenants with the bot's own token, once they have consented and before", async () => {
    const customers = await test.newBot({
      displayName: "Customers' bot",
      signInAudience: "AzureADMultipleOrgs",
      roles: ["Calls.JoinGroupCall.All", "Calls.Initiate.All"],
    });
    const bot = await test.register();
    const tenants = [bot.tenantId, SECOND_TENANT_ID].map((tenant) => ({
      tenant,
      state: ConsentState.Unknown,
    }));
    const registered = { ...bot, appId: customers.appId, replyUrls: [REPLY_URL] };
    const look = async (env?: Record<string, string>, former?: readonly string[]) => {
      const consent =
        former === undefined
          ? { ...bot.consent, tenants }
          : { ...bot.consent, tenants: tenants.slice(0, 1), formerTenants: [...former] };
      const outputs = { ...registered, consent };
      const skip = VERIFY_CHECKS.map(({ id }) => id).filter((id) => id !== "customers-consent");
      const all = { ...test.cloud.environment(), ...env };
      const { statuses, textOf } = await verified(outputs, { skip, env: all });
      return `${statuses["customers-consent"]} ${textOf("customers-consent")}`;
    };
    const BOT_CLIENT_SECRET = customers.secret;
    expect(await look()).toMatch(/^skip.*az login --tenant.*set BOT_CLIENT_SECRET/);
    expect(await look({ BOT_CLIENT_SECRET })).toMatch(/^fail .*code 7504.*adminconsent/);
    const visitor = new Visitor();
    const link = test.consentLink(customers, { tenant: SECOND_TENANT_ID });
    const page = await visitor.visit(link, SECOND_TENANT_ADMIN);
    await visitor.submit(page, { action: "accept" });
    expect(await look({ BOT_CLIENT_SECRET })).toMatch(/^pass 1 customer has consented/);
    // Named no longer, by id or by domain: what was granted there is still there.
    const left = [SECOND_TENANT_ID, "nobody.example"];
    expect(await look({ BOT_CLIENT_SECRET }, left)).toMatch(
      /^warn Consented, and not named in consent\.customerTenants: [0-9a-f-]+\..*az ad sp delete --id/,
    );
    expect(await look({}, left)).toMatch(/^skip/);
    expect(await look({ BOT_CLIENT_SECRET }, ["nobody.example"])).toMatch(/^skip/);
  });
});

describe("verify without an answer", () => {
  const unknownIn = (results: readonly CheckResult[]) =>
    results.filter((result) => result.unknown !== undefined).map(({ id }) => id);

  it("skips what the directory does not tell, judges the rest, and ends with 2", async () => {
    const bot = await test.register();
    test.cloud.faults.add({ kind: "throttle", retryAfterSeconds: 3600, service: "graph", skip: 0 });
    const { report, results, statuses, textOf } = await verified(bot, { skip: WEBHOOK });
    expect(unknownIn(results)).toContain("consent");
    expect(statuses["channel-calling"]).toBe("pass");
    expect(textOf("consent")).toContain("the service asks callers to wait");
    expect(report.exitCode).toBe(2);
  });

  it("skips what Resource Manager does not tell, and tries again before it gives up", async () => {
    const bot = await test.register();
    test.cloud.faults.add({ kind: "fail", status: 503, service: "arm", times: 1, skip: 0 });
    expect((await verified(bot, { skip: WEBHOOK })).statuses["azure-bot"]).toBe("pass");
    test.cloud.faults.add({ kind: "drop", when: "before", service: "arm", skip: 0 });
    const { report, results } = await verified(bot, { skip: WEBHOOK });
    expect(unknownIn(results)).toEqual([
      "azure-bot",
      "bot-endpoint",
      "channel-calling",
      "channel-webhook",
      "channel-deployment",
      "left-over-resources",
      "deleted-vaults",
    ]);
    expect(report.exitCode).toBe(2);
  });

  it("says so when nobody is signed in, and when it is another tenant", async () => {
    const bot = await test.register();
    const { AZURE_CLIENT_SECRET: secret } = process.env;
    process.env["AZURE_CLIENT_SECRET"] = "wrong";
    const wrong = await verified(bot, { skip: WEBHOOK });
    process.env["AZURE_CLIENT_SECRET"] = secret;
    expect(wrong.textOf("application")).toContain("client secret is not one of");
    expect(wrong.report.exitCode).toBe(2);
    const elsewhere = { ...bot, tenantId: "10ca1000-0000-4000-8000-000000000002" };
    const other = await verified(elsewhere, { skip: WEBHOOK });
    expect(other.statuses["application"]).toBe("skip");
    expect(other.report.exitCode).not.toBe(0);
  });

  it("has nothing to look at without outputs, and with those of another program", async () => {
    const { surroundings } = surroundingsOf(process.env, folder);
    const none = await verify(surroundings, { outputs: "nowhere.json" });
    expect([none.exitCode, none.issues[0]?.path]).toEqual([2, "nowhere.json"]);
    const { report } = await verified({ url: "https://contoso.com" });
    expect([report.exitCode, report.issues.length]).toEqual([2, 1]);
    expect(report.issues[0]).toMatchObject({ got: "only url" });
    const part = await verified({ schemaVersion: 1, cloud: "mars" });
    expect(part.report.issues.map(({ rule }) => rule)).toEqual([
      expect.stringMatching(
        /^must hold the outputs of a bot, .*missing or wrong: cloud, tenantId, /,
      ),
    ]);
    const several = await verified({}, { skip: ["consent,webhook-dn"] });
    const misspelt = await verified({}, { skip: ["webhook-dn"] });
    expect(several.report.issues.map(({ got }) => got)).toEqual(['"webhook-dn"']);
    expect(misspelt.report.issues[0]?.fix).toBe("Perhaps webhook-dns.");
    const unclear = await verified({}, { media: "contoso" });
    expect(unclear.report.issues[0]?.path).toBe("--media");
  });
});

describe("verify --watch and --junit", () => {
  it("prints everything once, then only what changes", async () => {
    const bot = await test.register();
    const { surroundings, finished } = surroundingsOf(process.env, folder);
    const stop = new AbortController();
    const options = { outputs: outputsFile(bot), skip: WEBHOOK, every: "1s" };
    const watching = watch(surroundings, options, { network: server.network, signal: stop.signal });
    const until = async (count: number) => {
      while (finished.length < count) await new Promise((resolve) => setTimeout(resolve, 50));
    };
    await until(1);
    await test.putChannel(bot, { enableCalling: false });
    await until(2);
    await test.putChannel(bot);
    await until(3);
    // An update has changed the stack, and its outputs with it.
    outputsFile({ ...bot, messagingEndpoint: "https://bot.contoso.com/api/other" });
    await until(4);
    writeFileSync(join(folder, "outputs.json"), "");
    await until(5);
    outputsFile(bot);
    await until(6);
    stop.abort();
    await watching;
    const [whole, broken, mended, updated] = finished.map(
      ({ data }) => data?.["results"] as CheckResult[],
    );
    expect(whole).toHaveLength(VERIFY_CHECKS.length - WEBHOOK.length);
    expect(broken?.map(({ id, status }) => [id, status])).toEqual([["channel-calling", "fail"]]);
    expect(mended?.map(({ id, status }) => [id, status])).toEqual([["channel-calling", "pass"]]);
    expect(updated?.map(({ id, status }) => [id, status])).toEqual([["bot-endpoint", "fail"]]);
    expect(finished.map(({ exitCode }) => exitCode)).toEqual([0, 1, 0, 1, 2, 0]);
  });

  it("writes a JUnit file, and says so when it cannot", async () => {
    const bot: StackOutputs = { ...(await test.register()), messagingEndpoint: 'https://a/"<&>' };
    await verified(bot, { skip: WEBHOOK, junit: "reports/verify.xml" });
    const xml = readFileSync(join(folder, "reports", "verify.xml"), "utf8");
    expect(xml).toMatch(/^<\?xml version="1.0"/);
    expect(xml).toContain("https://a/&quot;&lt;&amp;&gt;");
    expect(xml.match(/<testcase /g)).toHaveLength(VERIFY_CHECKS.length - WEBHOOK.length);
    const unwritten = await verified(bot, { skip: WEBHOOK, junit: "reports" });
    expect(unwritten.report.exitCode).toBe(2);
    expect(unwritten.report.issues[0]?.path).toBe("reports");
  });
});

describe("verify as a command", () => {
  it("reads standard input, prints JSON or text without colours, and ends with the exit code", async () => {
    const bot = await test.register();
    const args = ["--outputs", "-", "--skip", ...WEBHOOK];
    const well = await runVerify([...args, "--json"], JSON.stringify(bot));
    expect(well.code).toBe(0);
    expect(JSON.parse(well.out)).toMatchObject({ ok: true, issues: [] });
    await test.putChannel(bot, { enableCalling: false });
    const failing = await runVerify(args, JSON.stringify(bot));
    expect(failing.code).toBe(1);
    expect(failing.out).not.toContain(String.fromCharCode(27));
    expect(failing.out.trim().split("\n").slice(-3)[0]).toMatch(/^FAIL channel-calling: /);
    expect(failing.out).toMatch(/ passed, .* 1 failed\.$/m);
    const nothing = await runVerify(["--outputs", "-"], "");
    expect(nothing.code).toBe(2);
    expect(nothing.err).toContain("standard input must be the JSON");
  });
});

function runVerify(args: readonly string[], input: string) {
  return new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    const main = new URL("../../commands/main.ts", import.meta.url);
    const child = spawn(process.execPath, nodeArguments(main, ["verify", ...args]), {
      cwd: folder,
      env: process.env,
    });
    let out = "";
    let err = "";
    child.stdout.on("data", (data) => {
      out += data;
    });
    child.stderr.on("data", (data) => {
      err += data;
    });
    child.on("close", (code) => resolve({ code, out, err }));
    child.stdin.end(input);
  });
}
