import { spawn } from "node:child_process";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EngineNotFoundError, type EngineProgress, findEngine } from "../../engine/index.js";
import {
  buildScript,
  type FakeMachine,
  fakeMachine,
  goScript,
  pulumiScript,
  writeScript,
} from "./fake-machine.js";

let machine: FakeMachine;
let notes: string[];
let progress: EngineProgress;

beforeEach(async () => {
  machine = await fakeMachine();
  notes = [];
  progress = { step: () => {}, detail: () => {}, note: (text) => notes.push(text) };
});
afterEach(() => machine.remove());

async function noDownload(): Promise<never> {
  throw new Error("Failed to download https://get.pulumi.com/install.sh: fetch failed");
}

async function mustNotDownload(): Promise<never> {
  throw new Error("A download was tried although an engine is there.");
}

async function goodDownload(version: string, root: string): Promise<void> {
  await writeScript(join(root, "bin", "pulumi"), pulumiScript(version));
}

function versionFolders(): Promise<string[]> {
  return readdir(join(machine.home, "versions")).catch(() => []);
}

describe("an engine that is on the machine", () => {
  it("is taken from PATH when it is as new as the tested one", async () => {
    await machine.onPath("pulumi", pulumiScript("3.259.0"));
    await machine.inHome("3.300.0");
    const engine = await findEngine({ progress, download: mustNotDownload });
    expect(engine).toMatchObject({ binDir: machine.path, version: "3.259.0", how: "on PATH" });
    expect(engine.command.version?.version).toBe("3.259.0");
    expect(notes).toEqual([]);
  });

  it("is skipped with a note when the one on PATH is older than the tested one", async () => {
    await machine.onPath("pulumi", pulumiScript("3.258.9"));
    await machine.inHome("3.259.0");
    await machine.inHome("3.270.1");
    await machine.inHome("3.9.0");
    const engine = await findEngine({ progress, download: mustNotDownload });
    expect(engine).toMatchObject({
      binDir: join(machine.home, "versions", "3.270.1", "bin"),
      version: "3.270.1",
      how: "in the Pulumi home",
    });
    expect(engine.command.command).toBe(join(engine.binDir, "pulumi"));
    expect(notes).toEqual([
      `${join(machine.path, "pulumi")} is skipped: version 3.258.9 is older than 3.259.0.`,
    ]);
  });

  it.each([
    ["fails", "exit 3", '"pulumi version" ended with code 3'],
    ["prints no version", "echo hello", '"pulumi version" did not print a version'],
    [
      "is of another major version",
      "echo v4.0.0",
      "version 4.0.0 is of another major version than 3.259.0",
    ],
  ])("is skipped with a note when the one on PATH %s", async (_what, script, reason) => {
    await machine.onPath("pulumi", script);
    await machine.inHome("3.259.0");
    const engine = await findEngine({ progress, download: mustNotDownload });
    expect(engine.how).toBe("in the Pulumi home");
    expect(notes).toEqual([`${join(machine.path, "pulumi")} is skipped: ${reason}.`]);
  });

  it("is not a folder of the Pulumi home that holds another version than its name says", async () => {
    await machine.inHome("3.400.0", "3.1.0");
    await machine.inHome("3.260.0");
    const engine = await findEngine({ progress, download: mustNotDownload });
    expect(engine.version).toBe("3.260.0");
    expect(notes).toHaveLength(1);
  });
});

describe("an engine that is not on the machine", () => {
  it("is downloaded into the Pulumi home once", async () => {
    const engine = await findEngine({ progress, download: goodDownload });
    expect(engine).toMatchObject({
      binDir: join(machine.home, "versions", "3.259.0", "bin"),
      version: "3.259.0",
      how: "downloaded",
    });
    expect(await versionFolders()).toEqual(["3.259.0"]);
    const again = await findEngine({ progress, download: mustNotDownload });
    expect(again.how).toBe("in the Pulumi home");
  });

  it("is built with Go when it cannot be downloaded", async () => {
    await machine.onPath("go", goScript("1.26.8"));
    const engine = await findEngine({ progress, download: noDownload });
    expect(engine).toMatchObject({ version: "3.259.0", how: "built with Go" });
    expect(await versionFolders()).toEqual(["3.259.0"]);
    expect(notes).toEqual([
      "No download (Failed to download https://get.pulumi.com/install.sh: fetch failed); building with Go instead.",
    ]);
  });

  it("is built with Go when the download does not work on this machine", async () => {
    await machine.onPath("go", goScript("1.26.8"));
    const broken = (_version: string, root: string) =>
      writeScript(join(root, "bin", "pulumi"), "exit 1");
    const engine = await findEngine({ progress, download: broken });
    expect(engine.how).toBe("built with Go");
    expect(notes[0]).toContain('The new engine cannot be used: "pulumi version" ended with code 1');
  });

  it("replaces what stands in its place and does not work", async () => {
    await writeScript(join(machine.home, "versions", "3.259.0", "bin", "pulumi"), "exit 1");
    const engine = await findEngine({ progress, download: goodDownload });
    expect(engine.how).toBe("downloaded");
    expect(await versionFolders()).toEqual(["3.259.0"]);
  });

  it("is built once when several ask for it at the same time: the others wait", async () => {
    const counter = join(machine.path, "builds");
    const build = `echo build >> ${counter}\n/bin/sleep 0.2\n${buildScript("3.259.0")}`;
    await machine.onPath("go", goScript("1.26.8", { build }));
    const find = () => findEngine({ progress, download: noDownload });
    const engines = await Promise.all([find(), find(), find()]);
    expect(engines.map(({ version }) => version)).toEqual(["3.259.0", "3.259.0", "3.259.0"]);
    expect(await readFile(counter, "utf8")).toBe("build\n");
    expect(notes).toContain(`Process ${process.pid} is getting the same engine: waiting for it.`);
    expect(await versionFolders()).toEqual(["3.259.0"]);
  });

  it("is not waited for from a process that is gone, nor from one of long ago", async () => {
    const versions = join(machine.home, "versions");
    const [gone, longAgo] = [
      `.unfinished-3.259.0-${Date.now()}-${2 ** 22 + 1}-aaaaaa`,
      `.unfinished-3.259.0-${Date.now() - 3_600_000}-${process.ppid}-bbbbbb`,
    ];
    for (const name of [gone, longAgo]) await mkdir(join(versions, name), { recursive: true });
    const engine = await findEngine({ progress, download: goodDownload });
    expect(engine.how).toBe("downloaded");
    expect(notes).toEqual([]);
  });

  it("leaves nothing behind when the build is cancelled, and ends what Go started", async () => {
    const pidFile = join(machine.path, "pid");
    const build = `/bin/sleep 60 & echo $! > ${pidFile}; echo some/package >&2; wait`;
    await machine.onPath("go", goScript("1.26.8", { build }));
    const cancel = new AbortController();
    const building = findEngine({
      progress: { ...progress, detail: () => cancel.abort(new Error("cancelled by the test")) },
      signal: cancel.signal,
      download: noDownload,
    });
    await expect(building).rejects.toThrow("cancelled by the test");
    expect(await versionFolders()).toEqual([]);
    const pid = Number(await readFile(pidFile, "utf8"));
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow("ESRCH"), 5_000);
  });
});

it("ends a build on Ctrl-C although the caller gave no signal, and then ends itself", async () => {
  const pidFile = join(machine.path, "pid");
  await machine.onPath(
    "go",
    goScript("1.26.8", { build: `/bin/sleep 60 & echo $! > ${pidFile}; wait` }),
  );
  const engine = new URL("../../engine/index.ts", import.meta.url).href;
  const program = `import { locateEngine } from ${JSON.stringify(engine)};
    await locateEngine({ download: async () => { throw new Error("no network"); } });`;
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const child = spawn(process.execPath, ["--import", tsx, "--input-type=module", "-e", program]);
  const ended = new Promise((resolve) => child.once("exit", (_code, signal) => resolve(signal)));
  const pid = await vi.waitFor(async () => {
    const text = await readFile(pidFile, "utf8");
    expect(text).toMatch(/^\d+\n$/);
    return Number(text);
  }, 20_000);
  child.kill("SIGINT");
  expect(await ended).toBe("SIGINT");
  expect(await versionFolders()).toEqual([]);
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow("ESRCH"), 5_000);
});

describe("no engine and no way to get one", () => {
  const install =
    "Install Pulumi 3.259.0 or newer (https://www.pulumi.com/docs/install/), " +
    "or Go 1.25.11 or newer (https://go.dev/dl/), and run this again.";
  const start =
    'There is no Pulumi engine: no usable "pulumi" is on PATH, the official download failed ' +
    "(Failed to download https://get.pulumi.com/install.sh: fetch failed), and ";

  async function failure(): Promise<unknown> {
    return findEngine({ progress, download: noDownload }).catch((error: unknown) => error);
  }

  it("is one sentence with what to install when there is no Go", async () => {
    const error = await failure();
    expect(error).toBeInstanceOf(EngineNotFoundError);
    expect(String(error)).toBe(
      `EngineNotFoundError: ${start}there is no Go toolchain to build it with. ${install}`,
    );
    expect(await versionFolders()).toEqual([]);
  });

  it("says so when Go is too old and may not fetch a newer one", async () => {
    await machine.onPath("go", goScript("1.22.4", { toolchainPolicy: "local" }));
    expect(String(await failure())).toBe(
      `EngineNotFoundError: ${start}Go 1.22.4 is too old to build it (1.25.11 is needed) and may not fetch a newer one (GOTOOLCHAIN=local). ${install}`,
    );
  });

  it("says so when Go is too old to fetch a newer one at all", async () => {
    await machine.onPath("go", goScript("1.18.1"));
    expect(String(await failure())).toContain(
      "Go 1.18.1 is too old to build it (1.25.11 is needed). ",
    );
  });

  it("lets an older Go build when it fetches the newer one by itself", async () => {
    await machine.onPath("go", goScript("1.22.4"));
    expect((await findEngine({ download: noDownload })).how).toBe("built with Go");
  });

  it("says what Go said when the build fails", async () => {
    await machine.onPath(
      "go",
      goScript("1.26.8", {
        build: "echo some/package >&2; echo 'go: no space left on device' >&2; exit 1",
      }),
    );
    expect(String(await failure())).toContain(
      "the build with Go failed (go: no space left on device). ",
    );
    expect(await versionFolders()).toEqual([]);
  });
});
