// `verify` on a stack that the real engine has deployed: what the components make is what the checks look for.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { publishApp } from "../../commands/app/publish-app.js";
import type { CheckResult } from "../../commands/checks/run-checks.js";
import { readProject } from "../../commands/doctor/stack-files.js";
import { verify } from "../../commands/verify/verify.js";
import {
  type CallingBotArgs,
  Capability,
  ConsentMode,
  CredentialKind,
} from "../../components/index.js";
import { HostKind } from "../../rules/bot-choices.js";
import { readStackConfig } from "../../rules/config.js";
import { projectRoot } from "../../scripts/project-paths.js";
import { cloudAccess, graphClientOf } from "../../scripts/read-back.js";
import { newBotStack } from "../support/bot-stack.js";
import { newStateFolder, startTestCloud, type TestCloud } from "../support/test-cloud.js";
import { run } from "../support/test-stack.js";
import { personTokens } from "./person-tokens.js";
import { certificate, serveBot, surroundingsOf } from "./verify-under-test.js";

let cloud: TestCloud;
let state: string;
let folder: string;
const before = { ...process.env };

beforeAll(async () => {
  state = newStateFolder();
  cloud = await startTestCloud({ folder: state });
  await cloud.startPlugins();
  Object.assign(process.env, cloud.environment());
  folder = mkdtempSync(join(tmpdir(), "verify-deployed-"));
});
afterAll(async () => {
  process.env = before;
  await cloud.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Deploys a bot and serves its webhook; `look` verifies it from the folder that its Teams app is relative to. */
async function deployed(stackName: string, args: CallingBotArgs, webhook: string) {
  const { stack, remove } = await newBotStack(cloud, stackName, args);
  const { outputs } = await run(stack, "up");
  const file = join(folder, `${stackName}.json`);
  writeFileSync(file, JSON.stringify(outputs));
  const own = await certificate({ names: [new URL(webhook).hostname] });
  const server = await serveBot(own, (_, answer) => answer.writeHead(401).end());
  const { surroundings } = surroundingsOf(process.env, projectRoot);
  const look = async () => {
    const report = await verify(surroundings, { outputs: file }, server.network);
    const results = (report.data?.["results"] ?? []) as CheckResult[];
    const left = results.filter((one) => one.status !== "pass");
    const rest = Object.fromEntries(left.map((one) => [one.id, one.unknown ?? one.status]));
    return { exitCode: report.exitCode, rest };
  };
  const close = () => {
    server.close();
    remove();
  };
  return { look, close, surroundings, outputs };
}

/** No customers, no media of its own, and policies that no API tells. */
const NOT_ITS_OWN = {
  "customers-consent": "skip",
  "media-endpoint": "skip",
  "access-policy": "skip",
  "recording-policy": "skip",
};

it("passes on what a stack has made, and nothing is unknown", async () => {
  const webhook = "https://bot.contoso.com/api/calling";
  const args = {
    host: { messagingEndpoint: "https://bot.contoso.com/api/messages", callingWebhook: webhook },
    capabilities: [Capability.AnswerCalls, Capability.CallUsers, Capability.ReadMeetings],
    consent: { mode: ConsentMode.Grant },
    credential: { kind: CredentialKind.Secret },
    replyUrls: ["https://bot.contoso.com/consented"],
  };
  const { look, close } = await deployed("verified", args, webhook);
  expect(await look()).toEqual({
    exitCode: 0,
    rest: { ...NOT_ITS_OWN, "teams-app": "skip", "teams-app-catalogue": "skip" },
  });
  close();
});

it("knows the trusts that a stack has made from those of others", async () => {
  const webhook = "https://trusted.contoso.com/api/calling";
  const issuer = "https://token.actions.githubusercontent.com";
  const github = { name: "github", issuer, subject: "repo:contoso/bot:environment:prod" };
  const args = {
    host: {
      messagingEndpoint: "https://trusted.contoso.com/api/messages",
      callingWebhook: webhook,
    },
    capabilities: [Capability.AnswerCalls],
    consent: { mode: ConsentMode.Grant },
    credential: { kind: CredentialKind.Federated, federated: [github] },
  };
  const { look, close, outputs } = await deployed("trusted", args, webhook);
  const quiet = { "teams-app": "skip", "teams-app-catalogue": "skip" };
  const well = { ...NOT_ITS_OWN, ...quiet, "credential-generation": "skip" };
  expect(await look()).toEqual({ exitCode: 0, rest: well });
  const application = `/applications/${outputs["applicationObjectId"]}/federatedIdentityCredentials`;
  const foreign = {
    issuer,
    subject: "repo:somebody/else",
    audiences: ["api://AzureADTokenExchange"],
  };
  const graph = graphClientOf(cloudAccess(cloud.environment()));
  await graph.api(application).post({ name: "somebody", ...foreign });
  expect((await look()).rest["credential"]).toBe("warn");
  await graph.api(`${application}/github`).patch({
    subject: "repo:contoso/bot:ref:refs/heads/main",
  });
  expect(await look()).toEqual({ exitCode: 1, rest: { ...well, credential: "fail" } });
  close();
});

it("passes on the stack of the demo as it is shipped, but for what its bot does not have", async () => {
  const { project } = readProject(projectRoot);
  const file = project?.stacks.find(({ stack }) => stack === "local");
  const { config } = readStackConfig({
    project: project?.name ?? "",
    values: {},
    secretKeys: [],
    ...file,
  });
  if (config?.host.kind !== HostKind.Existing) throw new Error("the demo's bot runs elsewhere");
  const { look, close, surroundings } = await deployed("local", config, config.host.callingWebhook);
  const unpublished = { ...NOT_ITS_OWN, "teams-app-catalogue": "warn" };
  expect(await look()).toEqual({ exitCode: 0, rest: unpublished });
  const signedIn = await personTokens(cloud, state);
  const app = { file: "teams-app/bot-local.zip", signIn: "default" } as const;
  const published = await publishApp(surroundings, app, signedIn("AppCatalog.ReadWrite.All"));
  expect(published.issues).toEqual([]);
  expect(await look()).toEqual({ exitCode: 0, rest: NOT_ITS_OWN });
  close();
});
