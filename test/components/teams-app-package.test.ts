// The app package as a component on the real engine: what a preview shows and leaves alone, what an update writes.

import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { TeamsAppPackage, type TeamsAppPackageArgs } from "../../components/teams-app-package.js";
import { defaultColorIcon } from "../../rules/manifest/default-icons.js";
import type { TestCloud } from "../support/test-cloud.js";
import {
  failureOf,
  newTestStack,
  startDeployableCloud,
  type TestStack,
} from "../support/test-stack.js";

const APP_ID = "b5561ec9-8cab-4aa3-8aa2-d8d7172e4311";
const ARGS: TeamsAppPackageArgs = {
  appId: APP_ID,
  name: { short: "Reception" },
  description: { short: "Answers the telephone." },
  developer: {
    name: "Contoso",
    websiteUrl: "https://contoso.com",
    privacyUrl: "https://contoso.com/privacy",
    termsOfUseUrl: "https://contoso.com/terms",
  },
};

let cloud: TestCloud;
let project: string;
const cwd = process.cwd();
const made: TestStack[] = [];
beforeAll(async () => {
  cloud = await startDeployableCloud();
});
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "project-"));
  process.chdir(project);
});
afterAll(async () => {
  process.chdir(cwd);
  for (const { remove } of made) remove();
  await cloud.remove();
});

let args: TeamsAppPackageArgs = ARGS;
async function newStack(stackName: string, wanted: TeamsAppPackageArgs = ARGS) {
  args = wanted;
  const program = async () => {
    const { packagePath, sha256, teamsAppId, version } = new TeamsAppPackage("bot", args);
    return { packagePath, sha256, teamsAppId, version };
  };
  const testStack = await newTestStack({ cloud, stackName, program });
  made.push(testStack);
  return testStack.stack;
}

const outputsOf = (outputs: Record<string, { value: unknown }>) =>
  Object.fromEntries(Object.entries(outputs).map(([key, { value }]) => [key, value]));

describe("TeamsAppPackage", () => {
  it("writes the package in an update and never in a preview, and shows what would change", async () => {
    const stack = await newStack("dev");
    const preview = await stack.preview();
    expect(readdirSync(project)).toEqual([]);
    expect(preview.stdout).not.toContain("warning");

    const { outputs } = await stack.up();
    expect(outputsOf(outputs)).toEqual({
      packagePath: "teams-app/bot-dev.zip",
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      teamsAppId: APP_ID,
      version: "1.0.0",
    });
    const zip = readFileSync(join(project, "teams-app/bot-dev.zip"));
    expect(createHash("sha256").update(zip).digest("hex")).toBe(outputs["sha256"]?.value);
    const manifest = JSON.parse(Buffer.from(unzipSync(zip)["manifest.json"] ?? []).toString());
    expect(manifest.bots[0]).toMatchObject({ botId: APP_ID, supportsCalling: true });

    const unchanged = await stack.preview();
    expect(unchanged.stdout).not.toContain("sha256");
    args = { ...ARGS, version: "1.0.1" };
    const changed = await stack.preview();
    expect(changed.stdout).toMatch(/sha256 *: "[0-9a-f]{64}" => "[0-9a-f]{64}"/);
    expect(readFileSync(join(project, "teams-app/bot-dev.zip")).equals(zip)).toBe(true);
  });

  it("warns when manifest and channel disagree about calling, either way", async () => {
    const stack = await newStack("calling", { ...ARGS, calling: false });
    expect((await stack.preview()).stdout).toContain(
      "Calling is enabled in the bot's Teams channel and not in the app's manifest: nobody sees a call button and no call arrives. Set app.calling to true.",
    );
    args = { ...ARGS, channelCalling: false };
    expect((await stack.preview()).stdout).toContain(
      "Calling is enabled in the app's manifest and not in the bot's Teams channel",
    );
    args = { ...ARGS, calling: false, channelCalling: false };
    expect((await stack.preview()).stdout).not.toContain("Calling is enabled");
  });

  it("says in the preview which tenant-wide role resource-specific consent makes unnecessary", async () => {
    const stack = await newStack("narrow", {
      ...ARGS,
      resourceSpecificPermissions: ["Calls.JoinGroupCalls.Chat"],
      permissions: ["Calls.JoinGroupCall.All", "Calls.Initiate.All"],
    });
    const { stdout } = await stack.preview();
    expect(stdout).toContain("Calls.JoinGroupCall.All is not needed in chats and meetings");
    expect(stdout).not.toContain("Calls.Initiate.All is not needed");
  });

  it("refuses everything that is wrong at once, in sentences, and writes nothing", async () => {
    writeFileSync(join(project, "o.png"), defaultColorIcon("#000000"));
    const stack = await newStack("wrong", {
      ...ARGS,
      name: { short: "x".repeat(31) },
      icons: { color: "c.png", outline: "o.png" },
    });
    const text = await failureOf(stack, "up");
    expect(text).toContain("app.icons.color must exist (this package).");
    expect(text).not.toContain("    at ");
    args = {
      ...ARGS,
      name: { short: "x".repeat(31) },
      icons: { color: "o.png", outline: "o.png" },
    };
    const more = await failureOf(stack, "up");
    expect(more).toContain(
      "app.name.short must be at most 30 characters long (Microsoft Teams manifest schema), got 31.",
    );
    expect(more).toContain(
      "app.icons.outline must be 32x32 pixels (Microsoft Teams), got 192x192.",
    );
    expect(more).toContain("2 problems in the configuration of this stack:");
    expect(existsSync(join(project, "teams-app"))).toBe(false);
  });

  it("refuses an app id that is none", async () => {
    const stack = await newStack("app-id", { ...ARGS, appId: "x" });
    expect(await failureOf(stack, "up")).toContain("appId must be a GUID");
    rmSync(project, { recursive: true });
  });
});
