// The program with the stacks that come with it, as `npm run stack` runs them: on a copy, on the real engine.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { PulumiCommand, type Stack } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import registerCallingBot from "../index.js";
import { parseOutputs, type StackOutputs } from "../rules/outputs.js";
import { projectRoot } from "../scripts/project-paths.js";
import { refuseProtectedDestroy } from "../scripts/protected-state.js";
import { cloudAccess, readBack } from "../scripts/read-back.js";
import { copyForLocalRun, stackNames } from "../scripts/stack-files.js";
import { openStack } from "../scripts/stack-run.js";
import type { TestCloud } from "./support/test-cloud.js";
import {
  engineEnvironment,
  failureOf,
  newTestStack,
  run,
  startDeployableCloud,
} from "./support/test-stack.js";

let cloud: TestCloud;
let folder: string;

beforeAll(async () => {
  cloud = await startDeployableCloud();
  folder = mkdtempSync(join(tmpdir(), "stacks-"));
});
afterAll(async () => {
  await cloud.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function openShippedStack(stackName: string) {
  await copyForLocalRun(projectRoot, stackName, join(folder, stackName));
  return openStack({
    stackName,
    workDir: join(folder, stackName),
    program: registerCallingBot,
    engine: await PulumiCommand.get(),
    create: true,
    environment: engineEnvironment(cloud, pathToFileURL(folder).href),
  });
}

function registrationOf(outputs: unknown): StackOutputs {
  const { outputs: registration, issues } = parseOutputs(outputs);
  if (registration === undefined) throw new Error(JSON.stringify(issues));
  return registration;
}

describe("the stacks that come with the project", () => {
  it("are local, dev and prod", async () => {
    expect(await stackNames(projectRoot)).toEqual(["dev", "local", "prod"]);
  });

  it.each(["local", "dev", "prod"])(
    "%s is previewed, deployed, left alone by a second run, read back, and destroyed",
    async (name) => {
      const stack = await openShippedStack(name);
      await run(stack, "preview");
      const first = await run(stack, "up");
      expect((await run(stack, "up")).steps).toEqual([]);
      const outputs = registrationOf(first.outputs);
      const registered = await readBack(cloudAccess(process.env), outputs);
      expect(registered).toEqual({
        appId: outputs.appId,
        replyUrls: outputs.replyUrls,
        permissions: outputs.permissions.map(({ value }) => value),
        grantedPermissions: outputs.grantedPermissions,
        messagingEndpoint: outputs.messagingEndpoint,
        botResourceId: outputs.botResourceId,
        callingEnabled: true,
        callingWebhook: outputs.callingWebhook,
      });
      if (name === "prod") await unprotect(stack);
      await run(stack, "destroy");
    },
  );
});

/** As a person would, in the stack's file. */
async function unprotect(stack: Stack): Promise<void> {
  const { deployment } = await stack.exportStack();
  expect(() => refuseProtectedDestroy("prod", deployment)).toThrow("Application bot");
  await stack.setConfig("teams-calling-bot:protect", { value: "false" });
  await run(stack, "up");
}

describe("the program", () => {
  it("reports everything that is wrong with a stack file at once and makes nothing", async () => {
    const stack = await newTestStack({
      cloud,
      stackName: "wrong",
      program: registerCallingBot,
      config: {
        "teams-calling-bot:host": {
          value: JSON.stringify({ messagingEndpoint: "https://contoso.com/m", callingWebhok: "x" }),
        },
        "teams-calling-bot:capabilties": { value: '["joinMeetings"]' },
        "teams-calling-bot:permissions": { value: '["OnlineMeetings.Read"]' },
        "teams-calling-bot:bot": { value: JSON.stringify({ type: "MultiTenant" }) },
      },
    });
    const text = await failureOf(stack.stack, "up");
    expect(text).toContain("callingWebhook");
    expect(text).toContain("capabilities");
    expect(text).toContain("OnlineMeetings.Read.All");
    expect(text).toContain("2025-07-31");
    expect(text).not.toMatch(/\bat .*\.[jt]s:\d+/);
    stack.remove();
  });

  it("refuses a secure value inside a setting, and does not show it", async () => {
    const stack = await newTestStack({
      cloud,
      stackName: "secure",
      program: registerCallingBot,
      config: {
        "teams-calling-bot:displayName": { value: "hunter2-in-a-display-name", secret: true },
        "teams-calling-bot:capabilities": { value: '["joinMeetings"]' },
        "teams-calling-bot:host": {
          value: JSON.stringify({
            messagingEndpoint: "https://contoso.com/m",
            callingWebhook: "https://contoso.com/c",
          }),
        },
      },
    });
    const text = await failureOf(stack.stack, "up");
    expect(text).toContain("displayName must not be secret");
    expect(text).not.toContain("hunter2");
    stack.remove();
  });
});
