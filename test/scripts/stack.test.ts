import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { locateEngine } from "../../engine/index.js";
import { pathsInLocalFolder, projectRoot } from "../../scripts/project-paths.js";
import { runScript, stateFolder } from "./script-process.js";

// Each command starts a cloud, a program and an engine: 5 s each, and many times that on a busy machine.
vi.setConfig({ testTimeout: 300_000 });

let folder: Awaited<ReturnType<typeof stateFolder>>;
let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
  await locateEngine();
  folder = await stateFolder();
  environment = { LOCAL_CLOUD_FOLDER: folder.path };
});
afterAll(() => folder.remove());

const stack = (...args: string[]) => runScript("stack", args, environment);

/** The text of everything that a local run might be tempted to write to. */
async function projectFiles(): Promise<string[]> {
  const names = ["Pulumi.yaml"];
  for (const name of await readdir(join(projectRoot, "stacks"))) names.push(`stacks/${name}`);
  return Promise.all(names.map((name) => readFile(join(projectRoot, name), "utf8")));
}

describe("a request that cannot be served", () => {
  it("is refused with the nearest stack and all others when the stack is unknown", async () => {
    const { code, out, err } = await stack("up", "--stack", "locale");
    expect(code).toBe(1);
    expect(out).toBe("");
    expect(err).toMatch(
      /^--stack must name a stack that has a file .*, got "locale"\. Did you mean "local"\? There are: dev, local, prod\.\n$/,
    );
  });

  it("is refused when Azure would be changed without being asked", async () => {
    const { code, err } = await stack("destroy", "--stack", "prod", "--azure");
    expect(code).toBe(1);
    expect(err).toBe(
      "--azure asks before destroy, and there is no terminal to ask on. Add --yes to go ahead without being asked.\n",
    );
  });

  it("is refused when --azure would get the local cloud's environment", async () => {
    const { code, err } = await runScript("stack", ["preview", "--stack", "dev", "--azure"], {
      LOCAL_ARM_URL: "https://localhost:1",
    });
    expect(code).toBe(1);
    expect(err).toMatch(/^--azure cannot be used below `npm run local`: /);
  });

  it("is refused with what to run first when the stack was never deployed", async () => {
    const { code, err } = await stack("outputs", "--stack", "dev");
    expect(code).toBe(1);
    expect(err).toBe(
      'Stack "dev" has not been deployed to this local cloud. Run `npm run stack -- up --stack dev` first.\n',
    );
  });
});

describe("a stack on the local cloud", () => {
  it("is previewed, deployed, found unchanged, read and destroyed, and the project's files stay as they are", async () => {
    const before = await projectFiles();

    const preview = await stack("preview", "--stack", "local");
    expect(preview.err).toBe("");
    expect(preview.code).toBe(0);
    expect(preview.out).toMatch(/\n\d+ to create \(\d+\.\d s\)\n$/);

    const up = await stack("up", "--stack", "local");
    expect(up.err).toBe("");
    expect(up.code).toBe(0);
    const created = Number(/\n(\d+) created \(\d+\.\d s\)\n$/.exec(up.out)?.[1]);
    expect(created).toBeGreaterThan(3);

    const again = JSON.parse((await stack("up", "--stack", "local", "--json")).out);
    expect(again).toMatchObject({ result: "succeeded", steps: [], unchanged: created, errors: [] });

    const outputs = await stack("outputs", "--stack", "local", "--json");
    expect(JSON.parse(outputs.out)).toEqual(again.outputs);

    expect(await projectFiles()).toEqual(before);
  });

  it("is not touched by --azure, whose state would then name resources that are not in Azure", async () => {
    const { code, err } = await runScript("stack", ["outputs", "--stack", "local", "--azure"], {
      PULUMI_BACKEND_URL: pathToFileURL(pathsInLocalFolder(folder.path).pulumiState).href,
      PULUMI_CONFIG_PASSPHRASE: "",
    });
    expect(code).toBe(1);
    expect(err).toMatch(/^The state of stack "local" was made by the local cloud /);
  });

  it("is not touched by the local cloud when its state was made against Azure", async () => {
    const { pulumiState } = pathsInLocalFolder(folder.path);
    const path = join(pulumiState, ".pulumi", "stacks", "teams-calling-bot", "local.json");
    const state = await readFile(path, "utf8");
    await writeFile(path, state.replaceAll("10ca1000-", "0a0a0a0a-"));
    const { code, err } = await stack("up", "--stack", "local");
    expect(code).toBe(1);
    expect(err).toMatch(/^The state of stack "local" was made against Azure /);
    // Of another project, it would be deleted.
    await writeFile(path, state.replaceAll("::teams-calling-bot::", "::another::"));
    const foreign = await stack("up", "--stack", "local");
    await writeFile(path, state);
    expect(foreign).toMatchObject({ code: 1, out: "" });
    expect(foreign.err).toMatch(/^The state of stack "local" is that of another\/local, .*\n$/);
  });

  it("is destroyed", async () => {
    const { code, out } = await stack("destroy", "--stack", "local");
    expect(code).toBe(0);
    expect(out).toMatch(/\n\d+ deleted \(\d+\.\d s\)\n$/);
  });
});
