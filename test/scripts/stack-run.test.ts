import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { explainFailure } from "../../scripts/explain-failure.js";
import {
  NoSuchStackError,
  openStack,
  readableError,
  runStack,
  StackRunError,
} from "../../scripts/stack-run.js";
import { type TinyProject, tinyProject } from "./tiny-stack.js";

const Written = z.looseObject({
  checkpoint: z.looseObject({
    latest: z.looseObject({ resources: z.array(z.looseObject({ type: z.string() })) }),
  }),
});

let project: TinyProject;
beforeAll(async () => {
  project = await tinyProject();
});
afterAll(() => project.remove());

it("refuses a stack that does not exist unless it is to be made", async () => {
  const error = await openStack(project.location({ create: false })).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(NoSuchStackError);
  expect(String(error)).toContain('There is no stack "dev" in this backend.');
});

it("runs an inline program in a folder with a space, with the config of stackConfigDir", async () => {
  const events: EngineEvent[] = [];
  const { outputs } = await runStack(await project.open(), {
    operation: "up",
    onEvent: (event) => events.push(event),
  });
  expect(outputs["value"]).toEqual({ value: "one", secret: false });
  expect(outputs["hidden"]?.secret).toBe(true);
  expect(events.at(-1)).toHaveProperty("cancelEvent");
  const file = await readFile(join(project.folder, "stacks", "Pulumi.dev.yaml"), "utf8");
  expect(file).toMatch(/^encryptionsalt: v1:/);
});

describe("what the engine refuses", () => {
  it("is told in the engine's own words when the passphrase is another", async () => {
    const location = project.location();
    const environment = { ...location.environment, PULUMI_CONFIG_PASSPHRASE: "another" };
    const error = await openStack({ ...location, environment })
      .then((stack) => runStack(stack, { operation: "preview" }))
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(StackRunError);
    expect(String(error)).toContain("incorrect passphrase");
    expect(String(error)).not.toContain("Command failed");
  });

  it("is told when another run holds the lock, and the lock can be freed", async () => {
    const holder = await project.open();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let started = () => {};
    const running = new Promise<void>((resolve) => {
      started = resolve;
    });
    const first = runStack(
      await openStack(
        project.location({
          program: async () => {
            started();
            await held;
            return {};
          },
        }),
      ),
      { operation: "up" },
    );
    await running;
    const error = await runStack(holder, { operation: "up" }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(StackRunError);
    expect(String(error)).toContain("the stack is currently locked by 1 lock(s)");
    await holder.cancel();
    release();
    await expect(first).resolves.toMatchObject({ outputs: {} });
    expect((await runStack(holder, { operation: "up" })).outputs).toHaveProperty("value");
  });

  it("ends when the caller cancels, and leaves no lock", async () => {
    const cancel = new AbortController();
    const stack = await openStack(
      project.location({
        program: async () => {
          cancel.abort();
          await new Promise((resolve) => setTimeout(resolve, 500));
          return {};
        },
      }),
    );
    const error = await runStack(stack, { operation: "up", signal: cancel.signal }).catch(
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(StackRunError);
    await expect(runStack(await project.open(), { operation: "destroy" })).resolves.toEqual({
      outputs: {},
    });
  });
});

describe("a state that the engine cannot use", () => {
  const text = async (): Promise<string> => {
    const stack = await project.open();
    const error = await stack
      .exportStack()
      .then(() => runStack(stack, { operation: "up" }))
      .catch((e: unknown) => readableError(e));
    return error instanceof Error ? error.message : "";
  };
  const whole = (state: string): z.output<typeof Written> => Written.parse(JSON.parse(state));

  it.each<[string, (state: string) => string, RegExp]>([
    ["cut off", (state) => state.slice(0, state.length / 2), /^The stack's state is damaged\. /],
    [
      "of a newer engine",
      (state) => JSON.stringify({ ...whole(state), version: 99 }),
      /^The stack's state was written by a newer Pulumi engine .* Install the newest/,
    ],
    [
      "with a resource whose parent is gone",
      (state) => {
        const { checkpoint, ...rest } = whole(state);
        const { resources, ...latest } = checkpoint.latest;
        const kept = resources.filter(({ type }) => !type.endsWith(":Pair"));
        return JSON.stringify({
          ...rest,
          checkpoint: { ...checkpoint, latest: { ...latest, resources: kept } },
        });
      },
      /^The stack's state contradicts itself/,
    ],
    [
      "with secrets of another passphrase",
      (state) =>
        state.replace(/"salt":\s*"[^"]+"/, '"salt": "v1:AAAAAAAAAAA=:v1:AAAAAAAAAAAAAAAA:AAAA"'),
      /^The stack's file or its state has a salt of another passphrase/,
    ],
  ])("is explained in one sentence with what to do: %s", async (_what, broken, advice) => {
    const path = join(project.folder, "state", ".pulumi", "stacks", "tiny", "dev.json");
    await runStack(await project.open(), { operation: "up" });
    const state = await readFile(path, "utf8");
    await writeFile(path, broken(state));
    const advised = explainFailure(await text(), "local cloud");
    await writeFile(path, state);
    expect(advised).toEqual([expect.stringMatching(advice)]);
  });

  it("is explained when the salt of the stack's file is another's", async () => {
    const path = join(project.folder, "stacks", "Pulumi.dev.yaml");
    const file = await readFile(path, "utf8");
    await writeFile(path, file.replace(/^encryptionsalt: .*$/m, "encryptionsalt: v1:nonsense"));
    const advised = explainFailure(await text(), "local cloud");
    await writeFile(path, file);
    expect(advised).toEqual([
      expect.stringMatching(/^The stack's file or its state has a salt of another passphrase/),
    ]);
  });
});
