import { existsSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  ANY_PORTS,
  attachToRunning,
  DEPLOYER,
  LocalCloudError,
  resetStateFolder,
  startLocalCloud,
  TENANT_ID,
} from "../../local-cloud/index.js";
import { newStateFolder, startTestCloud, type TestCloud } from "../support/test-cloud.js";

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function cloudHere(folder?: string): Promise<TestCloud> {
  const cloud = await startTestCloud(folder === undefined ? {} : { folder });
  cleanUps.push(cloud.remove);
  return cloud;
}

async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(LocalCloudError);
  return error instanceof Error ? error.message : "";
}

async function tokenFor(cloud: TestCloud): Promise<string> {
  const environment = cloud.environment();
  const answer = await fetch(`${cloud.origins.login}/${TENANT_ID}/oauth2/v2.0/token`, {
    method: "POST",
    headers: { Connection: "close" },
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: DEPLOYER.appId,
      client_secret: environment["AZURE_CLIENT_SECRET"] ?? "",
      scope: `${cloud.origins.graph}/.default`,
    }),
  });
  const { access_token: token } = z.object({ access_token: z.string() }).parse(await answer.json());
  return token;
}

describe("a state folder", () => {
  it("keeps ports, signing key and directory over a restart", async () => {
    const folder = newStateFolder();
    const first = await startTestCloud({ folder });
    const token = await tokenFor(first);
    const made = await fetch(`${first.origins.graph}/v1.0/applications`, {
      method: "POST",
      // No connection is kept to a server that is stopped below.
      headers: {
        Authorization: `Bearer ${token}`,
        "Content-Type": "application/json",
        Connection: "close",
      },
      body: JSON.stringify({ displayName: "kept" }),
    });
    const { id } = z.object({ id: z.string() }).parse(await made.json());
    const { origins } = first;
    // A port that a system lends to connections could be taken when the cloud starts again.
    for (const origin of Object.values(origins))
      expect(Number(new URL(origin).port)).toBeLessThan(32_768);
    await first.close();

    const second = await startLocalCloud({ folder });
    cleanUps.push(() => rmSync(folder, { recursive: true }), second.close);
    expect(second.origins).toEqual(origins);
    const found = await fetch(`${second.origins.graph}/v1.0/applications/${id}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(found.status).toBe(200);
  });

  it("keeps its keys and secrets to its owner", async () => {
    const cloud = await cloudHere();
    for (const file of [
      "settings.json",
      "signing-key.json",
      "tls/ca.key",
      "tls/server.key",
      "running.json",
    ]) {
      expect(statSync(join(cloud.folder, "cloud", file)).mode & 0o777).toBe(0o600);
    }
    expect(statSync(join(cloud.folder, "cloud")).mode & 0o777).toBe(0o700);
  });

  it("belongs to one process: another cloud is refused, and finds the running one", async () => {
    const cloud = await cloudHere();
    expect(await refusalOf(startLocalCloud({ folder: cloud.folder }))).toContain(
      "is already running",
    );
    expect((await attachToRunning(cloud.folder))?.origins).toEqual(cloud.origins);
    expect(await refusalOf(resetStateFolder(cloud.folder))).toContain("is running");
  });

  it("is taken over from a process that died", async () => {
    const folder = newStateFolder();
    writeFileSync(join(folder, "cloud", "running.json"), JSON.stringify({ pid: 2 ** 22 + 1 }));
    const cloud = await cloudHere(folder);
    expect((await attachToRunning(folder))?.origins).toEqual(cloud.origins);
  });

  it("is taken over from a process that died, also when another process has its id now", async () => {
    const folder = newStateFolder();
    const first = await startTestCloud({ folder });
    const file = join(folder, "cloud", "running.json");
    const left = readFileSync(file, "utf8");
    await first.close();
    writeFileSync(file, left.replace(/"pid":\d+/, `"pid":${process.ppid}`));
    expect(await attachToRunning(folder)).toBeUndefined();

    writeFileSync(file, JSON.stringify({ pid: process.ppid }));
    expect(await refusalOf(startLocalCloud({ folder }))).toContain("is already running");
    const longAgo = new Date(Date.now() - 120_000);
    utimesSync(file, longAgo, longAgo);
    const cloud = await cloudHere(folder);
    expect((await attachToRunning(folder))?.origins).toEqual(cloud.origins);
  });

  it.each([
    ["settings.json", "{"],
    ["signing-key.json", "not a key"],
    ["tls/server.pem", "not a certificate"],
    ["store/data.mdb", "x".repeat(10_000)],
  ])(
    "that is damaged in %s is refused with a sentence, and can be reset",
    async (file, content) => {
      const folder = newStateFolder();
      await (await startTestCloud({ folder })).close();
      writeFileSync(join(folder, "cloud", file), content);
      const refusal = await refusalOf(startLocalCloud({ folder }));
      expect(refusal).toContain("is damaged");
      expect(refusal).toContain("npm run cloud -- --reset");
      await resetStateFolder(folder);
      expect(existsSync(join(folder, "cloud"))).toBe(false);
      await (await startLocalCloud({ folder, ports: ANY_PORTS })).close();
      rmSync(folder, { recursive: true });
    },
  );

  it.each([
    ["below a file", (file: string) => join(file, "state")],
    ["that is a file", (file: string) => file],
    ["where nothing can be made", () => "/proc/teams-calling-bot"],
  ])("%s is refused with a sentence", async (_what, folderOf) => {
    const file = join(newStateFolder(), "file");
    writeFileSync(file, "");
    const folder = folderOf(file);
    expect(await refusalOf(startLocalCloud({ folder }))).toMatch(
      /cannot be written .*Give another with --folder/,
    );
    expect(await refusalOf(resetStateFolder(folder))).toContain("cannot be written");
  });

  it("whose port is in use is refused with a sentence, and is free for the next try", async () => {
    const folder = newStateFolder();
    const taken = await listening();
    cleanUps.push(() => taken.close());
    const { port } = taken.address() as { port: number };
    const ports = { ...ANY_PORTS, arm: port };
    const refusal = await refusalOf(startLocalCloud({ folder, ports }));
    expect(refusal).toBe(
      `Port ${port} of the local cloud is in use by another program. Stop that program, or choose other ports with \`npm run cloud -- --port <number>\`.`,
    );
    await cloudHere(folder);
  });
});

function listening(): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => resolve(server));
  });
}
