// docs/hand-over.md on the real engine, step by step: a bot in use is not cut off, and moves without losing a call.
import { describe, expect, it } from "vitest";
import { botServiceOf, cloudAccess } from "../../scripts/read-back.js";
import { cloudOfFile } from "../support/cloud-of-file.js";
import { resourceOf } from "../support/stack-state.js";
import { failureInProcess, run } from "../support/test-stack.js";
import { ARGS, NEW_HOST, OLD_HOST } from "./hand-over-program.js";

const { cloud, botStack } = await cloudOfFile();

/** What was written to any service since `from`. */
function writesSince(from: number): string[] {
  const asked = cloud.requests.all().slice(from);
  const writes = asked.filter(({ method }) => ["PUT", "PATCH", "DELETE"].includes(method));
  return writes.map(({ method, path }) => `${method} ${path}`);
}

/** What the service says, asked by its stock client. */
async function channelOf(outputs: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { resourceGroupName, botName } = outputs;
  const { channels } = botServiceOf(cloudAccess(process.env));
  const channel = await channels.get(String(resourceGroupName), String(botName), "MsTeamsChannel");
  return channel.properties;
}

describe("a host that takes calls", () => {
  it("is handed over from: the new one up beside it, calls switched, the old one drained and removed", async () => {
    const bot = await botStack("test", ARGS);
    const { stack, change } = bot;
    const old = (await run(stack, "up")).outputs;
    expect(old["host"]).toMatchObject({ kind: "appService", slot: "first" });

    const module = new URL("./hand-over-program.ts", import.meta.url).href;
    const before = cloud.requests.all().length;
    for (const operation of ["preview", "up"]) {
      const request = { module, exportName: "exchanged", operation };
      const refusal = await failureInProcess(bot, cloud, request);
      expect(refusal).toContain("host.slot must stay first until a host of kind containerApp");
      expect(refusal).toContain("otherHost must be the host of kind appService in the slot first");
      expect(refusal).toContain(`set allowReplace.bot to "${old["botResourceId"]}"`);
      expect(refusal).toContain("tenancy must stay multiTenant");
    }
    expect(writesSince(before)).toEqual([]);

    // The new one up, with an identity of its own that the same application trusts; calls stay where they are.
    change({ ...ARGS, otherHost: NEW_HOST });
    const beside = await run(stack, "up");
    expect(beside.steps.filter((step) => !step.startsWith("create "))).toEqual([]);
    expect(beside.steps).toContain("create ContainerApp bot-second-host-app");
    expect(beside.steps).toContain(
      "create ApplicationFederatedIdentityCredential bot-federated-managed-identity-second",
    );
    expect(beside.outputs["callingWebhook"]).toBe(old["callingWebhook"]);
    expect(beside.outputs["otherHost"]).toMatchObject({
      kind: "containerApp",
      slot: "second",
      callingWebhook: expect.stringMatching(/azurecontainerapps\.io\/api\/calling$/),
    });

    // Calls switched: nothing but the two addresses, and the old host answers for its calls as before.
    const switchedTo = Reflect.get(Object(beside.outputs["otherHost"]), "callingWebhook");
    change({ ...ARGS, host: NEW_HOST, otherHost: OLD_HOST });
    const switched = await run(stack, "up");
    expect(switched.steps.sort()).toEqual(["update Bot bot", "update Channel bot-teams"]);
    expect(await channelOf(switched.outputs)).toMatchObject({
      properties: { enableCalling: true, callingWebhook: switchedTo },
    });
    expect(switched.outputs).toMatchObject({
      appId: old["appId"],
      botResourceId: old["botResourceId"],
      otherHost: { kind: "appService", slot: "first", callingWebhook: old["callingWebhook"] },
    });
    expect((await resourceOf(stack, "WebApp", "bot-site")).outputs).toMatchObject({
      state: "Running",
    });

    // Drained and removed: nothing of the new one is touched.
    change({ ...ARGS, host: NEW_HOST });
    const removed = await run(stack, "up");
    expect(removed.steps.filter((step) => !step.startsWith("delete "))).toEqual([]);
    expect(removed.steps).toContain("delete WebApp bot-site");
    expect(removed.steps).toContain(
      "delete ApplicationFederatedIdentityCredential bot-federated-managed-identity",
    );
    expect(removed.steps.filter((step) => step.includes("-second"))).toEqual([]);
    expect((await run(stack, "up")).steps).toEqual([]);
    await run(stack, "destroy");
  });
});

describe("an app id, a bot's name and a tenancy", () => {
  it("are handed over from by a second stack beside the first, which is removed without touching it", async () => {
    const host = {
      messagingEndpoint: "https://bot.contoso.com/api/messages",
      callingWebhook: "https://bot.contoso.com/api/calling",
    };
    const old = await botStack("prod", { ...ARGS, host });
    const next = await botStack("prod-next", { ...ARGS, host, bot: { name: "contoso-next" } });
    const first = (await run(old.stack, "up")).outputs;
    const second = (await run(next.stack, "up")).outputs;
    expect(second["appId"]).not.toBe(first["appId"]);
    for (const outputs of [first, second]) {
      expect(await channelOf(outputs)).toMatchObject({ properties: { enableCalling: true } });
    }
    await run(old.stack, "destroy");
    expect(await channelOf(second)).toMatchObject({
      properties: { callingWebhook: host.callingWebhook },
    });
    expect((await run(next.stack, "refresh")).steps).toEqual([]);
    await run(next.stack, "destroy");
  });
});
