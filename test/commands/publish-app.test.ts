// `app publish` against the local cloud: over TLS, with the stock Graph client, by people and by applications.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type PublishOptions, publishApp } from "../../commands/app/publish-app.js";
import { GLOBAL_ADMIN, ORDINARY_USER } from "../../local-cloud/directory/people.js";
import { formatIssue } from "../../rules/issue.js";
import { defaultColorIcon, defaultOutlineIcon } from "../../rules/manifest/default-icons.js";
import { nodeArguments } from "../../scripts/node-arguments.js";
import { Visitor } from "../local-cloud/entra/visitor.js";
import { craftedZip } from "../rules/manifest/crafted-zip.js";
import { APP_ID, asFile, sampleManifest } from "../rules/manifest/sample-manifests.js";
import { newStateFolder, startTestCloud, type TestCloud } from "../support/test-cloud.js";
import { personTokens } from "./person-tokens.js";

let cloud: TestCloud;
let signedIn: Awaited<ReturnType<typeof personTokens>>;
let folder: string;

beforeAll(async () => {
  const state = newStateFolder();
  cloud = await startTestCloud({ folder: state });
  signedIn = await personTokens(cloud, state);
  folder = mkdtempSync(join(tmpdir(), "publish-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await cloud.remove();
});

let number = 0;
let id: string;
beforeEach(() => {
  number += 1;
  id = `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
  writePackage("1.0.0");
});

function writePackage(version: string, changes: object = {}): void {
  const bots = [{ botId: APP_ID, scopes: ["personal"], supportsCalling: true }];
  const manifest = sampleManifest("1.17", { id, version, bots, ...changes });
  const zip = craftedZip([
    { name: "manifest.json", content: asFile(manifest), method: 8 },
    { name: "color.png", content: defaultColorIcon("#4464EE") },
    { name: "outline.png", content: defaultOutlineIcon() },
  ]);
  writeFileSync(join(folder, "app.zip"), zip);
}

async function publish(
  options: Partial<PublishOptions> = {},
  credential: Parameters<typeof publishApp>[2] = signedIn("AppCatalog.ReadWrite.All"),
) {
  const progress: string[] = [];
  const surroundings = {
    cwd: folder,
    env: cloud.environment(),
    progress: (line: string) => void progress.push(line),
    finish: () => undefined,
  };
  const given = { file: "app.zip", signIn: "default" as const, ...options };
  const report = await publishApp(surroundings, given, credential);
  return { ...report, progress, issues: report.issues.map(formatIssue) };
}

const writes = () =>
  cloud.requests
    .all()
    .filter(({ method, path }) => method === "POST" && path.includes("appCatalogs"));

describe("publishing", () => {
  it("creates the app, then a new version of it, and does nothing the second time", async () => {
    const before = writes().length;
    const first = await publish();
    expect(first.issues).toEqual([]);
    expect(first.lines).toEqual([
      expect.stringMatching(
        /^The app is published in the catalogue \(catalogue id [0-9a-f-]{36}\)\.$/,
      ),
    ]);
    expect(first.progress).toEqual([
      "Signing in to Microsoft Graph (local) ...",
      `Looking for the app ${id} in the catalogue ...`,
      "Publishing it as a new app ...",
    ]);
    const again = await publish();
    expect(again.lines[0]).toMatch(
      /^Version 1\.0\.0 is in the catalogue already .*; nothing was sent\./,
    );
    writePackage("1.1.0");
    const next = await publish();
    expect(next.lines[0]).toMatch(/^Version 1\.1\.0 of the app is published in the catalogue/);
    expect(next.data?.["catalogId"]).toBe(first.data?.["catalogId"]);
    expect(writes().length - before).toBe(2);
  });

  it("refuses a version that does not rise, without sending it", async () => {
    writePackage("2.0.0");
    await publish();
    const before = writes().length;
    writePackage("1.9.0");
    expect((await publish()).issues).toEqual([
      'app.zip/manifest.json:4:14 version must be higher than 2.0.0, which is in the catalogue (Microsoft Teams), got "1.9.0". Raise it to "2.0.1" and build the package again.',
    ]);
    expect(writes()).toHaveLength(before);
  });

  it("submits for review what a person without the right to publish sends", async () => {
    const uma = signedIn("AppCatalog.Submit", ORDINARY_USER);
    const refused = await publish({}, uma);
    expect(refused.issues).toEqual([
      "The catalogue refused the package (Forbidden): User not authorized to perform this operation (Microsoft Graph). Sign in as a person who may publish: anybody with --review where the organisation allows it, otherwise a Teams administrator.",
    ]);
    const submitted = await publish({ review: true }, uma);
    expect(submitted.lines[0]).toContain(
      "The app is submitted and waits for an administrator's approval",
    );
    const again = await publish({ review: true }, uma);
    expect(again.lines[0]).toContain("Version 1.0.0 was submitted before and waits");
  });

  it("says before it sends anything that this sign-in cannot publish", async () => {
    const before = cloud.requests.all().length;
    const reader = await publish({}, signedIn("User.Read"));
    expect(reader.issues[0]).toContain(
      "must have the delegated permission AppCatalog.Submit or AppCatalog.ReadWrite.All",
    );
    expect(reader.afterIssues).toBe("Nothing was published.");
    expect(cloud.requests.all()).toHaveLength(before);
  });

  it("sends nothing that is wrong", async () => {
    const before = cloud.requests.all().length;
    writePackage("1.0.0", { name: { short: "x".repeat(31), full: "x" } });
    expect((await publish()).issues).toEqual([
      "app.zip/manifest.json:13:14 name.short must be at most 30 characters long (Microsoft Teams manifest schema), got 31. Shorten it; an emoji counts as two or more.",
    ]);
    writeFileSync(join(folder, "manifest.json"), asFile(sampleManifest("1.17")));
    expect((await publish({ file: "manifest.json" })).issues).toEqual([
      "manifest.json must be a package, not a manifest alone (Microsoft Graph). Zip the manifest with its icons, or build it with teams-calling-bot app package.",
    ]);
    expect(cloud.requests.all()).toHaveLength(before);
  });

  it("says in one sentence that Graph cannot be reached", async () => {
    cloud.faults.add({ kind: "drop", when: "before", skip: 0, service: "graph" });
    const { issues } = await publish();
    cloud.faults.clear();
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatch(
      /^The connection to https:\/\/localhost:\d+ failed: .* \(network\)\. Check the network; it is safe to run this again\.$/,
    );
  });

  it.each([
    [
      "fetch failed\n    at somewhere",
      /^The connection to https:\/\/localhost:\d+ failed \(network\)\./,
    ],
    [
      "access_denied: AADSTS65004: User declined",
      /^The sign-in must be accepted, and it was declined/,
    ],
    ["access_denied: AADSTS90094: admin", /^The sign-in needs an administrator's consent/],
    ["Device code is expired. device_code_expired", /^The sign-in must be finished while/],
    ["AADSTS7000218: body", /^The sign-in must be by a client that installed programs may use/],
    ["AADSTS700016: not found", /^The sign-in must be by a client that the organisation knows/],
    ["AADSTS90002: Tenant", /^The sign-in must be to an organisation that exists/],
    [
      "Something odd.\nAnd more",
      /^The sign-in did not succeed: Something odd \(Microsoft Entra ID\)\. Sign in as a person/,
    ],
  ])("says in one sentence why nobody could sign in: %j", async (message, sentence) => {
    const { issues } = await publish({}, { getToken: () => Promise.reject(new Error(message)) });
    expect(issues).toEqual([expect.stringMatching(sentence)]);
  });

  it("as a command tells an application that only people can publish", async () => {
    expect(await command()).toEqual({
      code: 1,
      out: "",
      err: [
        "Signing in to Microsoft Graph (local) ...",
        "error: The sign-in must be that of a person with the delegated permission AppCatalog.Submit: an application cannot publish to the catalogue, whatever it is granted (Microsoft Graph). Sign in as a person with --sign-in device-code or --sign-in browser.",
        "Nothing was published.",
        "",
      ].join("\n"),
    });
  });

  it("as a command lets somebody sign in with a code, and says when they decline", async () => {
    const nobody = { AZURE_CLIENT_ID: undefined, AZURE_CLIENT_SECRET: undefined };
    expect((await command([], undefined, nobody)).err).toContain(
      "error: The sign-in must be that of somebody who is signed in on this machine, and nobody is (Microsoft Entra ID). Sign in as a person",
    );
    const answered = async (action: string) => {
      const visitor = new Visitor();
      return command(["--sign-in", "device-code"], async (err) => {
        const [, address = "", code = ""] =
          /open the page (\S+) and enter the code (\S+)/.exec(err) ?? [];
        if (code === "") return false;
        await visitor.submit(await visitor.visit(`${address}?otc=${code}`, GLOBAL_ADMIN), {
          action,
        });
        return true;
      });
    };
    const declined = await answered("cancel");
    expect(declined.err).toMatch(
      /\nerror: The sign-in must be accepted, and it was declined \(.*\n.*Nothing was published\.\n$/,
    );
    expect([declined.code, declined.out]).toEqual([1, ""]);
    const published = await answered("accept");
    expect([published.code, published.out]).toEqual([
      0,
      expect.stringMatching(/^The app is published in the catalogue/),
    ]);
  });

  it.skipIf(process.platform !== "linux")(
    "as a command lets somebody sign in in the browser",
    async () => {
      const opened = join(folder, "opened");
      const browser = join(folder, "browser");
      writeFileSync(browser, `#!/bin/sh\nprintf %s "$1" > "${opened}"\n`, { mode: 0o755 });
      const visitor = new Visitor();
      const answer = async () => {
        if (!existsSync(opened)) return false;
        const page = await visitor.visit(readFileSync(opened, "utf8"), GLOBAL_ADMIN);
        const { location = "" } = await visitor.submit(page, { action: "accept" });
        await visitor.get(location);
        return true;
      };
      const env = { BROWSER: browser, DISPLAY: undefined, XDG_CURRENT_DESKTOP: undefined };
      const { code, out } = await command(["--sign-in", "browser"], answer, env);
      expect([code, out]).toEqual([
        0,
        expect.stringMatching(/^The app is published in the catalogue/),
      ]);
    },
  );
});

/** `app publish app.zip` in a process of its own; `answer` is asked again and again, with what it has printed, until it says yes. */
async function command(
  args: readonly string[] = [],
  answer: (err: string) => Promise<boolean> = async () => true,
  env: Record<string, string | undefined> = {},
): Promise<{ code: number | null; out: string; err: string }> {
  const main = new URL("../../commands/main.ts", import.meta.url);
  const child = spawn(
    process.execPath,
    nodeArguments(main, ["app", "publish", "app.zip", ...args]),
    { cwd: folder, env: { ...process.env, ...cloud.environment(), NO_COLOR: "1", ...env } },
  );
  let [out, err] = ["", ""];
  child.stdout.on("data", (data) => {
    out += data;
  });
  child.stderr.on("data", (data) => {
    err += data;
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  while (child.exitCode === null && !(await answer(err))) await pause(100);
  return { code: await ended, out, err };
}
