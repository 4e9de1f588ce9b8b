// A small project with no provider: the engine's own Stash resources in a component, on the real
// engine and a file backend of its own.

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { findEngine } from "../../engine/index.js";
import { openStack, type StackLocation } from "../../scripts/stack-run.js";

/** What the program of a tiny project does; tests change it between runs. */
interface TinySettings {
  value: string;
  /** Makes the program fail with this message. */
  failure?: string;
}

/** A project in a folder of its own. */
export interface TinyProject {
  readonly folder: string;
  readonly settings: TinySettings;
  location(overrides?: Partial<StackLocation>): StackLocation;
  open(): Promise<Stack>;
  remove(): Promise<void>;
}

class Pair extends pulumi.ComponentResource {
  constructor(name: string, value: string) {
    super("teams-calling-bot:index:Pair", name);
    new pulumi.Stash(`${name}-plain`, { input: value }, { parent: this });
    new pulumi.Stash(
      `${name}-nested`,
      { input: { list: [value], hidden: pulumi.secret(value) } },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

/** Makes a tiny project; its folder's name has a space in it. */
export async function tinyProject(): Promise<TinyProject> {
  const folder = await mkdtemp(join(tmpdir(), "tiny stack "));
  const state = join(folder, "state");
  await mkdir(join(folder, "stacks"));
  await mkdir(state);
  await writeFile(
    join(folder, "Pulumi.yaml"),
    "name: tiny\nruntime: nodejs\nstackConfigDir: stacks\n",
  );
  const settings: TinySettings = { value: "one" };
  const engine = await findEngine();
  const program = async () => {
    await pulumi.log.info(`the value is ${settings.value}`);
    if (settings.failure !== undefined) throw new Error(settings.failure);
    if (settings.value === "two") await pulumi.log.warn("two is a large value");
    new Pair("pair", settings.value);
    return {
      value: settings.value,
      hidden: pulumi.secret("a-secret-value"),
      nested: { list: [{ id: 1, name: "a" }], empty: [] },
    };
  };
  const location = (overrides: Partial<StackLocation> = {}): StackLocation => ({
    stackName: "dev",
    workDir: folder,
    program,
    engine: engine.command,
    environment: {
      PULUMI_BACKEND_URL: pathToFileURL(state).href,
      PULUMI_CONFIG_PASSPHRASE: "",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    },
    create: true,
    ...overrides,
  });
  return {
    folder,
    settings,
    location,
    open: () => openStack(location()),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
