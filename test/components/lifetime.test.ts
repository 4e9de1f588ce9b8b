// What a replacement and a destroy take away, and what they leave: `protect`, `ephemeral`, and what hangs on an app id.
import { describe, expect, it } from "vitest";
import {
  BotType,
  type CallingBotArgs,
  Capability,
  ConsentMode,
  CredentialKind,
} from "../../components/index.js";
import { cloudOfFile } from "../support/cloud-of-file.js";
import { resourceOf } from "../support/stack-state.js";
import { failureInProcess, failureOf, run } from "../support/test-stack.js";
import { plainSteps } from "./changes/setting-change.js";
import { ARGS } from "./refused-programs.js";

const MANAGED: CallingBotArgs = {
  ...ARGS,
  displayName: "Kept",
  bot: { name: "contoso-kept", type: BotType.UserAssignedMSI },
  consent: { mode: ConsentMode.Grant },
};

const { cloud, botStack } = await cloudOfFile();

/** What was asked to be deleted since `from`: the last kind of thing in each path. */
function deletesSince(from: number): string[] {
  const asked = cloud.requests.all().slice(from);
  const deletes = asked.filter(
    ({ method, path }) => method === "DELETE" || path.endsWith("/removePassword"),
  );
  return deletes.map(({ path }) => /\/([a-z]+)\/[^/?]+(?:\?.*)?$/i.exec(path)?.[1] ?? path);
}

describe("a protected bot", () => {
  it("says what a destroy keeps, takes changes in place, and is neither replaced nor destroyed", async () => {
    const args = { ...MANAGED, protect: true };
    const { stack, change } = await botStack("kept", args);
    expect((await run(stack, "preview")).text).toContain(
      "a destroy is refused and keeps the managed identity, the Azure Bot, its Teams channel and the resource group.",
    );
    const { botResourceId, appId } = (await run(stack, "up")).outputs;

    // Every output of the identity is unknown in this preview, its client id included.
    const tagged = { ...args, tags: { environment: "production" } };
    change(tagged);
    const updates = [
      "update Bot bot",
      "update ResourceGroup bot-resource-group",
      "update UserAssignedIdentity bot-identity",
    ];
    expect((await run(stack, "preview")).steps.sort()).toEqual(
      expect.arrayContaining(updates.slice(1)),
    );
    expect((await run(stack, "preview")).text).not.toMatch(/replace|delete/);
    expect((await run(stack, "up")).steps.sort()).toEqual(updates);

    const allowReplace = { bot: String(botResourceId), appId: String(appId) };
    change({ ...tagged, allowReplace, bot: { ...args.bot, name: "contoso-other" } });
    expect(await failureOf(stack, "preview")).toMatch(/protect/);
    change({ ...tagged, capabilities: [Capability.CallGroups] });
    expect((await run(stack, "up")).steps.sort()).toEqual([
      "create AppRoleAssignment bot-Calls.InitiateGroupCall.All",
      "delete AppRoleAssignment bot-Calls.Initiate.All",
    ]);

    const before = cloud.requests.all().length;
    await expect(stack.destroy({ previewOnly: true })).rejects.toThrow(/protect/);
    expect(deletesSince(before)).toEqual([]);

    change({ ...tagged, capabilities: [Capability.CallGroups], protect: false });
    await run(stack, "up");
    await run(stack, "destroy");
    expect((await stack.exportStack()).deployment.resources ?? []).toEqual([]);
  });
});

describe("a bot whose application is replaced", () => {
  it("is replaced with it, which the preview says", async () => {
    const { stack } = await botStack("replaced", {
      ...ARGS,
      credential: { kind: CredentialKind.Secret },
    });
    await run(stack, "up");
    const { urn, outputs } = await resourceOf(stack, "Application", "bot");
    const steps: string[] = [];
    await stack.preview({
      replace: [urn],
      onEvent: ({ resourcePreEvent }) => {
        const { op, urn: step = "" } = resourcePreEvent?.metadata ?? {};
        if (op === "replace") steps.push(step.split("::").at(-1) ?? "");
      },
    });
    expect(steps.sort()).toEqual([
      "bot",
      "bot",
      "bot-secret",
      "bot-service-principal",
      "bot-teams",
    ]);
    await stack.up({ replace: [urn] });
    const after = await resourceOf(stack, "Application", "bot");
    expect(after.outputs["clientId"]).not.toBe(outputs["clientId"]);
    expect((await resourceOf(stack, "Bot", "bot")).outputs).toMatchObject({
      properties: { msaAppId: after.outputs["clientId"] },
    });
    expect((await run(stack, "preview")).steps).toEqual([]);
    await run(stack, "destroy");
  });
});

describe("a resource group that the stack has made", () => {
  it("is not given away by calling it existing, which would delete it", async () => {
    const bot = await botStack("test", ARGS);
    await run(bot.stack, "up");
    const module = new URL("./refused-programs.ts", import.meta.url).href;
    const refused = { module, exportName: "ownGroupCalledExisting", operation: "preview" };
    expect(await failureInProcess(bot, cloud, refused)).toContain(
      'resourceGroup.existing must be false for a group that this stack has made, because the update would delete it with everything in it (this package), got true for "teams-calling-bot-test".',
    );
    await run(bot.stack, "destroy");
  });
});

describe("an ephemeral bot", () => {
  const ephemeral: CallingBotArgs = {
    ...ARGS,
    ephemeral: true,
    consent: { mode: ConsentMode.Grant },
    credential: { kind: CredentialKind.Secret },
  };

  it("is destroyed with its application and its resource group alone, and made again", async () => {
    const { stack } = await botStack("fleeting", ephemeral);
    const first = await run(stack, "up");
    const before = cloud.requests.all().length;
    await run(stack, "destroy");
    expect(deletesSince(before).sort()).toEqual(["applications", "resourceGroups"]);
    expect(plainSteps((await run(stack, "up")).steps)).toEqual(plainSteps(first.steps));
    await run(stack, "destroy");
  });

  it.each([
    ["the application", "graph", "/applications/"],
    ["the resource group", "arm", "/resourceGroups/[^/]+\\?"],
  ] as const)(
    "is destroyed by a second run when %s could not be deleted, and comes up again",
    async (_parent, service, path) => {
      const { stack } = await botStack(`half-${service}`, ephemeral);
      await run(stack, "up");
      const fault = cloud.faults.add({
        kind: "fail",
        status: 403,
        service,
        method: "DELETE",
        path,
        skip: 0,
      });
      expect(await failureOf(stack, "destroy")).toContain("403");
      cloud.faults.remove(fault);
      await run(stack, "destroy");
      expect((await stack.exportStack()).deployment.resources ?? []).toEqual([]);
      await run(stack, "up");
      expect((await run(stack, "refresh")).steps).toEqual([]);
      await run(stack, "destroy");
    },
  );
});
