// What `npm publish` would send out, in the hands of somebody else: installed in a project of their own, type-checked with
// their compiler, and deployed.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "../scripts/project-paths.js";
import type { TestCloud } from "./support/test-cloud.js";
import { engineEnvironment, startDeployableCloud } from "./support/test-stack.js";

const PROGRAM = `
import { Capability, CallingBot, ConsentMode, CredentialKind, stackOutputs } from "teams-calling-bot";

export async function program() {
  const bot = new CallingBot("reception", {
    host: {
      messagingEndpoint: "https://contoso.com/api/messages",
      callingWebhook: "https://contoso.com/teamsapp/api/calling",
    },
    capabilities: [Capability.AnswerCalls],
    consent: { mode: ConsentMode.Grant },
    credential: { kind: CredentialKind.None },
  });
  return stackOutputs(bot);
}
`;

const DEPLOY = `
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { program } from "./program.js";

const stack = await LocalWorkspace.createOrSelectStack(
  { stackName: "consumer", projectName: "consumer", program },
  { workDir: import.meta.dirname ?? process.cwd() },
);
await stack.setConfig("azure-native:location", { value: "westeurope" });
const { outputs } = await stack.up();
console.log(JSON.stringify(outputs["botResourceId"]?.value));
await stack.destroy();
`;

let cloud: TestCloud;
let folder: string;

beforeAll(async () => {
  cloud = await startDeployableCloud();
  folder = mkdtempSync(join(tmpdir(), "consumer-"));
});
afterAll(async () => {
  await cloud.remove();
  rmSync(folder, { recursive: true, force: true });
});

// Never synchronously: the cloud and its plugins answer from this process.
async function runIn(
  cwd: string,
  command: string,
  args: string[],
  environment = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...environment },
    shell: process.platform === "win32",
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout;
}

describe("the packed package", () => {
  it("type-checks and deploys in a project that is not this one", {
    timeout: 600_000,
  }, async () => {
    const packed = await runIn(projectRoot, "npm", [
      "pack",
      "--silent",
      "--pack-destination",
      folder,
    ]);
    const tarball = packed.trim().split("\n").at(-1) ?? "";
    const own = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
    const version = (name: string) => `${name}@${installedVersion(name)}`;

    const project = join(folder, "project");
    mkdirSync(join(project, "state"), { recursive: true });
    writeFileSync(
      join(project, "package.json"),
      '{ "name": "consumer", "private": true, "type": "module" }\n',
    );
    writeFileSync(join(project, "Pulumi.yaml"), "name: consumer\nruntime: nodejs\n");
    writeFileSync(join(project, "program.ts"), PROGRAM);
    writeFileSync(join(project, "deploy.ts"), DEPLOY);
    writeFileSync(
      join(project, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: {
          strict: true,
          module: "nodenext",
          target: "es2022",
          skipLibCheck: true,
          types: ["node"],
        },
      }),
    );
    await runIn(project, "npm", [
      "install",
      "--prefer-offline",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      join(folder, tarball),
      ...Object.keys(own.peerDependencies).map(version),
      version("typescript"),
      version("@types/node"),
    ]);
    await runIn(project, "npx", ["tsc"]);
    const output = await runIn(
      project,
      process.execPath,
      ["deploy.js"],
      engineEnvironment(cloud, pathToFileURL(join(project, "state")).href),
    );
    expect(output).toContain("/providers/Microsoft.BotService/botServices/consumer-consumer-");
    expect(await runIn(project, "npx", ["teams-calling-bot", "--help"])).toContain(
      "teams-calling-bot",
    );
    // The rehearsal comes with all that it loads, and with nothing of the local cloud that it does not.
    const nobody = ["rehearse", "--webhook", "http://localhost:1/api/calling", "--json"];
    const called = await runIn(project, "npx", ["teams-calling-bot", ...nobody]).catch(
      (error: { readonly stdout: string }) => error.stdout,
    );
    expect(JSON.parse(called).results).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: "webhook", finding: "Nothing listens at localhost:1." }),
        expect.objectContaining({ id: "strangers", status: "skip" }),
      ]),
    );
  });
});

function installedVersion(name: string): string {
  const manifest = readFileSync(join(projectRoot, "node_modules", name, "package.json"), "utf8");
  return JSON.parse(manifest).version;
}
