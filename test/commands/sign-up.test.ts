// `teams-calling-bot sign-up` as a person has it: another process, its exit code, and what stands in the folder afterwards.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeArguments } from "../../scripts/node-arguments.js";

const MAIN = new URL("../../commands/main.ts", import.meta.url);
const RETURN = "https://signup.contoso.com/bot/consented.html";
const APP_ID = "aaaaaaaa-0000-4000-8000-000000000001";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sign-up-command-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function outputsOf(changes: Record<string, unknown> = {}): string {
  const role = { value: "Calls.JoinGroupCall.All", id: APP_ID, because: ["asked for by name"] };
  return JSON.stringify({
    schemaVersion: 1,
    cloud: "public",
    tenantId: APP_ID,
    subscriptionId: "s",
    resourceGroupName: "bots",
    appId: APP_ID,
    servicePrincipalObjectId: "sp",
    botName: "reception",
    botResourceId: "/bot",
    channelResourceId: "/channel",
    messagingEndpoint: "https://contoso.com/api/messages",
    callingWebhook: "https://contoso.com/api/calling",
    replyUrls: ["https://contoso.com/other", RETURN],
    permissions: [role],
    grantedPermissions: [],
    consent: { mode: "signUp" },
    credential: "none",
    todo: [],
    ...changes,
  });
}

const SAID: Readonly<Record<string, string>> = {
  "--out": "site",
  "--name": "Contoso Reception",
  "--publisher": "Contoso Ltd",
  "--privacy": "https://contoso.com/privacy",
  "--terms": "https://contoso.com/terms",
  "--contact": "mailto:bots@contoso.com",
  "--outputs": "-",
};

async function signUp(options: Record<string, string> = {}, input = outputsOf()) {
  const args = Object.entries({ ...SAID, ...options }).flat();
  const child = spawn(process.execPath, nodeArguments(MAIN, ["sign-up", ...args]), {
    cwd: folder,
    env: { ...process.env, NO_COLOR: "1", AZURE_AUTHORITY_HOST: "" },
  });
  const text = { out: "", err: "" };
  child.stdout.on("data", (data) => {
    text.out += data;
  });
  child.stderr.on("data", (data) => {
    text.err += data;
  });
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const code = await new Promise((resolve) => child.once("close", resolve));
  return { code, ...text };
}

const page = () => readFileSync(join(folder, "site", "index.html"), "utf8");

describe("teams-calling-bot sign-up", { timeout: 60_000 }, () => {
  it("writes the page for its address, and writes it again over its own", async () => {
    const first = await signUp();
    expect(first).toEqual({
      code: 0,
      out: `site holds the sign-up page: index.html, consented.html, 404.html, logo.svg.\nServe it so that ${RETURN} is its consented.html.\n`,
      err: "",
    });
    expect(readdirSync(join(folder, "site")).sort()).toEqual([
      "404.html",
      "consented.html",
      "index.html",
      "logo.svg",
    ]);
    expect(page()).toContain(APP_ID);
    expect(page()).toContain("https://login.microsoftonline.com");
    expect(page()).toContain(`data-redirect-uri="${RETURN}"`);
    expect((await signUp({ "--name": "Contoso Concierge" })).code).toBe(0);
    expect(page()).toContain("Contoso Concierge");
    expect(readdirSync(folder)).toEqual(["site"]);
  });

  it("names every option that is wrong, and writes nothing", async () => {
    const wrong = { "--privacy": "http://contoso.com", "--contact": "somebody" };
    const { code, out, err } = await signUp(wrong);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain("error: --privacy must be a full address that starts with https:");
    expect(err).toContain("error: --contact must be a full address");
    expect(err).toContain("Nothing was written.");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("takes no return page that the application does not register", async () => {
    const { code, err } = await signUp({ "--redirect-uri": RETURN.toUpperCase() });
    expect(code).toBe(1);
    expect(err).toContain("--redirect-uri must be a reply URL of the bot, letter for letter");
    const none = await signUp({}, outputsOf({ replyUrls: ["https://contoso.com/other"] }));
    expect(none.code).toBe(1);
    expect(none.err).toContain("--redirect-uri must be given, unless exactly one reply URL");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("leaves a folder alone that holds something else, and says who keeps what of a call", async () => {
    const media = { value: "Calls.AccessMedia.All", id: APP_ID, because: [] };
    const outputs = outputsOf({ permissions: [media] });
    const silent = await signUp({}, outputs);
    expect(silent.code).toBe(1);
    expect(silent.err).toContain("--media-recording");
    expect((await signUp({ "--media-recording": "never" }, outputs)).code).toBe(0);
    writeFileSync(join(folder, "site", "notes.txt"), "mine");
    const second = await signUp(
      { "--media-recording": "never", "--name": "Contoso Concierge" },
      outputs,
    );
    expect(second.code).toBe(1);
    expect(second.err).toContain("site must be a new or an empty folder");
    expect(page()).not.toContain("Concierge");
  });
});
