// What users of other tools report, each under the words they use for it, and how it goes here. On the real engine.
import * as resources from "@pulumi/azure-native/resources/index.js";
import type { PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import { describe, expect, it } from "vitest";
import {
  BotIdentity,
  BotType,
  CallingBot,
  type CallingBotArgs,
  Capability,
  Cloud,
  ConsentMode,
  CredentialKind,
  stackOutputs,
  TeamsCallingChannel,
} from "../../components/index.js";
import { botServiceOf, cloudAccess, graphClientOf } from "../../scripts/read-back.js";
import { cloudOfFile } from "../support/cloud-of-file.js";
import { newTestStack, run } from "../support/test-stack.js";

const ARGS: CallingBotArgs = {
  host: {
    messagingEndpoint: "https://contoso.com/api/messages",
    callingWebhook: "https://contoso.com/teamsapp/api/calling",
  },
  capabilities: [Capability.CallUsers],
  consent: { mode: ConsentMode.Grant },
};

const { cloud, made } = await cloudOfFile();

async function stackOf(stackName: string, program: PulumiFn): Promise<Stack> {
  const testStack = await newTestStack({ cloud, stackName, program });
  made.push(testStack);
  return testStack.stack;
}

function bot(args: Partial<CallingBotArgs> = {}): PulumiFn {
  return async () => stackOutputs(new CallingBot("bot", { ...ARGS, ...args }));
}

function hostWith(callingWebhook: string) {
  return { host: { ...ARGS.host, callingWebhook } };
}

describe("the webhook", () => {
  it("shows no diff on each run although the service echoes a host-only URL with a slash (azure-rest-api-specs#18511)", async () => {
    const stack = await stackOf("echo", bot(hostWith("https://contoso.com")));
    const { outputs } = await run(stack, "up");
    expect(outputs["callingWebhook"]).toBe("https://contoso.com/");
    expect((await run(stack, "preview")).steps).toEqual([]);
    expect((await run(stack, "refresh")).steps).toEqual([]);
    expect((await run(stack, "up")).steps).toEqual([]);
    await run(stack, "destroy");
  });

  it("may have a path without a final slash, as in Microsoft's own guide (azurerm#16097), and calling is on with it (calls never come: comms-samples#469)", async () => {
    const stack = await stackOf("path", bot());
    const { outputs } = await run(stack, "up");
    const service = botServiceOf(cloudAccess(process.env));
    const channel = await service.channels.get(
      String(outputs["resourceGroupName"]),
      String(outputs["botName"]),
      "MsTeamsChannel",
    );
    expect(channel.properties).toMatchObject({
      properties: {
        isEnabled: true,
        enableCalling: true,
        callingWebhook: "https://contoso.com/teamsapp/api/calling",
        deploymentEnvironment: "CommercialDeployment",
        acceptedTerms: true,
      },
    });
    await run(stack, "destroy");
  });
});

describe("permissions", () => {
  it("do not vanish: one resource alone writes them and the reply URLs, whatever else is in the stack (pulumi-azuread#1169)", async () => {
    const stack = await stackOf("onewriter", bot({ replyUrls: ["https://contoso.com/a"] }));
    await run(stack, "up");
    const { deployment } = await stack.exportStack();
    const types = (deployment.resources as { type: string }[]).map(({ type }) => type);
    expect(types.filter((type) => /application/i.test(type))).toEqual([
      "azuread:index/application:Application",
    ]);
    expect(types.filter((type) => type.startsWith("teams-calling-bot:")).sort()).toEqual(
      [
        "AdminConsent",
        "BotIdentity",
        "BotRegistration",
        "CallingBot",
        "ExistingEndpoint",
        "TeamsCallingChannel",
      ].map((name) => `teams-calling-bot:index:${name}`),
    );
    await run(stack, "destroy");
  });

  it("are granted anew for a permission that is added, so that it has an effect (microsoft-graph-docs#1647)", async () => {
    let args: Partial<CallingBotArgs> = {};
    const stack = await stackOf("added", async () =>
      stackOutputs(new CallingBot("bot", { ...ARGS, ...args })),
    );
    await run(stack, "up");
    args = { capabilities: [Capability.CallUsers, Capability.CallGroups] };
    const { steps, outputs } = await run(stack, "up");
    expect(steps).toContain("create AppRoleAssignment bot-Calls.InitiateGroupCall.All");
    expect(outputs["grantedPermissions"]).toEqual([
      "Calls.Initiate.All",
      "Calls.InitiateGroupCall.All",
    ]);
    await run(stack, "destroy");
  });
});

describe("the application", () => {
  it("keeps the owner it was made with: another deployer, or a person who adds one, flips nothing", async () => {
    const stack = await stackOf("owners", bot());
    const { outputs } = await run(stack, "up");
    const graph = graphClientOf(cloudAccess(process.env));
    const path = `/applications/${outputs["applicationObjectId"]}`;
    const before = await graph.api(`${path}/owners`).get();
    expect(before.value).toHaveLength(1);
    await graph.api(`${path}/owners/$ref`).post({
      "@odata.id": `${process.env["LOCAL_GRAPH_URL"]}/v1.0/directoryObjects/10ca1000-0000-4000-8000-0000000000e2`,
    });
    await run(stack, "refresh");
    expect((await run(stack, "up")).steps).toEqual([]);
    expect((await graph.api(`${path}/owners`).get()).value).toHaveLength(2);
    await run(stack, "destroy");
  });

  it("carries tags by which a left-over of this stack is found", async () => {
    const stack = await stackOf("tags", bot());
    const { outputs } = await run(stack, "up");
    const graph = graphClientOf(cloudAccess(process.env));
    const { tags } = await graph.api(`/applications/${outputs["applicationObjectId"]}`).get();
    expect([...tags].sort()).toEqual([
      "pulumi-name:bot",
      "pulumi-project:teams-calling-bot",
      "pulumi-stack:tags",
    ]);
    await run(stack, "destroy");
  });

  it("gets no client secret that nobody asked for", async () => {
    const stack = await stackOf("nosecret", async () => {
      const identity = new BotIdentity("bot", {
        displayName: "no secret",
        permissions: ["Calls.Initiate.All"],
      });
      return { appId: identity.appId, objectId: identity.applicationObjectId };
    });
    const { steps, outputs } = await run(stack, "up");
    expect([...steps].sort()).toEqual([
      "create Application bot",
      "create ServicePrincipal bot-service-principal",
    ]);
    const graph = graphClientOf(cloudAccess(process.env));
    const application = await graph.api(`/applications/${outputs["objectId"]}`).get();
    expect(application.passwordCredentials).toEqual([]);
    expect(application.api.requestedAccessTokenVersion).toBe(2);
    await run(stack, "destroy");
  });
});

describe("adding calling to a bot that exists", () => {
  it("takes the channel alone", async () => {
    const owner = await stackOf(
      "whole",
      bot({ bot: { name: "bot-with-channel", type: BotType.SingleTenant } }),
    );
    await run(owner, "up");
    const service = botServiceOf(cloudAccess(process.env));
    await service.channels.delete("teams-calling-bot-whole", "bot-with-channel", "MsTeamsChannel");

    const stack = await stackOf("channel", async () => {
      const channel = new TeamsCallingChannel("calling", {
        resourceGroupName: "teams-calling-bot-whole",
        botName: "bot-with-channel",
        callingWebhook: "https://contoso.com/calls",
      });
      return { id: channel.channelResourceId };
    });
    expect((await run(stack, "up")).steps).toEqual(["create Channel calling-teams"]);
    expect((await run(stack, "up")).steps).toEqual([]);
    await run(stack, "destroy");
    await run(owner, "destroy");
  });
});

describe("a resource group that exists", () => {
  it("is used, and still there after the bot is gone", async () => {
    const owner = await stackOf("groupowner", async () => {
      new resources.ResourceGroup("given", { resourceGroupName: "given-group" });
    });
    await run(owner, "up");
    const stack = await stackOf(
      "guest",
      bot({ resourceGroup: { name: "given-group", existing: true } }),
    );
    const { steps, outputs } = await run(stack, "up");
    expect(steps.join()).not.toContain("ResourceGroup");
    expect(outputs["resourceGroupName"]).toBe("given-group");
    await run(stack, "destroy");
    expect((await run(owner, "refresh")).steps).toEqual([]);
    await run(owner, "destroy");
  });

  it("may be made by the same program, which then gives its output", async () => {
    const stack = await stackOf("own-group", async () => {
      const { name } = new resources.ResourceGroup("shared", { resourceGroupName: "shared-group" });
      return bot({ resourceGroup: { name, existing: true } })();
    });
    await run(stack, "preview");
    expect((await run(stack, "up")).outputs["resourceGroupName"]).toBe("shared-group");
    await run(stack, "destroy");
  });
});

describe("the cloud of US government agencies within the public one", () => {
  it("has its own Teams deployment, and the same ids of app roles", async () => {
    const stack = await stackOf("gcc", bot({ cloud: Cloud.GccModerate }));
    const { outputs } = await run(stack, "up");
    const channel = await botServiceOf(cloudAccess(process.env)).channels.get(
      String(outputs["resourceGroupName"]),
      String(outputs["botName"]),
      "MsTeamsChannel",
    );
    expect(channel.properties).toMatchObject({
      properties: { deploymentEnvironment: "GCCModerateDeployment", enableCalling: true },
    });
    expect(outputs["cloud"]).toBe("gccModerate");
    await run(stack, "destroy");
  });
});

describe("federated credentials", () => {
  it("trust a managed identity by its principal id at the tenant's issuer", async () => {
    const principalId = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
    const stack = await stackOf(
      "federated",
      bot({
        credential: { kind: CredentialKind.Federated, managedIdentityPrincipalId: principalId },
      }),
    );
    const { outputs } = await run(stack, "up");
    const graph = graphClientOf(cloudAccess(process.env));
    const path = `/applications/${outputs["applicationObjectId"]}/federatedIdentityCredentials`;
    expect((await graph.api(path).get()).value).toMatchObject([
      {
        name: "managed-identity",
        issuer: `${process.env["AZURE_AUTHORITY_HOST"]}/${outputs["tenantId"]}/v2.0`,
        subject: principalId,
        audiences: ["api://AzureADTokenExchange"],
      },
    ]);
    await run(stack, "destroy");
  });
});
