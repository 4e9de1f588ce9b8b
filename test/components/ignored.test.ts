// What others write on purpose is left as it is, on the real engine.
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { describe, expect, it } from "vitest";
import {
  BotIdentity,
  type BotIdentityArgs,
  type CallingBotArgs,
  Capability,
} from "../../components/index.js";
import { cloudAccess, graphClientOf } from "../../scripts/read-back.js";
import { asDeployer } from "../support/as-deployer.js";
import { cloudOfFile } from "../support/cloud-of-file.js";
import { newTestStack, run } from "../support/test-stack.js";

const { cloud, made, botStack } = await cloudOfFile();

const OWN = "https://bot.contoso.com/consented";
const KEPT = "https://intranet.contoso.com/signed-in";
const FOREIGN = "https://elsewhere.contoso.com/a";
const ARGS: CallingBotArgs = {
  host: {
    messagingEndpoint: "https://bot.contoso.com/api/messages",
    callingWebhook: "https://bot.contoso.com/api/calling",
  },
  capabilities: [Capability.CallUsers],
  replyUrls: [OWN],
  ignore: { replyUrls: [KEPT], tags: ["costCenter"] },
};

/** The application's reply URLs, as its owner reads and writes them. */
function replyUrlsOf(application: string) {
  const client = graphClientOf(cloudAccess(process.env)).api(application);
  return {
    read: async (): Promise<string[]> => (await client.get()).web.redirectUris,
    write: (redirectUris: string[]) => client.patch({ web: { redirectUris } }),
    retag: (tags: string[]) => client.patch({ tags }),
  };
}

/** A service principal repeats what its application has, which is seen one refresh later and changes nothing. */
async function changesAfterRefresh(stack: Stack): Promise<string[]> {
  const { steps } = await run(stack, "up", { refresh: true });
  return steps.filter((step) => !step.startsWith("refresh ServicePrincipal"));
}

describe("what the stack ignores", () => {
  it("stays, with a refresh and without one; what it does not name goes, and what its owner removes does not come back", async () => {
    const bot = await botStack("ignoring", ARGS);
    const { outputs } = await run(bot.stack, "up");
    expect(outputs["replyUrls"]).toEqual([OWN]);
    expect(outputs["ignoredReplyUrls"]).toEqual([KEPT]);
    const urls = replyUrlsOf(`/applications/${outputs["applicationObjectId"]}`);
    const { arm } = asDeployer(cloud);
    const id = String(outputs["botResourceId"]);
    const tagged = async (tags: object) => {
      const body = Object(await arm("GET", id, "2023-09-15-preview"));
      await arm("PUT", id, "2023-09-15-preview", { ...body, tags: { ...body.tags, ...tags } });
    };
    const tags = async () => Object(await arm("GET", id, "2023-09-15-preview")).tags;

    await urls.write([OWN, KEPT, FOREIGN]);
    await tagged({ costCenter: "4711", team: "ours" });
    bot.change({ ...ARGS, displayName: "Another", bot: { description: "Reception" } });
    // Tags stay as the state knows them.
    await run(bot.stack, "refresh");
    expect((await run(bot.stack, "up")).steps).toEqual([
      "update Application bot",
      "update Bot bot",
    ]);
    expect((await urls.read()).sort()).toEqual([OWN, KEPT].sort());
    expect(await tags()).toMatchObject({ costCenter: "4711" });
    expect(await tags()).not.toHaveProperty("team");
    expect(await changesAfterRefresh(bot.stack)).toEqual([]);

    // Without a refresh, and found although somebody has taken the tags away.
    await urls.write([OWN, FOREIGN]);
    await urls.retag([]);
    await run(bot.stack, "up");
    expect(await urls.read()).toEqual([OWN]);
    await urls.write([OWN, KEPT, FOREIGN]);
    await urls.retag([]);
    bot.change(ARGS);
    await run(bot.stack, "up");
    expect((await urls.read()).sort()).toEqual([OWN, KEPT].sort());
    expect(await changesAfterRefresh(bot.stack)).toEqual([]);
    await run(bot.stack, "destroy");
  });

  it("stays on an application that was adopted, of which it need not have been found", async () => {
    const graph = graphClientOf(cloudAccess(process.env));
    const there = await graph.api("/applications").post({
      displayName: "registered by hand",
      signInAudience: "AzureADMyOrg",
      web: { redirectUris: [KEPT, "https://found.contoso.com/a"] },
    });
    const args: BotIdentityArgs = {
      displayName: "registered by hand",
      permissions: [],
      adopt: {
        application: `/applications/${there.id}`,
        found: { replyUrls: ["https://found.contoso.com/a"] },
      },
      replyUrls: [OWN],
      ignore: { replyUrls: [KEPT] },
    };
    const testStack = await newTestStack({
      cloud,
      stackName: "adopting",
      program: async () => ({ replyUrls: new BotIdentity("bot", args).replyUrls }),
    });
    made.push(testStack);
    const { stack } = testStack;
    await run(stack, "up");
    const urls = replyUrlsOf(`/applications/${there.id}`);
    expect((await urls.read()).sort()).toEqual([OWN, KEPT, "https://found.contoso.com/a"].sort());
    expect((await run(stack, "up")).steps).toEqual([]);
  });
});
