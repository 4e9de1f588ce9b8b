// `verify` on a stack that the real engine has deployed: what the components make is what the checks look for.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { CheckResult } from "../../commands/checks/run-checks.js";
import { verify } from "../../commands/verify/verify.js";
import { Capability, ConsentMode, CredentialKind } from "../../components/index.js";
import { newBotStack } from "../support/bot-stack.js";
import type { TestCloud } from "../support/test-cloud.js";
import { run, startDeployableCloud } from "../support/test-stack.js";
import {
  type BotServer,
  certificate,
  HOST,
  serveBot,
  surroundingsOf,
} from "./verify-under-test.js";

let cloud: TestCloud;
let server: BotServer;
const before = { ...process.env };

beforeAll(async () => {
  cloud = await startDeployableCloud();
  server = await serveBot(await certificate(), (_, answer) => answer.writeHead(401).end());
});
afterAll(async () => {
  server.close();
  process.env = before;
  await cloud.remove();
});

it("passes on what a stack has made, and nothing is unknown", async () => {
  const deployed = await newBotStack(cloud, "verified", {
    host: {
      messagingEndpoint: `https://${HOST}/api/messages`,
      callingWebhook: `https://${HOST}/api/calling`,
    },
    capabilities: [Capability.AnswerCalls, Capability.CallUsers, Capability.ReadMeetings],
    consent: { mode: ConsentMode.Grant },
    credential: { kind: CredentialKind.Secret },
    replyUrls: [`https://${HOST}/consented`],
  });
  const folder = mkdtempSync(join(tmpdir(), "verify-deployed-"));
  const { outputs } = await run(deployed.stack, "up");
  writeFileSync(join(folder, "outputs.json"), JSON.stringify(outputs));
  const { surroundings } = surroundingsOf(process.env, folder);
  const report = await verify(surroundings, { outputs: "outputs.json" }, server.network);
  deployed.remove();
  rmSync(folder, { recursive: true, force: true });
  const results = (report.data?.["results"] ?? []) as CheckResult[];
  const left = results.filter(({ status }) => status !== "pass");
  expect(left.map(({ id, status, unknown }) => [id, status, unknown])).toEqual([
    ["customers-consent", "skip", undefined],
    ["media-endpoint", "skip", undefined],
    ["teams-app", "skip", undefined],
    ["teams-app-catalogue", "skip", undefined],
    ["access-policy", "skip", undefined],
    ["recording-policy", "skip", undefined],
  ]);
  expect(report.exitCode).toBe(0);
});
