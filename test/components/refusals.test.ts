// What a bot is refused for, as a person sees it: sentences, no stack trace, and nothing made.
import * as azureNative from "@pulumi/azure-native/provider.js";
import * as azuread from "@pulumi/azuread";
import type { ConfigMap, PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import { describe, expect, it } from "vitest";
import {
  BotType,
  CallingBot,
  type CallingBotArgs,
  Capability,
  ConsentMode,
  CredentialKind,
  stackOutputs,
  Tenancy,
} from "../../components/index.js";
import { DEPLOYER_WITHOUT_DIRECTORY_RIGHTS } from "../../local-cloud/index.js";
import { botServiceOf, cloudAccess } from "../../scripts/read-back.js";
import { cloudOfFile } from "../support/cloud-of-file.js";
import {
  failureInProcess,
  failureOf,
  newTestStack,
  run,
  type TestStack,
  type TestStackOptions,
} from "../support/test-stack.js";
import {
  ARGS,
  givenElsewhere,
  grantingBot,
  lateWebhook,
  missingGroup,
  takenName,
} from "./refused-programs.js";

const { cloud, made } = await cloudOfFile();

async function newStack(options: Omit<TestStackOptions, "cloud">) {
  const testStack = await newTestStack({ cloud, ...options });
  made.push(testStack);
  return testStack.stack;
}

function stateOf(stack: Stack): string {
  return made.find((testStack) => testStack.stack === stack)?.stateText() ?? "";
}

async function stackFor(program: PulumiFn, config: ConfigMap = {}): Promise<TestStack> {
  const testStack = await newTestStack({ cloud, program, config });
  made.push(testStack);
  return testStack;
}

function request(exportName: string, operation: string) {
  return { module: new URL("./refused-programs.ts", import.meta.url).href, exportName, operation };
}

function botProgram(args: CallingBotArgs) {
  return async () => stackOutputs(new CallingBot("bot", args));
}

/** Requests that made, changed or deleted something since `since`. */
function writesSince(since: number) {
  return cloud.requests
    .all()
    .slice(since)
    .filter(({ service, method, path }) => {
      const asks = path.includes("checkNameAvailability");
      return service !== "login" && method !== "GET" && !asks;
    });
}

describe("plain arguments", () => {
  it("are all judged at once, as sentences without a stack trace, before anything is made", async () => {
    const since = cloud.requests.all().length;
    const stack = await newStack({
      stackName: "plain",
      program: botProgram({
        ...ARGS,
        capabilities: [Capability.AccessMedia],
        permissions: ["Calls.Everything.All"],
        bot: { type: BotType.UserAssignedMSI },
        tenancy: Tenancy.MultiTenant,
        replyUrls: ["https://contoso.com/consented"],
      }),
    });
    const text = await failureOf(stack, "up");
    for (const path of [
      "permissions[0]",
      "mediaRecording",
      "replyUrls",
      "consent.mode",
      "tenancy",
    ]) {
      expect(text).toMatch(new RegExp(`^\\s*${path.replace(/[.[\]]/g, "\\$&")} must `, "m"));
    }
    expect(text).toContain("problems in the configuration of this stack:");
    expect(text).not.toMatch(/\bat .*\.[jt]s:\d+/);
    expect(writesSince(since)).toEqual([]);
  });

  it("refuse an http webhook and one on a private host", async () => {
    for (const callingWebhook of ["http://contoso.com/calls", "https://10.0.0.4/calls"]) {
      const stack = await newStack({
        stackName: "webhook",
        program: botProgram({ ...ARGS, host: { ...ARGS.host, callingWebhook } }),
      });
      expect(await failureOf(stack, "preview")).toContain("host.callingWebhook must ");
    }
  });
});

describe("what is known only while the stack is deployed", () => {
  it("is checked before its consumer is made from it", async () => {
    await armPut("/subscriptions/{subscription}/resourceGroups/late-values", "2024-03-01", {
      location: "westeurope",
    });
    const testStack = await stackFor(lateWebhook);
    await run(testStack.stack, "preview");
    const since = cloud.requests.all().length;
    const text = await failureInProcess(testStack, cloud, request("lateWebhook", "up"));
    expect(text).toContain("callingWebhook must ");
    expect(text).not.toMatch(/\bat .*\.[jt]s:\d+/);
    expect(
      writesSince(since)
        .map(({ path }) => path)
        .join(),
    ).not.toContain("MsTeamsChannel");
  });
});

describe("a bot name that is taken", () => {
  it("is a sentence in the preview (the bot name is already registered to another bot application)", async () => {
    await armPut("/subscriptions/{subscription}/resourceGroups/elsewhere", "2024-03-01", {
      location: "westeurope",
    });
    const service = botServiceOf(cloudAccess(process.env));
    await service.bots.create("elsewhere", "taken-name", {
      location: "global",
      kind: "azurebot",
      sku: { name: "F0" },
      properties: {
        displayName: "taken",
        endpoint: "https://contoso.com/api/messages",
        msaAppId: "6f0e1a54-6c1f-4f5c-9d3e-0a4f5b1c2d3e",
        msaAppType: "SingleTenant",
        msaAppTenantId: process.env["AZURE_TENANT_ID"] ?? "",
      },
    });
    const testStack = await stackFor(takenName);
    const text = await failureInProcess(testStack, cloud, request("takenName", "preview"));
    expect(text).toContain("bot.name must ");
    expect(text).toContain('"taken-name"');

    const since = cloud.requests.all().length;
    expect(await failureInProcess(testStack, cloud, request("takenName", "up"))).toContain(
      "bot.name must ",
    );
    expect(writesSince(since)).toEqual([]);
  });
});

describe("a vault that a host is given and nobody has", () => {
  it("is a sentence in the preview, of another subscription too", async () => {
    const testStack = await stackFor(givenElsewhere);
    const text = await failureInProcess(testStack, cloud, request("givenElsewhere", "preview"));
    expect(text).toMatch(
      /(vaultId|applicationInsightsId) must be the resource id of one that exists, and there is none/,
    );
    expect(text).not.toContain("    at ");
  });
});

describe("a resource group that should exist and does not", () => {
  it("is a sentence in the preview, and nothing is made", async () => {
    const testStack = await stackFor(missingGroup);
    const since = cloud.requests.all().length;
    for (const operation of ["preview", "up"]) {
      const text = await failureInProcess(testStack, cloud, request("missingGroup", operation));
      expect(text).toContain(
        'resourceGroup.name must be a resource group of the subscription when resourceGroup.existing is true, and there is none (Azure Resource Manager), got "not-there".',
      );
    }
    expect(writesSince(since)).toEqual([]);
  });
});

describe("a deployer without directory rights", () => {
  const credentials = () => ({
    clientId: DEPLOYER_WITHOUT_DIRECTORY_RIGHTS.appId,
    clientSecret: cloud.deployerWithoutDirectoryRightsSecret,
  });

  it("is told which app role is missing before anything is made", async () => {
    const { clientId, clientSecret } = credentials();
    const config = Object.fromEntries(
      ["azuread", "azure-native"].flatMap((name) => [
        [`${name}:clientId`, { value: clientId }],
        [`${name}:clientSecret`, { value: clientSecret, secret: true }],
      ]),
    );
    const testStack = await stackFor(grantingBot, config);
    const since = cloud.requests.all().length;
    const text = await failureInProcess(testStack, cloud, request("grantingBot", "up"));
    expect(text).toContain("Application.ReadWrite.OwnedBy");
    expect(text).toContain("AppRoleAssignment.ReadWrite.All");
    expect(text).not.toContain(clientSecret);
    expect(writesSince(since)).toEqual([]);
  });
});

describe("explicit providers", () => {
  it("are used for everything: it deploys with the default providers disabled", async () => {
    const program = async () => {
      const providers = {
        azuread: new azuread.Provider("azuread", {}),
        "azure-native": new azureNative.Provider("azure-native", { location: "westeurope" }),
      };
      return stackOutputs(
        new CallingBot("bot", { ...ARGS, consent: { mode: ConsentMode.Grant } }, { providers }),
      );
    };
    const stack = await newStack({
      stackName: "explicit",
      config: { "pulumi:disable-default-providers": { value: JSON.stringify(["*"]) } },
      program,
    });
    expect((await run(stack, "up")).steps).toContain("create Bot bot");
    expect((await run(stack, "up")).steps).toEqual([]);
    await run(stack, "destroy");
  });
});

describe("a client secret", () => {
  it("stands in no plain place: not in what is shown, nor in the outputs, nor in the state", async () => {
    const stack = await newStack({
      stackName: "secret",
      program: async () => {
        const bot = new CallingBot("bot", { ...ARGS, credential: { kind: CredentialKind.Secret } });
        return { ...stackOutputs(bot), clientSecret: bot.clientSecret };
      },
    });
    const { outputs, text } = await run(stack, "up");
    const secret = String(outputs["clientSecret"]);
    expect(secret.length).toBeGreaterThan(30);
    expect((await stack.outputs())["clientSecret"]?.secret).toBe(true);
    expect(text).not.toContain(secret);
    expect(stateOf(stack)).toContain(String(outputs["appId"]));
    expect(stateOf(stack)).not.toContain(secret);
    await run(stack, "destroy");
  });
});

describe("an Azure Policy of the organisation", () => {
  it("that forbids the bot is explained below the service's own words, and the next update goes on from there", async () => {
    const testStack = await stackFor(grantingBot);
    const fault = cloud.faults.add({
      kind: "fail",
      status: 403,
      code: "RequestDisallowedByPolicy",
      message:
        'Resource \'bot\' was disallowed by policy. Policy identifiers: \'[{"policyAssignment":{"name":"tags required","id":"/subscriptions/1"}}]\'.',
      service: "arm",
      method: "PUT",
      path: "/botServices/[^/]+\\?",
      skip: 0,
    });
    const refusal = await failureInProcess(testStack, cloud, request("grantingBot", "up"));
    cloud.faults.remove(fault);
    expect(refusal).toContain("was disallowed by policy");
    expect(refusal).toContain(
      "An Azure Policy of the organisation forbids this resource as the stack wants it (assignment tags required).",
    );
    const { steps } = await run(testStack.stack, "up");
    expect(steps).toEqual(expect.arrayContaining(["create Bot bot", "create Channel bot-teams"]));
    expect(steps.join()).not.toMatch(/ (Application|ServicePrincipal|ResourceGroup) /);
    await run(testStack.stack, "destroy");
  });
});

describe("a bot that signs in as a managed identity", () => {
  it("has no Entra application: roles go on the identity's service principal", async () => {
    const stack = await newStack({
      stackName: "managed",
      program: botProgram({
        ...ARGS,
        bot: { type: BotType.UserAssignedMSI },
        consent: { mode: ConsentMode.Grant },
      }),
    });
    const { steps, outputs, text } = await run(stack, "up");
    expect([...steps].sort()).toEqual([
      "create AppRoleAssignment bot-Calls.Initiate.All",
      "create Bot bot",
      "create Channel bot-teams",
      "create ResourceGroup bot-resource-group",
      "create UserAssignedIdentity bot-identity",
    ]);
    expect(outputs["applicationObjectId"]).toBeUndefined();
    expect(text).not.toContain("Undefined value");
    expect((await run(stack, "up")).steps).toEqual([]);
    await run(stack, "destroy");
  });
});

/** One PUT to Resource Manager with the deployer's own token, past Pulumi. */
async function armPut(path: string, apiVersion: string, body: object): Promise<void> {
  const { arm, subscriptionId, credential } = cloudAccess(process.env);
  const token = await credential.getToken(`${arm}/.default`);
  const answer = await fetch(
    `${arm}${path.replace("{subscription}", subscriptionId)}?api-version=${apiVersion}`,
    {
      method: "PUT",
      headers: { Authorization: `Bearer ${token.token}`, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    },
  );
  if (!answer.ok) throw new Error(await answer.text());
}
