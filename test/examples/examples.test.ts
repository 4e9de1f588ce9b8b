// Every program under examples/, on the real engine: it comes up, changes nothing the second time, and goes away.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import appService from "../../examples/app-service.js";
import containerApp from "../../examples/container-app.js";
import existingEndpoint from "../../examples/existing-endpoint.js";
import scaleSet from "../../examples/scale-set.js";
import { projectRoot } from "../../scripts/project-paths.js";
import { existingVault } from "../support/existing-vault.js";
import type { TestCloud } from "../support/test-cloud.js";
import { newTestStack, run, startDeployableCloud, type TestStack } from "../support/test-stack.js";

const EXAMPLES: Readonly<Record<string, PulumiFn>> = {
  "app-service.ts": appService,
  "container-app.ts": containerApp,
  "existing-endpoint.ts": existingEndpoint,
  "scale-set.ts": scaleSet,
};

let cloud: TestCloud;
let certificateVaultId: string;
const made: TestStack[] = [];

beforeAll(async () => {
  cloud = await startDeployableCloud();
  const vault = await existingVault(cloud, "contoso-certificates");
  await vault.importCertificate("bot-contoso-com", { names: ["bot.contoso.com"] });
  certificateVaultId = vault.id;
});
afterAll(async () => {
  for (const { remove } of made) remove();
  await cloud.remove();
});

describe("the examples", () => {
  it("are all tried here", () => {
    // The bot of answering-bot/ is called in test/commands/rehearse.test.ts.
    const files = readdirSync(join(projectRoot, "examples")).filter((name) => name.endsWith(".ts"));
    expect(files.sort()).toEqual(Object.keys(EXAMPLES).sort());
  });

  it.each(Object.entries(EXAMPLES))(
    "%s comes up, stays as it is, and goes",
    async (file, program) => {
      const stackName = file.replace(".ts", "");
      const config = { "teams-calling-bot:certificateVaultId": { value: certificateVaultId } };
      const testStack = await newTestStack({ cloud, stackName, program, config });
      made.push(testStack);
      const { outputs, text } = await run(testStack.stack, "up");
      expect(outputs["callingWebhook"]).toMatch(/^https:\/\/[a-z0-9.-]+\/api\/calling$/);
      // The examples share the name of a vault: that of the one before is brought back, and gets its firewall in a run of its own.
      if (text.includes("Run `pulumi up` once more after this one."))
        await run(testStack.stack, "up");
      expect((await run(testStack.stack, "up")).steps).toEqual([]);
      await run(testStack.stack, "destroy");
    },
  );
});
