import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  BotSku,
  type CallingBotArgs,
  Capability,
  Cloud,
  ConsentMode,
  CredentialKind,
  MediaRecording,
  Tenancy,
} from "../../components/index.js";
import { DEPLOYER, DEPLOYER_WITHOUT_DIRECTORY_RIGHTS } from "../../local-cloud/index.js";
import { parseOutputs } from "../../rules/outputs.js";
import { newBotStack } from "../support/bot-stack.js";
import type { TestCloud } from "../support/test-cloud.js";
import { run, startDeployableCloud, type TestStack } from "../support/test-stack.js";

const HOST = {
  messagingEndpoint: "https://contoso.com/api/messages",
  callingWebhook: "https://contoso.com/teamsapp/api/calling",
};

function botArgs(override: Partial<CallingBotArgs> = {}): CallingBotArgs {
  return {
    host: HOST,
    capabilities: [Capability.CallUsers, Capability.JoinMeetings],
    consent: { mode: ConsentMode.Grant },
    ...override,
  };
}

let cloud: TestCloud;
const made: TestStack[] = [];

beforeAll(async () => {
  cloud = await startDeployableCloud();
});
afterAll(async () => {
  for (const { remove } of made) remove();
  await cloud.remove();
});

async function botStack(stackName: string, first: CallingBotArgs) {
  const stack = await newBotStack(cloud, stackName, first);
  made.push(stack);
  return stack;
}

async function destroy(stack: Stack) {
  return (await run(stack, "destroy")).steps;
}

describe("a calling bot", () => {
  it("is made of these resources by these names, and nothing changes the second time", async () => {
    const { stack } = await botStack("whole", botArgs());
    const first = await run(stack, "up");
    expect([...first.steps].sort()).toEqual([
      "create AppRoleAssignment bot-Calls.Initiate.All",
      "create AppRoleAssignment bot-Calls.JoinGroupCall.All",
      "create Application bot",
      "create Bot bot",
      "create Channel bot-teams",
      "create ResourceGroup bot-resource-group",
      "create ServicePrincipal bot-service-principal",
    ]);
    const { outputs, issues } = parseOutputs(first.outputs);
    expect(issues).toEqual([]);
    expect(outputs?.grantedPermissions).toEqual(["Calls.Initiate.All", "Calls.JoinGroupCall.All"]);
    expect(outputs?.consent).toMatchObject({ mode: "grant", state: "granted" });
    expect(outputs?.callingWebhook).toBe(HOST.callingWebhook);

    const second = await run(stack, "up");
    expect(second.steps).toEqual([]);
    expect(second.outputs).toEqual(first.outputs);
    expect((await run(stack, "preview")).steps).toEqual([]);
    expect((await run(stack, "refresh")).steps).toEqual([]);

    expect((await destroy(stack)).length).toBe(7);
  });

  it("says in the preview which permissions it asks for and why", async () => {
    const { stack } = await botStack(
      "why",
      botArgs({ permissions: ["calls.accessmedia.all"], mediaRecording: MediaRecording.Never }),
    );
    const { text } = await run(stack, "preview");
    expect(text).toContain("Calls.AccessMedia.All: ");
    expect(text).toContain("(asked for by name)");
    expect(text).toContain("(asked for by capability joinMeetings)");
    expect(text).toContain("updateRecordingStatus");
  });

  const changes: [
    setting: string,
    before: Partial<CallingBotArgs>,
    after: Partial<CallingBotArgs>,
    steps: string[],
  ][] = [
    [
      "displayName",
      { displayName: "One" },
      { displayName: "Two" },
      ["update Application bot", "update Bot bot"],
    ],
    [
      "host.callingWebhook",
      {},
      { host: { ...HOST, callingWebhook: "https://contoso.com/calls" } },
      ["update Channel bot-teams"],
    ],
    [
      "host.messagingEndpoint",
      {},
      { host: { ...HOST, messagingEndpoint: "https://contoso.com/messages" } },
      ["update Bot bot"],
    ],
    [
      "capabilities",
      {},
      { capabilities: [Capability.CallUsers, Capability.CallGroups] },
      [
        "create AppRoleAssignment bot-Calls.InitiateGroupCall.All",
        "delete AppRoleAssignment bot-Calls.JoinGroupCall.All",
        "update Application bot",
      ],
    ],
    [
      "replyUrls",
      { replyUrls: ["https://contoso.com/b"] },
      { replyUrls: ["https://contoso.com/b", "https://contoso.com"] },
      ["update Application bot"],
    ],
    [
      "replyUrls, in another order",
      { replyUrls: ["https://contoso.com/b", "https://contoso.com/a"] },
      { replyUrls: ["https://contoso.com/a", "https://contoso.com/b"] },
      [],
    ],
    ["tenancy", {}, { tenancy: Tenancy.MultiTenant }, ["update Application bot"]],
    ["bot.sku", {}, { bot: { sku: BotSku.Standard } }, ["update Bot bot"]],
    ["bot.description", {}, { bot: { description: "Reception" } }, ["update Bot bot"]],
    ["bot.iconUrl", {}, { bot: { iconUrl: "https://contoso.com/icon.png" } }, ["update Bot bot"]],
    [
      "tags",
      {},
      { tags: { environment: "test" } },
      ["update Bot bot", "update ResourceGroup bot-resource-group"],
    ],
    [
      "credential: a secret is added",
      {},
      { credential: { kind: CredentialKind.Secret } },
      ["create ApplicationPassword bot-secret"],
    ],
    [
      "credential: federated, one more subject",
      { credential: federated("system:a") },
      { credential: federated("system:a", "system:b") },
      ["create ApplicationFederatedIdentityCredential bot-federated-trust-1"],
    ],
    [
      "consent.mode",
      {},
      { consent: { mode: ConsentMode.Url, redirectUrl: "https://contoso.com/consented" } },
      [
        "delete AppRoleAssignment bot-Calls.Initiate.All",
        "delete AppRoleAssignment bot-Calls.JoinGroupCall.All",
        "update Application bot",
      ],
    ],
    [
      "permissions, by name",
      { permissions: ["Calls.JoinGroupCallAsGuest.All"] },
      { permissions: ["CallRecords.Read.All"] },
      [
        "create AppRoleAssignment bot-CallRecords.Read.All",
        "delete AppRoleAssignment bot-Calls.JoinGroupCallAsGuest.All",
        "update Application bot",
      ],
    ],
    [
      "mediaRecording, which is a statement and no resource",
      { permissions: ["Calls.AccessMedia.All"], mediaRecording: MediaRecording.Never },
      { mediaRecording: MediaRecording.AfterRecordingStatus },
      [],
    ],
    [
      "owners",
      { owners: [DEPLOYER.servicePrincipalId] },
      {
        owners: [DEPLOYER.servicePrincipalId, DEPLOYER_WITHOUT_DIRECTORY_RIGHTS.servicePrincipalId],
      },
      ["update Application bot", "update ServicePrincipal bot-service-principal"],
    ],
    ["cloud", {}, { cloud: Cloud.GccModerate }, ["update Channel bot-teams"]],
    [
      "credential: federated, another subject",
      { credential: federated("system:a") },
      { credential: federated("system:b") },
      ["update ApplicationFederatedIdentityCredential bot-federated-trust-0"],
    ],
    [
      "credential: the end of the secret",
      { credential: { kind: CredentialKind.Secret, endDate: "2027-06-30T00:00:00Z" } },
      { credential: { kind: CredentialKind.Secret, endDate: "2028-06-30T00:00:00Z" } },
      [
        "create ApplicationPassword bot-secret",
        "delete ApplicationPassword bot-secret",
        "replace ApplicationPassword bot-secret",
      ],
    ],
    [
      "credential: the secret goes",
      { credential: { kind: CredentialKind.Secret } },
      { credential: { kind: CredentialKind.None } },
      ["delete ApplicationPassword bot-secret"],
    ],
    [
      "consent.redirectUrl",
      {
        consent: { mode: ConsentMode.Url, redirectUrl: "https://contoso.com/a" },
      },
      { consent: { mode: ConsentMode.Url, redirectUrl: "https://contoso.com/b" } },
      ["update Application bot"],
    ],
    [
      "bot.name",
      { bot: { name: "contoso-one" } },
      { bot: { name: "contoso-two" } },
      [
        "create Bot bot",
        "create Channel bot-teams",
        "delete Bot bot",
        "delete Channel bot-teams",
        "replace Bot bot",
        "replace Channel bot-teams",
        "update Application bot",
      ],
    ],
  ];

  it.each(changes)(
    "follows a change of %s with just these steps",
    async (setting, before, after, expected) => {
      const name = setting.replace(/[^a-z]/gi, "");
      const { stack, change } = await botStack(name, botArgs(before));
      await run(stack, "up");
      change(botArgs({ ...before, ...after }));
      const changed = await run(stack, "up");
      expect(withoutReplaceForms(changed.steps)).toEqual(withoutReplaceForms(expected));
      expect((await run(stack, "preview")).steps).toEqual([]);
      await destroy(stack);
    },
  );
});

function federated(...subjects: string[]) {
  return {
    kind: CredentialKind.Federated,
    federated: subjects.map((subject, i) => ({
      name: `trust-${i}`,
      issuer: "https://oidc.contoso.com",
      subject,
    })),
  };
}

/** The engine reports a replacement as several steps whose names are its own affair. */
function withoutReplaceForms(steps: readonly string[]): string[] {
  return [
    ...new Set(steps.map((step) => step.replace(/^(create|delete)-replace(ment|d)/, "$1"))),
  ].sort();
}
