// Bots that exist, taken over: the stack file that `teams-calling-bot adopt` writes, deployed by the real engine.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { Command } from "commander";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defineAdoptCommand } from "../../commands/adopt/adopt-command.js";
import type { Report } from "../../commands/report.js";
import { CallingBot, stackOutputs } from "../../components/index.js";
import { formatIssue } from "../../rules/issue.js";
import { showRun } from "../../scripts/show-run.js";
import { botConfig } from "../support/bot-config.js";
import { type Change, changesBetween } from "../support/changes-between.js";
import {
  EXISTING,
  type Existing,
  FOREIGN,
  makeExisting,
  registrationsOf,
} from "../support/existing-bots.js";
import { newStateFolder, startTestCloud, type TestCloud } from "../support/test-cloud.js";
import { failureInProcess, newTestStack, run, type TestStack } from "../support/test-stack.js";

const PROJECT = "teams-calling-bot";
const CALLS = "https://contoso.com/api/calling";

let cloud: TestCloud;
let folder: string;
let past: Date | undefined;
const clock = {
  set: (now: Date | undefined) => {
    past = now;
  },
};
const made: TestStack[] = [];

beforeAll(async () => {
  cloud = await startTestCloud({ folder: newStateFolder(), now: () => past ?? new Date() });
  await cloud.startPlugins();
  Object.assign(process.env, cloud.environment());
  folder = mkdtempSync(join(tmpdir(), "adopt-"));
  mkdirSync(join(folder, "stacks"));
  const project = `name: ${PROJECT}\nruntime: nodejs\nstackConfigDir: stacks\n`;
  writeFileSync(join(folder, "Pulumi.yaml"), project);
  await makeExisting(cloud, EXISTING, clock);
});
afterAll(async () => {
  for (const { remove } of made) remove();
  rmSync(folder, { recursive: true, force: true });
  await cloud.remove();
});

/** The command, as the command line reads it. */
async function adoptCommand(...args: readonly string[]): Promise<Report> {
  let report: Report | undefined;
  const command = new Command().exitOverride();
  defineAdoptCommand(command, {
    cwd: folder,
    env: process.env,
    progress: () => {},
    finish: (finished) => {
      report = finished;
    },
  });
  await command.parseAsync([...args], { from: "user" });
  if (report === undefined) throw new Error("the command did not finish");
  return report;
}

function fileOf(stack: string): string {
  return join(folder, "stacks", `Pulumi.${stack}.yaml`);
}

async function adopted(one: Existing & { readonly stack?: string }): Promise<string> {
  const { name, said = [] } = one;
  const stack = one.stack ?? name.replaceAll(".", "-");
  const { issues } = await adoptCommand("--bot", `old-${name}`, "--stack", stack, ...said);
  expect(issues).toEqual([]);
  return readFileSync(fileOf(stack), "utf8");
}

async function newStack(stackName: string, files: () => ReadonlyMap<string, string>) {
  const stack = await newTestStack({
    cloud,
    stackName,
    program: async () => {
      const bots = [...files()].map(([name, text]) => {
        const bot = new CallingBot(name, botConfig(text));
        return [name, stackOutputs(bot)] as const;
      });
      return Object.fromEntries(bots);
    },
  });
  made.push(stack);
  return stack;
}

const role = (id: string) => `{"id":"${id}","type":"Role"}`;
const INITIATE = role("284383ee-7f6e-4e40-a2a8-e85dcb029101");
const JOIN = role("f6b49018-60ab-4f81-83bd-22caeabfed2d");
const GRAPH = "00000003-0000-0000-c000-000000000000";

/** The marks of the stack, which every application gets. */
const MARKS = EXISTING.filter(({ managed }) => managed !== true).flatMap(({ name }): Change[] =>
  [`pulumi-name:${name}`, `pulumi-project:${PROJECT}`, "pulumi-stack:adopted"].map((tag) => [
    `${name}.application.tags`,
    `+ "${tag}"`,
  ]),
);

/** Calling, where it was off. */
const SWITCHED_ON = ["multitenant", "secret-alone"].flatMap((name): Change[] => [
  [`${name}.channel.properties.properties.callingWebhook`, `null -> "${CALLS}"`],
  [`${name}.channel.properties.properties.enableCalling`, "false -> true"],
]);

/** Everything that the stack adds, and nothing else. */
const ADDED: Change[] = [
  ...MARKS,
  ...SWITCHED_ON,
  [
    "multitenant.application.requiredResourceAccess",
    `+ {"resourceAccess":[${JOIN}],"resourceAppId":"${GRAPH}"}`,
  ],
  [
    "no.channel.application.requiredResourceAccess",
    `+ {"resourceAccess":[${JOIN}],"resourceAppId":"${GRAPH}"}`,
  ],
  ["no.channel.bot.properties.endpoint", '"" -> "https://contoso.com/api/messages"'],
  ["no.channel.channel", "+"],
  [
    "channels-registration.application.requiredResourceAccess",
    `+ {"resourceAccess":[${INITIATE}],"resourceAppId":"${GRAPH}"}`,
  ],
  ["channels-registration.channel", "+"],
  ["channels-registration.principal", "+"],
  ["much-configured.application.requiredResourceAccess.1.resourceAccess", `+ ${INITIATE}`],
  ["much-configured.application.web.redirectUris", '+ "https://contoso.com/consented"'],
  [
    "managed-identity.channel.properties.properties.callingWebhook",
    `"https://old.contoso.com/x" -> "${CALLS}"`,
  ],
];

describe("a bot that cannot be adopted", () => {
  const said = async (...args: string[]) => {
    const { issues, afterIssues } = await adoptCommand("--stack", "refused", ...args);
    expect(afterIssues).toBe("Nothing was written and nothing was touched.");
    expect(existsSync(fileOf("refused"))).toBe(false);
    return issues.map(formatIssue).join("\n");
  };

  it("is not there, or its subscription or tenant is another", async () => {
    expect(await said("--bot", "nobody")).toMatch(
      /^--bot must be an Azure Bot of the subscription, and there is none of this name \(Azure Bot Service\), got "nobody"\. Choose one of old-/,
    );
    const nowhere = "99999999-9999-4999-8999-999999999999";
    expect(await said("--bot", "old-plain", "--subscription", nowhere)).toContain(
      "--subscription must be a subscription that you may read, and there is none with this id",
    );
    expect(await said("--bot", "old-plain", "--tenant", nowhere)).toContain("tenant");
  });

  it("has a secret that nobody says to have", async () => {
    expect(await said("--bot", "old-secret-alone", "--calling-webhook", CALLS)).toMatch(
      /must have a credential that somebody knows, and it has client secrets alone, whose values no service gives out \(they end: .*Give --credential keep/,
    );
  });

  it("would be written into a stack file that cannot work", async () => {
    expect(await said("--bot", "old-multitenant")).toContain("Give it with --calling-webhook.");
    expect(await said("--bot", "old-multitenant")).toContain("Give it with --capabilities.");
  });

  it("is of another tenant, or belongs to another stack", async () => {
    await makeExisting(cloud, FOREIGN, clock);
    expect(await said("--bot", "old-foreign")).toContain(
      "--bot must be of the tenant that is deployed to",
    );
    const taken = await said("--bot", "old-taken");
    expect(taken).toContain(
      "--bot must not belong to another stack, and its tags say that it belongs to theirs/prod",
    );
    expect(taken).toContain("the application ");
  });

  it("is refused by the stack as well, before anything is touched", async () => {
    const before = await registrationsOf(cloud);
    const changed = (await adopted({ ...only("much-configured"), stack: "changed" }))
      .replaceAll("botServices/old-much-configured", "botServices/old-nowhere")
      .replace("        - https://contoso.com/a\n", "");
    const testStack = await newStack("test", () => new Map());
    process.env["ADOPTED_STACK"] = changed;
    const text = await failureInProcess(testStack, cloud, {
      module: new URL("./adopting-program.ts", import.meta.url).href,
      exportName: "adoptingBot",
      operation: "up",
    });
    expect(text).toContain("adopt.bot must be an Azure Bot that exists, and there is none");
    expect(text).toContain(
      "adopt.found.replyUrls must hold everything that the application has, or it would be removed; missing: https://contoso.com/a",
    );
    expect(changesBetween(before, await registrationsOf(cloud))).toEqual([]);
  });
});

describe("ten bots that exist", () => {
  it("are adopted, keep all they had, change nothing afterwards, and outlive the stack", async () => {
    const before = await registrationsOf(cloud);
    const files = new Map<string, string>();
    for (const one of EXISTING) files.set(one.name, await adopted(one));
    expect(await registrationsOf(cloud)).toEqual(before);

    const { stack } = await newStack("adopted", () => files);
    const preview = await run(stack, "preview");
    expect(preview.text).toContain("It adds to them:");
    expect(preview.text).toContain("reply URL https://contoso.com/consented of the application");
    expect(preview.text).toContain("calling of the Teams channel, which was off");
    expect(preview.text).toContain("Everything else of them stays as it is.");
    expect(await registrationsOf(cloud)).toEqual(before);

    const { steps } = await run(stack, "up");
    expect(steps.filter((step) => /^(create|update Bot|replace|delete)/.test(step)).sort()).toEqual(
      [
        "create Channel channels-registration-teams",
        "create Channel no.channel-teams",
        "create ServicePrincipal channels-registration-service-principal",
        "update Bot no.channel",
      ],
    );
    const after = await registrationsOf(cloud);
    expect(changesBetween(before, after)).toEqual([...ADDED].sort());
    expect((await run(stack, "preview")).steps).toEqual([]);
    await run(stack, "refresh");
    expect((await run(stack, "preview")).steps).toEqual([]);

    const text = await destroyed(stack);
    expect(text).toContain("old-much-configured was adopted. These stay:");
    expect(text).toContain("  reply URL https://contoso.com/consented of the application");
    // What the stack had made itself goes, all else stays as it was.
    expect(changesBetween(after, await registrationsOf(cloud))).toEqual([
      ["channels-registration.channel", "-"],
      ["channels-registration.principal", "-"],
      ["no.channel.channel", "-"],
    ]);
  });
});

function only(name: string): Existing {
  const found = EXISTING.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no bot ${name}`);
  return found;
}

/** What a person sees of it. */
async function destroyed(stack: Stack): Promise<string> {
  const lines: string[] = [];
  const say = (text: string) => void lines.push(text);
  await showRun(stack, {
    operation: "destroy",
    destination: "local cloud",
    screen: { display: { colour: false, diff: false }, json: false, out: say, err: say },
  });
  return lines.join("\n");
}
