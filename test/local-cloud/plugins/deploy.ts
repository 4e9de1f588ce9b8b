// Runs a program with the real Pulumi engine against the plugins, with its state in a folder of its own.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type EngineEvent,
  LocalWorkspace,
  PulumiCommand,
  type PulumiFn,
  type Stack,
} from "@pulumi/pulumi/automation/index.js";
import { type StartedPlugins, startPlugins } from "../../../local-cloud/plugins/index.js";
import { CLIENT, type FakeCloud, SUBSCRIPTION, TENANT } from "./fake-cloud.js";

export interface Deployment {
  readonly stack: Stack;
  /** What each later `up` runs. */
  program: PulumiFn;
  /** Brings the stack up; returns operation and type of each step, sorted, without what stays the same. */
  up(): Promise<string[]>;
  /** The same without doing it. */
  preview(): Promise<string[]>;
  /** The first error of an `up` that must fail. */
  failingUp(): Promise<string>;
  /** Everything in the state. */
  resources(): Promise<StateResource[]>;
  close(): Promise<void>;
}

interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
  readonly initErrors?: string[];
}

export async function startAgainst(cloud: FakeCloud): Promise<StartedPlugins> {
  return await startPlugins({
    arm: cloud.arm,
    graph: cloud.graph,
    login: cloud.login,
    ca: cloud.ca,
    tenantId: TENANT,
    subscriptionId: SUBSCRIPTION,
    clientId: CLIENT,
    clientSecret: "fake-secret",
    timing: { retryBaseMs: 5, pollMs: 5 },
  });
}

export async function newDeployment(
  debugProviders: string,
  program: PulumiFn,
  config: Record<string, string> = {},
): Promise<Deployment> {
  const folder = mkdtempSync(join(tmpdir(), "plugins-test-"));
  const deployment = { program };
  const stack = await LocalWorkspace.createStack(
    { stackName: "dev", projectName: "plugins-test", program: () => deployment.program() },
    {
      workDir: folder,
      pulumiCommand: await PulumiCommand.get(),
      projectSettings: {
        name: "plugins-test",
        runtime: "nodejs",
        backend: { url: `file://${folder}` },
      },
      envVars: {
        PULUMI_CONFIG_PASSPHRASE: "",
        PULUMI_HOME: join(folder, "home"),
        PULUMI_DEBUG_PROVIDERS: debugProviders,
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_SKIP_UPDATE_CHECK: "true",
      },
    },
  );
  for (const [key, value] of Object.entries(config)) await stack.setConfig(key, { value });
  const steps: string[] = [];
  const errors: string[] = [];
  const onEvent = ({ resourcePreEvent, diagnosticEvent }: EngineEvent) => {
    const { op = "same", type = "" } = resourcePreEvent?.metadata ?? {};
    if (op !== "same" && !type.startsWith("pulumi:")) steps.push(`${op} ${type}`);
    if (diagnosticEvent?.severity === "error") errors.push(diagnosticEvent.message);
  };
  const run = async (work: () => Promise<unknown>) => {
    steps.length = 0;
    errors.length = 0;
    await work();
    return [...steps].sort();
  };
  return Object.assign(deployment, {
    stack,
    up: () => run(() => stack.up({ onEvent })),
    preview: () => run(() => stack.preview({ onEvent })),
    failingUp: async () => {
      const failed = await run(() => stack.up({ onEvent })).then(
        () => false,
        () => true,
      );
      if (!failed) throw new Error("the deployment succeeded");
      return errors.join("\n");
    },
    resources: async () => {
      const state: { resources?: StateResource[] } = Object((await stack.exportStack()).deployment);
      return (state.resources ?? []).filter(({ type }) => !type.startsWith("pulumi:"));
    },
    close: async () => {
      rmSync(folder, { recursive: true, force: true });
    },
  });
}
