// A stack of a test's own on the real engine, deployed to a test's own local cloud.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import {
  type ConfigMap,
  type EngineEvent,
  LocalWorkspace,
  type PulumiFn,
  type Stack,
} from "@pulumi/pulumi/automation/index.js";
import { startTestCloud, type TestCloud } from "./test-cloud.js";

export interface TestStackOptions {
  readonly cloud: TestCloud;
  readonly program: PulumiFn;
  /** @default "test" */
  readonly stackName?: string;
  /** Configuration by full key; objects as JSON. @default {} */
  readonly config?: ConfigMap;
  /** On top of what points at the local cloud. @default {} */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface TestStack {
  readonly stack: Stack;
  readonly workDir: string;
  readonly backendUrl: string;
  /** All that the engine has written down: its state, encrypted where it is secret. */
  stateText(): string;
  remove(): void;
}

/** Makes a stack in a work folder of its own. The provider plugins of the cloud must have been started. */
export async function newTestStack(options: TestStackOptions): Promise<TestStack> {
  const { cloud, program, stackName = "test", config = {}, environment = {} } = options;
  const workDir = mkdtempSync(join(tmpdir(), "stack-"));
  mkdirSync(join(workDir, "state"));
  const backendUrl = pathToFileURL(join(workDir, "state")).href;
  writeFileSync(join(workDir, "Pulumi.yaml"), "name: teams-calling-bot\nruntime: nodejs\n");
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName, projectName: "teams-calling-bot", program },
    {
      workDir,
      envVars: {
        ...engineEnvironment(cloud, backendUrl),
        ...environment,
      },
    },
  );
  await stack.setAllConfig({ "azure-native:location": { value: "westeurope" }, ...config });
  return {
    stack,
    workDir,
    backendUrl,
    stateText: () => textBelow(join(workDir, "state")),
    remove: () => rmSync(workDir, { recursive: true, force: true }),
  };
}

function textBelow(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
    .join("\n");
}

/** What the engine needs to deploy to a cloud with its state at `backendUrl`. */
export function engineEnvironment(cloud: TestCloud, backendUrl: string): Record<string, string> {
  if (cloud.debugProviders === undefined) throw new Error("the cloud's plugins are not started");
  return {
    ...cloud.environment(),
    PULUMI_DEBUG_PROVIDERS: cloud.debugProviders,
    PULUMI_BACKEND_URL: backendUrl,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}

/** Starts a cloud with its provider plugins and points this process at it, as `npm run local` does with a command. */
export async function startDeployableCloud(): Promise<TestCloud> {
  const cloud = await startTestCloud();
  await cloud.startPlugins();
  Object.assign(process.env, cloud.environment());
  return cloud;
}

/** What one operation came to. */
export interface Ran {
  /** `create Bot bot`, `update Channel bot-teams`, ... in order; components and unchanged resources left out. */
  readonly steps: string[];
  readonly outputs: Readonly<Record<string, unknown>>;
  /** All text that a person would see. */
  readonly text: string;
}

/**
 * Runs an operation and tells what it did; a failure is thrown as the Automation API throws it.
 * @param refresh whether an `up` looks first what is there. @default false
 */
export async function run(
  stack: Stack,
  operation: "preview" | "up" | "refresh" | "destroy",
  { refresh = false } = {},
): Promise<Ran> {
  const events: EngineEvent[] = [];
  const written: string[] = [];
  const options = {
    onEvent: (event: EngineEvent) => void events.push(event),
    onOutput: (text: string) => void written.push(text),
    onError: (text: string) => void written.push(text),
  };
  if (operation === "up") {
    const { outputs } = await stack.up({ ...options, refresh });
    const plain = Object.entries(outputs).map(([name, { value }]) => [name, value]);
    return { steps: stepsOf(events), outputs: Object.fromEntries(plain), text: written.join("") };
  }
  await stack[operation](options);
  return { steps: stepsOf(events), outputs: {}, text: written.join("") };
}

/** The text of an operation that must fail. */
export async function failureOf(
  stack: Stack,
  operation: "preview" | "up" | "destroy",
): Promise<string> {
  const written: string[] = [];
  const options = {
    onOutput: (text: string) => void written.push(text),
    onError: (text: string) => void written.push(text),
  };
  try {
    await stack[operation](options);
  } catch {
    return written.join("");
  }
  throw new Error(`${operation} succeeded`);
}

function isSame(before: unknown, after: unknown): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

function shortType(type: string): string {
  return type.split(":").at(-1) ?? type;
}

/** What a person sees of an operation of a program in a process of its own, which must fail. */
export async function failureInProcess(
  testStack: TestStack,
  cloud: TestCloud,
  request: { readonly module: string; readonly exportName: string; readonly operation: string },
): Promise<string> {
  const file = fileURLToPath(new URL("./run-program.ts", import.meta.url));
  const spec = JSON.stringify({ ...request, stackName: "test", workDir: testStack.workDir });
  const child = spawn(process.execPath, ["--import", "tsx", file, spec], {
    env: { ...process.env, ...engineEnvironment(cloud, testStack.backendUrl) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code === 0) throw new Error(`${request.operation} succeeded:\n${text}`);
  return text;
}

function stepsOf(events: readonly EngineEvent[]): string[] {
  const steps = events.flatMap(({ resOutputsEvent, resourcePreEvent }) => {
    const metadata = (resOutputsEvent ?? resourcePreEvent)?.metadata;
    if (metadata === undefined || metadata.op === "same") return [];
    if (metadata.op === "refresh" && isSame(metadata.old?.outputs, metadata.new?.outputs))
      return [];
    if (/^(teams-calling-bot|pulumi):/.test(metadata.type)) return [];
    return [`${metadata.op} ${shortType(metadata.type)} ${metadata.urn.split("::").at(-1)}`];
  });
  return [...new Set(steps)];
}
