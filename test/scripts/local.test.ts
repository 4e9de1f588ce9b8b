import { mkdtempSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { locateEngine } from "../../engine/index.js";
import { nodeArguments } from "../../scripts/node-arguments.js";
import { runScript, startScript, stateFolder } from "./script-process.js";

let folder: Awaited<ReturnType<typeof stateFolder>>;
let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
  await locateEngine();
});
beforeEach(async () => {
  folder = await stateFolder();
  environment = { LOCAL_CLOUD_FOLDER: folder.path };
  return folder.remove;
});

function variables(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .trim()
      .split("\n")
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}

const readMetadata = `
  const answer = await fetch(process.env.LOCAL_ARM_URL + "/metadata/endpoints?api-version=2022-09-01");
  console.log(answer.status, JSON.stringify(await answer.json()).includes(process.env.LOCAL_GRAPH_URL));`;

it("prints the variables of the contract and nothing else for `env`", async () => {
  const { code, out, err } = await runScript("local", ["env"], environment);
  expect(code).toBe(0);
  expect(err).toBe("");
  const found = variables(out);
  const origin = /^https:\/\/localhost:\d+$/;
  expect(found).toMatchObject({
    AZURE_TENANT_ID: "10ca1000-0000-4000-8000-000000000001",
    AZURE_SUBSCRIPTION_ID: "10ca1000-0000-4000-8000-00000000000a",
    AZURE_CLIENT_ID: "10ca1000-0000-4000-8000-0000000000d1",
    AZURE_CLIENT_SECRET: expect.stringMatching(/^.{20,}$/),
    AZURE_AUTHORITY_HOST: expect.stringMatching(origin),
    LOCAL_ARM_URL: expect.stringMatching(origin),
    LOCAL_GRAPH_URL: expect.stringMatching(origin),
    LOCAL_CLOUD_CA: expect.stringMatching(/\.pem$/),
    NODE_EXTRA_CA_CERTS: expect.stringMatching(/\.pem$/),
    ARM_TENANT_ID: "10ca1000-0000-4000-8000-000000000001",
    ARM_SUBSCRIPTION_ID: "10ca1000-0000-4000-8000-00000000000a",
    ARM_CLIENT_ID: "10ca1000-0000-4000-8000-0000000000d1",
    ARM_CLIENT_SECRET: found["AZURE_CLIENT_SECRET"],
    ARM_METADATA_HOSTNAME: found["LOCAL_ARM_URL"]?.replace("https://", ""),
    ARM_USE_CLI: "false",
    PULUMI_DEBUG_PROVIDERS: expect.stringMatching(/^azure-native:\d+,azuread:\d+$/),
    PULUMI_BACKEND_URL: expect.stringMatching(/^file:\/\/.*\/pulumi-state$/),
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  });
  expect(found["PATH"]?.split(delimiter)[0]).toBe((await locateEngine()).binDir);
  expect(out).not.toContain("NODE_TLS_REJECT_UNAUTHORIZED");
});

it("gives a command a cloud that answers, and stops it afterwards", async () => {
  const first = await runScript(
    "local",
    ["node", "--input-type=module", "-e", `${readMetadata}console.log(process.env.LOCAL_ARM_URL)`],
    environment,
  );
  expect(first.err).toBe("");
  const [answer, origin = ""] = first.out.trim().split("\n");
  expect(answer).toBe("200 true");
  await expect(fetch(origin)).rejects.toThrow("fetch failed");
});

it("joins the authority to what NODE_EXTRA_CA_CERTS held", async () => {
  const before = join(folder.path, "company.pem");
  await writeFile(before, "# the company's own authority\n");
  const { out } = await runScript("local", ["env"], {
    ...environment,
    NODE_EXTRA_CA_CERTS: before,
  });
  const { NODE_EXTRA_CA_CERTS: joined = "", LOCAL_CLOUD_CA: own = "" } = variables(out);
  const text = await readFile(joined, "utf8");
  expect(text).toContain("# the company's own authority");
  expect(text).toContain((await readFile(own, "utf8")).trim());
  expect(await readFile(before, "utf8")).toBe("# the company's own authority\n");
});

it("ends with the command's exit code", async () => {
  expect((await runScript("local", ["node", "-e", "process.exit(7)"], environment)).code).toBe(7);
});

it("passes SIGTERM on to the command and stops the cloud", async () => {
  const script =
    "process.on('SIGTERM', () => process.exit(5)); console.log('ready'); setInterval(() => {}, 1000)";
  const local = startScript("local", ["node", "-e", script], environment);
  await local.until("ready");
  local.child.kill("SIGTERM");
  expect(await local.code).toBe(5);
  expect((await runScript("local", ["node", "-e", ""], environment)).code).toBe(0);
});

it("serves commands that are started at the same time with one cloud", async () => {
  // Whoever started the cloud stops it at its end, so that each waits until the others are there.
  const here = mkdtempSync(join(tmpdir(), "at-once-"));
  const print = [
    "node",
    "-e",
    `const { readdirSync, writeFileSync } = require("node:fs");
    console.log(process.env.LOCAL_ARM_URL);
    process.chdir(${JSON.stringify(here)});
    writeFileSync(String(process.pid), "");
    const watch = setInterval(() => readdirSync(".").length === 3 && clearInterval(watch), 20);`,
  ];
  const results = await Promise.all([1, 2, 3].map(() => runScript("local", print, environment)));
  expect(results.map(({ code, err }) => [code, err])).toEqual([
    [0, ""],
    [0, ""],
    [0, ""],
  ]);
  expect(new Set(results.map(({ out }) => out)).size).toBe(1);
  rmSync(here, { recursive: true, force: true });
});

it("runs a nested command in the same cloud", async () => {
  const script = new URL("../../scripts/local.ts", import.meta.url);
  const nodeArgs = nodeArguments(script, ["node", "-p", "process.env.LOCAL_ARM_URL"]);
  const inner = `
    console.log(process.env.LOCAL_ARM_URL);
    require("node:child_process").spawnSync("node", ${JSON.stringify(nodeArgs)}, { stdio: "inherit" });`;
  const { out, err } = await runScript("local", ["node", "-e", inner], environment);
  expect(err).toBe("");
  const [outer, nested] = out.trim().split("\n");
  expect(nested).toBe(outer);
});

it("says how it is used, on standard error, when no command is given", async () => {
  const { code, out, err } = await runScript("local", [], environment);
  expect(code).toBe(2);
  expect(out).toBe("");
  expect(err).toContain("npm run local -- npx vitest");
  expect(err).toMatch(/No command was given\.\n$/);
});

it("says in one sentence that the state is damaged, and what to do", async () => {
  await runScript("local", ["node", "-e", ""], environment);
  await writeFile(join(folder.path, "cloud", "settings.json"), "{ half");
  const { code, out, err } = await runScript("local", ["node", "-e", ""], environment);
  expect(code).toBe(1);
  expect(out).toBe("");
  expect(err).toMatch(/^The local cloud's state in .* is damaged: .*npm run cloud -- --reset.*\n$/);
});
