// One life of a stack of many bots, in a process of its own, so that its memory is that of one program. Its argument is what is
// measured; it tells what it measured as one line of JSON.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { openStack, runStack, type StackOperation } from "../scripts/stack-run.js";
import { watchMemory } from "./engine-memory.js";

/** What a life consists of, in order. */
export type Step = "preview" | "up" | "no-op up" | "destroy";

/** What one life came to. */
export interface Life {
  readonly seconds: Readonly<Partial<Record<Step, number>>>;
  /** Of this process: Node, SDKs, program. In megabytes. */
  readonly programPeak: number;
  /** Of the engine's own process, in megabytes; undefined where the system does not tell. */
  readonly enginePeak?: number;
}

const OPERATIONS: Readonly<Record<Step, StackOperation>> = {
  preview: "preview",
  up: "up",
  "no-op up": "up",
  destroy: "destroy",
};

const {
  name,
  count,
  steps,
}: { name: "packaged" | "plain" | "empty"; count: number; steps: readonly Step[] } = JSON.parse(
  process.argv[2] ?? "{}",
);

const workDir = mkdtempSync(join(tmpdir(), "bench-stack-"));
writeFileSync(join(workDir, "Pulumi.yaml"), "name: teams-calling-bot\nruntime: nodejs\n");
try {
  const stack = await openStack({
    stackName: `${name}-${count}`,
    workDir,
    program: async () => {
      const { program } = await import(`./programs/${name}.js`);
      await program(count);
      return {};
    },
    engine: await PulumiCommand.get(),
    create: true,
  });
  await stack.setConfig("azure-native:location", { value: "westeurope" });
  const memory = watchMemory();
  const seconds: Partial<Record<Step, number>> = {};
  for (const step of steps) {
    const began = performance.now();
    await runStack(stack, { operation: OPERATIONS[step] });
    seconds[step] = (performance.now() - began) / 1000;
  }
  const enginePeak = memory.stop();
  const life: Life = {
    seconds,
    programPeak: process.resourceUsage().maxRSS / 1024,
    ...(enginePeak === undefined ? {} : { enginePeak }),
  };
  process.stdout.write(`${JSON.stringify(life)}\n`);
} finally {
  rmSync(workDir, { recursive: true, force: true });
}
