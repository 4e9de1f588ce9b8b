// `teams-calling-bot consent` as a person has it: another process, its exit code and what it prints.
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { consentWait } from "../../commands/consent/consent-wait.js";
import { GLOBAL_ADMIN, SECOND_TENANT_ADMIN } from "../../local-cloud/directory/people.js";
import {
  DEPLOYER_WITHOUT_DIRECTORY_RIGHTS,
  SECOND_TENANT_ID,
  TENANT_ID,
} from "../../local-cloud/index.js";
import { nodeArguments } from "../../scripts/node-arguments.js";
import {
  type Bot,
  type BotOptions,
  type EntraUnderTest,
  REPLY_URL,
  ROLE_IDS,
  type RoleName,
  startEntra,
} from "../local-cloud/entra/entra-under-test.js";
import { Visitor } from "../local-cloud/entra/visitor.js";

const MAIN = new URL("../../commands/main.ts", import.meta.url);
const ROLES: readonly RoleName[] = ["Calls.AccessMedia.All", "Calls.JoinGroupCall.All"];

let entra: EntraUnderTest;
let folder: string;

beforeAll(async () => {
  entra = await startEntra();
  folder = mkdtempSync(join(tmpdir(), "consent-command-"));
});
afterEach(() => entra.cloud.faults.clear());
afterAll(async () => {
  await entra.cloud.remove();
  rmSync(folder, { recursive: true, force: true });
});

interface Options {
  readonly input?: string | Buffer;
  readonly env?: Record<string, string | undefined>;
  /** @default a folder without a Pulumi project */
  readonly cwd?: string;
}

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function consent(
  args: readonly string[],
  { input, env = {}, cwd = folder }: Options = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, nodeArguments(MAIN, ["consent", ...args]), {
      cwd,
      env: { ...process.env, NO_COLOR: "1", ...entra.cloud.environment(), ...env },
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
    child.stdin.on("error", () => {});
    child.stdin.end(input ?? "");
  });
}

/** The outputs of a stack that registered the bot, with what a test changes. */
function outputsOf(bot: Bot, changes: Record<string, unknown> = {}) {
  const link = entra.consentLink(bot, { state: undefined });
  return {
    schemaVersion: 1,
    cloud: "public",
    tenantId: TENANT_ID,
    subscriptionId: "s",
    resourceGroupName: "bots",
    appId: bot.appId,
    applicationObjectId: bot.objectId,
    servicePrincipalObjectId: "sp",
    botName: "reception",
    botResourceId: "/bot",
    channelResourceId: "/channel",
    messagingEndpoint: "https://contoso.com/api/messages",
    callingWebhook: "https://contoso.com/api/calling",
    replyUrls: [REPLY_URL],
    permissions: ROLES.map((value) => ({ value, id: ROLE_IDS[value], because: [] })),
    grantedPermissions: [],
    consent: { mode: "url", link },
    credential: "none",
    todo: [],
    ...changes,
  };
}

function outputsFile(name: string, value: unknown): string {
  writeFileSync(join(folder, name), JSON.stringify(value));
  return name;
}

async function botWithFile(options: BotOptions = {}, changes: Record<string, unknown> = {}) {
  const bot = await entra.newBot(options);
  const file = outputsFile(`${bot.appId}.json`, outputsOf(bot, changes));
  return { bot, file };
}

async function accept(link: string, person: { readonly id: string } = GLOBAL_ADMIN) {
  const visitor = new Visitor();
  const answer = await visitor.submit(await visitor.visit(link, person), { action: "accept" });
  expect(answer.location).toContain("admin_consent=True");
}

/** No command may ever answer with a stack trace. */
function expectSentence({ code, err }: Ran, expected: string | RegExp, exitCode = 1) {
  expect(err).toMatch(expected);
  expect(err).not.toMatch(/^\s+at /m);
  expect(code).toBe(exitCode);
}

describe("consent link", () => {
  it("prints the link alone, and what it prints works", async () => {
    const { bot, file } = await botWithFile();
    const { code, out, err } = await consent(["link", "--outputs", file]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toBe(`${entra.consentLink(bot, { state: undefined })}\n`);
    await accept(out.trim());
    expect(await entra.rolesOf(bot)).toEqual(expect.arrayContaining([...ROLES]));
  });

  it("takes outputs from standard input, also as the shell of Windows writes them, and finds the bot among other outputs", async () => {
    const { bot } = await botWithFile();
    const outputs = outputsOf(bot);
    const inputs = [
      JSON.stringify(outputs),
      Buffer.from(`\ufeff${JSON.stringify(outputs)}`, "utf16le"),
      Buffer.from(`\ufeff${JSON.stringify({ note: "x", registration: outputs })}`, "utf8"),
    ];
    for (const input of inputs) {
      const { code, out } = await consent(["link", "--outputs", "-"], { input });
      expect([code, out.startsWith(entra.login)]).toEqual([0, true]);
    }
    const two = JSON.stringify({ a: outputs, b: outputs });
    expectSentence(
      await consent(["link", "--outputs", "-"], { input: two }),
      /Choose with --bot one of a, b\./,
    );
    expect((await consent(["link", "--outputs", "-", "--bot", "b"], { input: two })).code).toBe(0);
    expectSentence(
      await consent(["link", "--outputs", "-", "--bot", "c"], { input: two }),
      /Choose one of a, b\./,
    );
  });

  it("makes a link for any tenant, each behind its name when there are several, and as JSON", async () => {
    const tenants = [
      { tenant: TENANT_ID, state: "granted" },
      { tenant: "fabrikam.local", state: "unknown" },
    ];
    const { bot, file } = await botWithFile({}, {});
    const link = entra.consentLink(bot, { state: undefined });
    outputsFile(file, outputsOf(bot, { consent: { mode: "url", link, tenants } }));
    const several = await consent(["link", "--outputs", file]);
    expect(several.out.trim().split("\n")).toEqual([
      `${TENANT_ID}  ${link}`,
      `fabrikam.local  ${link.replace(TENANT_ID, "fabrikam.local")}`,
    ]);
    const other = await consent(["link", "--outputs", file, "--tenant", "contoso.com", "--json"]);
    expect(JSON.parse(other.out)).toEqual({
      ok: true,
      appId: bot.appId,
      links: [{ tenant: "contoso.com", link: link.replace(TENANT_ID, "contoso.com") }],
      issues: [],
      warnings: [],
    });
  });

  it.skipIf(process.platform === "win32")(
    "opens the browser without a shell, or says that it cannot",
    async () => {
      const { bot, file } = await botWithFile();
      const opened = join(folder, "opened");
      const browser = join(folder, process.platform === "darwin" ? "open" : "xdg-open");
      writeFileSync(browser, `#!/bin/sh\nprintf %s "$1" > "${opened}"\n`);
      chmodSync(browser, 0o755);
      const PATH = `${folder}${delimiter}${process.env["PATH"]}`;
      const ran = await consent(["link", "--outputs", file, "--open"], { env: { PATH } });
      expect([ran.code, ran.err]).toEqual([0, ""]);
      await expect
        .poll(() => readFileSync(opened, "utf8"))
        .toBe(entra.consentLink(bot, { state: undefined }));
      const without = await consent(["link", "--outputs", file, "--open"], {
        env: { PATH: join(folder, "none") },
      });
      expect(without.code).toBe(0);
      expect(without.err).toContain("Open the link by yourself.");
    },
  );

  it("refuses a link that would end on an error page, and a bot that has none", async () => {
    const bot = await entra.newBot();
    const replyUrls = [REPLY_URL.toLowerCase()];
    const file = outputsFile("redirect.json", outputsOf(bot, { replyUrls }));
    const ran = await consent(["link", "--outputs", file]);
    expectSentence(ran, /must be one of the application's reply URLs.*differs in case\./);
    expect(ran.out).toBe("");
    const { applicationObjectId: _, ...managed } = outputsOf(bot, { consent: { mode: "grant" } });
    expectSentence(
      await consent(["link", "--outputs", outputsFile("managed.json", managed)]),
      /a managed identity has none/,
    );
  });
});

describe("a stack by its name", () => {
  it("is asked of pulumi, and a stack that does not exist is a sentence", async () => {
    const { bot } = await botWithFile();
    const workDir = mkdtempSync(join(folder, "stack-"));
    mkdirSync(join(workDir, "state"));
    writeFileSync(join(workDir, "Pulumi.yaml"), "name: teams-calling-bot\nruntime: nodejs\n");
    const backend = {
      PULUMI_BACKEND_URL: pathToFileURL(join(workDir, "state")).href,
      PULUMI_CONFIG_PASSPHRASE: "",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    };
    const stack = await LocalWorkspace.createOrSelectStack(
      {
        stackName: "reception",
        projectName: "teams-calling-bot",
        program: async () => outputsOf(bot),
      },
      { workDir, envVars: backend },
    );
    await stack.up();
    const options = { env: backend, cwd: workDir };
    const { code, out } = await consent(["link", "--stack", "reception"], options);
    expect([code, out]).toEqual([0, `${entra.consentLink(bot, { state: undefined })}\n`]);
    const missing = await consent(["link", "--stack", "nowhere"], options);
    expectSentence(missing, /stack nowhere cannot be read: no stack named 'nowhere' found/);
    const none = await consent(["link"], { ...options, cwd: folder });
    expectSentence(none, /the selected stack cannot be read: .*Pulumi/);
  });
});

describe("consent status", () => {
  it("shows what is asked, granted, missing and surplus, and ends with 0 only when all is granted", async () => {
    const { bot, file } = await botWithFile();
    const before = await consent(["status", "--outputs", file]);
    expect(before.out.split("\n").slice(0, 2)).toEqual([
      expect.stringMatching(/^TENANT +STATE +GRANTED +MISSING +NO LONGER ASKED FOR +READ FROM$/),
      expect.stringMatching(
        new RegExp(
          `^${TENANT_ID} +outstanding +0 of 2 +Calls.AccessMedia.All, Calls.JoinGroupCall.All +- +directory$`,
        ),
      ),
    ]);
    expectSentence(before, /must consent to Calls\.AccessMedia\.All, Calls\.JoinGroupCall\.All/);

    await accept(entra.consentLink(bot));
    const after = await consent(["status", "--outputs", file]);
    expect([after.code, after.out]).toEqual([0, expect.stringContaining("is granted.")]);

    const permissions = [{ value: ROLES[0], id: "x", because: [] }];
    const fewer = outputsFile("fewer.json", outputsOf(bot, { permissions }));
    const surplus = await consent(["status", "--outputs", fewer, "--json"]);
    expect(surplus.code).toBe(0);
    expect(JSON.parse(surplus.out)).toMatchObject({
      ok: true,
      appId: bot.appId,
      mode: "url",
      asked: ["Calls.AccessMedia.All"],
      tenants: [
        {
          tenant: TENANT_ID,
          state: "granted",
          missing: [],
          surplus: ["Calls.JoinGroupCall.All"],
          readFrom: "directory",
        },
      ],
      warnings: [{ text: expect.stringContaining("still grants what is no longer asked for") }],
    });
  });

  it("judges by the bot's own token where nobody may read the directory, in every tenant", async () => {
    const bot = await entra.newBot({ signInAudience: "AzureADMultipleOrgs" });
    const tenants = [
      { tenant: TENANT_ID, state: "unknown" },
      { tenant: "fabrikam.local", state: "unknown" },
      { tenant: "organizations", state: "unknown" },
    ];
    const link = entra.consentLink(bot, { state: undefined });
    const file = outputsFile(
      "two.json",
      outputsOf(bot, { consent: { mode: "url", link, tenants } }),
    );
    const env = {
      AZURE_CLIENT_ID: DEPLOYER_WITHOUT_DIRECTORY_RIGHTS.appId,
      AZURE_CLIENT_SECRET: entra.cloud.deployerWithoutDirectoryRightsSecret,
      BOT_CLIENT_SECRET: bot.secret,
    };
    const rows = async () => {
      const { out, err, code } = await consent(["status", "--outputs", file, "--json"], { env });
      expect(err).not.toContain(bot.secret);
      return { code, tenants: JSON.parse(out).tenants };
    };
    expect(await rows()).toMatchObject({
      code: 1,
      tenants: [
        { state: "outstanding", readFrom: "token" },
        { state: "outstanding", readFrom: "token" },
        { state: "unknown", readFrom: null },
      ],
    });
    await accept(link);
    await accept(entra.consentLink(bot, { tenant: SECOND_TENANT_ID }), SECOND_TENANT_ADMIN);
    expect(await rows()).toMatchObject({
      code: 0,
      tenants: [{ state: "granted" }, { state: "granted" }, { state: "unknown" }],
    });
  });

  it("is a sentence with what to do for every bad input", async () => {
    const { bot, file } = await botWithFile();
    const status = (args: readonly string[], env: Record<string, string | undefined> = {}) =>
      consent(["status", "--outputs", file, ...args], { env });
    const noRights = {
      AZURE_CLIENT_ID: DEPLOYER_WITHOUT_DIRECTORY_RIGHTS.appId,
      AZURE_CLIENT_SECRET: entra.cloud.deployerWithoutDirectoryRightsSecret,
    };
    const nobody = { AZURE_CLIENT_ID: undefined, AZURE_CLIENT_SECRET: undefined };

    expectSentence(await status(["--tenant", "nowhere.example"]), /does not know this tenant/);
    expectSentence(await status(["--tenant", "common"]), /--tenant must be a tenant id/);
    expectSentence(await status(["--tenant", SECOND_TENANT_ID]), /belongs to another tenant/);
    expectSentence(await status([], noRights), /may not read applications\b.*BOT_CLIENT_SECRET/);
    expectSentence(await status([], nobody), /nobody is signed in/);
    expectSentence(
      await status([], { ...noRights, BOT_CLIENT_SECRET: "wrong" }),
      /client secret is not one of the application's/,
    );
    expectSentence(await status([], { BOT_CLIENT_ID: TENANT_ID }), /BOT_CLIENT_ID must be/);
    expectSentence(
      await status([], { AZURE_AUTHORITY_HOST: "https://localhost:1" }),
      /could not be reached.*network/,
    );
    expectSentence(
      await status([], { LOCAL_GRAPH_URL: "https://localhost:1" }),
      /could not be reached|was not understood|nobody is signed in/,
    );

    const { secretText } = await entra.call("POST", `/applications/${bot.objectId}/addPassword`, {
      passwordCredential: {
        endDateTime: "2020-01-02T00:00:00Z",
        startDateTime: "2020-01-01T00:00:00Z",
      },
    });
    expectSentence(
      await status([], { ...noRights, BOT_CLIENT_SECRET: secretText }),
      /client secret has expired/,
    );
    expectSentence(
      await status([], { AZURE_CLIENT_ID: bot.appId, AZURE_CLIENT_SECRET: secretText }),
      /client secret has expired.*AZURE_CLIENT_SECRET/,
    );
    const forPrograms = await status(["--tenant", "nowhere.example", "--json"], {
      FORCE_COLOR: "1",
    });
    expect([forPrograms.code, JSON.parse(forPrograms.out)]).toEqual([
      1,
      expect.objectContaining({
        ok: false,
        issues: [
          expect.objectContaining({ text: expect.stringMatching(/does not know this tenant/) }),
        ],
      }),
    ]);

    entra.cloud.faults.add({
      kind: "throttle",
      retryAfterSeconds: 3600,
      service: "graph",
      skip: 0,
    });
    expectSentence(await status([]), /asks callers to wait/);
    entra.cloud.faults.clear();
    entra.cloud.faults.add({
      kind: "throttle",
      retryAfterSeconds: 3600,
      service: "login",
      skip: 0,
    });
    expectSentence(await status([]), /asks callers to wait/);
    entra.cloud.faults.clear();

    await entra.call("PATCH", `/applications/${bot.objectId}`, {
      web: { redirectUris: [`${REPLY_URL}/`] },
    });
    expectSentence(await status([]), /differs in its final slash/);

    const gone = { ...bot, appId: "99999999-9999-4999-8999-999999999999" };
    const missing = outputsFile("gone.json", outputsOf(gone));
    expectSentence(await consent(["status", "--outputs", missing]), /does not know it/);
  });

  it("refuses outputs that are none, with what to do", async () => {
    const cases: [content: string, expected: RegExp][] = [
      ["", /must be the JSON that pulumi stack output --json prints/],
      ["{", /must be the JSON/],
      ["{}", /must hold the outputs of a bot.*got no outputs/],
      ["[]", /must hold the outputs of a bot.*got no outputs/],
      ['{"schemaVersion":2}', /schemaVersion must be 1.*got 2/],
      ['{"schemaVersion":1}', /missing or wrong: .*appId/],
    ];
    for (const [content, expected] of cases) {
      expectSentence(await consent(["status", "--outputs", "-"], { input: content }), expected);
    }
    expectSentence(
      await consent(["status", "--outputs", "nowhere.json"]),
      /nowhere\.json must exist/,
    );
    expectSentence(await consent(["status", "--outputs", "."]), /must be a file/);
    expectSentence(
      await consent(["status"], { env: { PATH: join(folder, "none") } }),
      /pulumi is not found/,
    );
    expectSentence(
      await consent(["status", "--stack", "a", "--outputs", "b"]),
      /conflict|cannot be used/,
      2,
    );
  });
});

describe("consent wait", () => {
  /** Surroundings that keep what is said on the way. */
  function listener(secret: string) {
    const lines: string[] = [];
    const surroundings = {
      cwd: folder,
      env: { ...entra.cloud.environment(), BOT_CLIENT_SECRET: secret },
      progress: (line: string) => void lines.push(line),
      finish: () => undefined,
    };
    return { lines, surroundings };
  }

  it("ends as soon as an administrator has consented", async () => {
    const { bot, file } = await botWithFile();
    const { lines, surroundings } = listener(bot.secret);
    const waiting = consentWait(surroundings, { outputs: file, timeout: "2m" });
    // The administrator comes after the first look: what is seen before is outstanding.
    const left = `${TENANT_ID} outstanding, missing Calls\\.AccessMedia\\.All, .* \\((2 min|11\\d s) left\\)`;
    await expect
      .poll(() => lines.join("\n"), { timeout: 60_000 })
      .toMatch(new RegExp(`\n${left}$`, "m"));
    await accept(entra.consentLink(bot));
    const { lines: said, exitCode = 0 } = await waiting;
    expect([exitCode, said.join("\n")]).toEqual([
      0,
      expect.stringContaining("Everything that is asked for is granted."),
    ]);
    expect(lines.join("\n")).toContain(`Waiting for tenant ${TENANT_ID}: ${entra.login}`);
  });

  it("says from time to time that it still waits, and how long", async () => {
    const { bot, file } = await botWithFile();
    const { lines, surroundings } = listener(bot.secret);
    const pace = { askEveryMs: 10, speakEveryMs: 1 };
    await consentWait(surroundings, { outputs: file, timeout: "6s" }, pace);
    const waits = lines.filter((line) => line.includes(" left)"));
    expect(waits.length).toBeGreaterThan(1);
    for (const line of waits) expect(line).toMatch(/ outstanding, missing .* \([1-6] s left\)$/);
  });

  it("ends at once when it is interrupted", async () => {
    const { file } = await botWithFile();
    const child = spawn(
      process.execPath,
      nodeArguments(MAIN, ["consent", "wait", "--outputs", file]),
      { cwd: folder, env: { ...process.env, ...entra.cloud.environment() } },
    );
    let err = "";
    child.stderr.on("data", (data) => {
      err += data;
      if (err.includes(" left)")) child.kill("SIGINT");
    });
    const ended = await new Promise((resolve) => child.on("close", (...how) => resolve(how)));
    expect(ended).toEqual([null, "SIGINT"]);
    expect(err).not.toContain("error");
  });

  it("gives up at its deadline with what is missing, and at once where waiting cannot help", async () => {
    const { file } = await botWithFile();
    const late = await consent(["wait", "--outputs", file, "--timeout", "1s"]);
    expectSentence(late, /must consent to[\s\S]*Waited for 1s\./);
    const before = Date.now();
    const hopeless = await consent(["wait", "--outputs", file, "--tenant", "nowhere.example"]);
    expectSentence(hopeless, /does not know this tenant[\s\S]*does not pass by itself/);
    expect(Date.now() - before).toBeLessThan(30_000);
    for (const timeout of ["", "soon", "0s", "5", "25h", "-1s"]) {
      expectSentence(
        await consent(["wait", "--outputs", file, `--timeout=${timeout}`]),
        /--timeout must be a number of seconds/,
      );
    }
  });
});
