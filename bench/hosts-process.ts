// Updates each host once, with Azure's latencies, and prints the makespan beside the critical path of the host's own graph.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Deployment, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { CallingBot, stackOutputs } from "../components/index.js";
import { openStack, runStack } from "../scripts/stack-run.js";
import { criticalPath, type PathNode } from "./critical-path.js";
import { HOSTS } from "./hosts.js";
import { LATENCIES } from "./latencies.js";
import { addLatency, clearLatencies } from "./service-latencies.js";

/** One line of the result. */
interface Measured {
  readonly host: string;
  readonly resources: number;
  /** Of the whole `up`, engine and program included. */
  readonly seconds: number;
  /** The same stack without latencies: what engine, program and local cloud take by themselves. */
  readonly ownSeconds: number;
  readonly criticalSeconds: number;
  /** One after the other. */
  readonly sumSeconds: number;
  readonly path: readonly string[];
}

const { scale, host, json }: { scale: number; host?: string; json: boolean } = JSON.parse(
  process.argv[2] ?? "{}",
);
const chosen = Object.entries(HOSTS).filter(([kind]) => host === undefined || kind === host);
if (chosen.length === 0) {
  process.stderr.write(
    `There is no host ${host}; the kinds are ${Object.keys(HOSTS).join(", ")}.\n`,
  );
  process.exit(2);
}
const results: Measured[] = [];
for (const [kind] of chosen) {
  const measured = await measure(kind);
  results.push(measured);
  if (!json) process.stdout.write(`${textOf(measured)}\n`);
}
if (json) process.stdout.write(`${JSON.stringify({ scale, hosts: results }, undefined, 2)}\n`);

async function measure(kind: string): Promise<Measured> {
  const workDir = mkdtempSync(join(tmpdir(), "bench-stack-"));
  writeFileSync(join(workDir, "Pulumi.yaml"), "name: teams-calling-bot\nruntime: nodejs\n");
  const args = HOSTS[kind];
  if (args === undefined) throw new Error(`no host ${kind}`);
  const stack = await openStack({
    stackName: `bench-${kind.toLowerCase()}`,
    workDir,
    program: async () => stackOutputs(new CallingBot("bot", await args())),
    engine: await PulumiCommand.get(),
    create: true,
  });
  try {
    await stack.setConfig("azure-native:location", { value: "westeurope" });
    // The first run loads the SDKs, which no later one of this process does.
    await runStack(stack, { operation: "up" });
    await runStack(stack, { operation: "destroy" });
    const ownSeconds = await timed(() => runStack(stack, { operation: "up" }));
    await runStack(stack, { operation: "destroy" });
    await setLatencies(scale);
    const seconds = await timed(() => runStack(stack, { operation: "up" }));
    const nodes = nodesOf(await stack.exportStack());
    await setLatencies(0);
    await runStack(stack, { operation: "destroy" });
    const { seconds: criticalSeconds, ids } = criticalPath(nodes);
    return {
      host: kind,
      resources: nodes.length,
      seconds,
      ownSeconds,
      criticalSeconds,
      sumSeconds: nodes.reduce((sum, node) => sum + node.seconds, 0),
      path: ids.map(shortName),
    };
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** Tells the local cloud how long things take from now on. */
async function setLatencies(part: number): Promise<void> {
  await clearLatencies();
  if (part === 0) return;
  for (const { service, method, path, seconds, polled } of LATENCIES) {
    // What is polled is done a second after the answer.
    const wait = Math.max(0, seconds * part - (polled === true ? 1 : 0));
    await addLatency({ service, method, path, milliseconds: Math.round(wait * 1000) });
  }
}

interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom?: boolean;
  readonly dependencies?: readonly string[];
}

function nodesOf({ deployment }: Deployment): PathNode[] {
  const resources: readonly StateResource[] = deployment.resources ?? [];
  return resources
    .filter(({ custom, type }) => custom === true && !type.startsWith("pulumi:"))
    .map(({ urn, type, dependencies = [] }) => ({
      id: urn,
      seconds: (LATENCIES.find(({ token }) => token === type)?.seconds ?? 0) * scale,
      dependsOn: dependencies,
    }));
}

function shortName(urn: string): string {
  const [type = "", name = ""] = urn.split("::").slice(-2);
  return `${type.split(":").at(-1)} ${name}`;
}

function textOf(measured: Measured): string {
  const { seconds, ownSeconds, criticalSeconds, sumSeconds } = measured;
  const number = (value: number) => value.toFixed(1);
  return [
    `${measured.host}: ${measured.resources} resources`,
    `  up ${number(seconds)} s, critical path ${number(criticalSeconds)} s, ratio ${(seconds / criticalSeconds).toFixed(3)}`,
    `  less what an up takes without latencies (${number(ownSeconds)} s): ${((seconds - ownSeconds) / criticalSeconds).toFixed(3)}`,
    `  one after the other ${number(sumSeconds)} s`,
    `  path: ${measured.path.join(" > ")}`,
  ].join("\n");
}
