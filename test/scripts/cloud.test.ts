import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { runScript, startScript, stateFolder } from "./script-process.js";

let folder: Awaited<ReturnType<typeof stateFolder>>;
let environment: NodeJS.ProcessEnv;
beforeEach(async () => {
  folder = await stateFolder();
  environment = { LOCAL_CLOUD_FOLDER: folder.path };
  return folder.remove;
});

it("says where it is, shows requests, serves other commands, and stops on Ctrl-C", async () => {
  const cloud = startScript("cloud", [], environment);
  await cloud.until("In another terminal:");
  const arm = /Resource Manager +(https:\/\/localhost:\d+)/.exec(cloud.out())?.[1];
  expect(cloud.out()).toMatch(/Entra sign-in +https:\/\/localhost:\d+/);
  expect(cloud.out()).toMatch(/Microsoft Graph +https:\/\/localhost:\d+/);

  const read = `fetch(process.env.LOCAL_ARM_URL + "/metadata/endpoints?api-version=2022-09-01").then((a) => console.log(a.status, process.env.LOCAL_ARM_URL))`;
  const used = await runScript("local", ["node", "-e", read], environment);
  expect(used.err).toBe("");
  expect(used.out).toBe(`200 ${arm}\n`);
  await cloud.until("arm     200 GET    /metadata/endpoints?api-version=2022-09-01");

  const refused = await runScript("cloud", ["--reset"], environment);
  expect(refused.code).toBe(1);
  expect(refused.err).toMatch(/^The local cloud in .* is running .*Stop it, then reset\.\n$/);

  cloud.child.kill("SIGINT");
  expect(await cloud.code).toBe(0);
  expect(cloud.err()).toBe("");
  expect(cloud.out()).toMatch(/Stopped\. The state is kept; --reset empties it\.\n$/);
});

it("empties the cloud together with the local stacks, and nothing else in the folder", async () => {
  await runScript("local", ["node", "-e", ""], environment);
  await mkdir(join(folder.path, "run", "dev"), { recursive: true });
  await mkdir(join(folder.path, "mine"));
  expect(existsSync(join(folder.path, "cloud"))).toBe(true);
  const { code, out } = await runScript("cloud", ["--reset"], environment);
  expect(code).toBe(0);
  expect(out).toBe(`The local cloud in ${folder.path} is empty, and so are the local stacks.\n`);
  const left = ["cloud", "pulumi-state", "run", "mine"].filter((name) =>
    existsSync(join(folder.path, name)),
  );
  expect(left).toEqual(["mine"]);
});

it("says in one sentence that a port is in use", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const { code, err } = await runScript("cloud", ["--port", String(port)], environment);
  server.close();
  expect(code).toBe(1);
  expect(err).toContain(String(port));
  expect(err.trim().split("\n")).toHaveLength(1);
});

it("refuses a port that is none", async () => {
  const { code, err } = await runScript("cloud", ["--port", "80"], environment);
  expect(code).toBe(1);
  expect(err).toContain("Give a whole number from 1024 to 65531.");
});
