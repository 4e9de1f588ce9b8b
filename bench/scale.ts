// How an update grows with the number of bots: this package against the same resources without it, and a preview against an
// empty program. Each program runs in a process of its own; this one holds the cloud.
import { spawn } from "node:child_process";
import { nodeArguments } from "../scripts/node-arguments.js";
import type { Life, Step } from "./scale-process.js";

type ProgramName = "packaged" | "plain" | "empty";

const STEPS: readonly Step[] = ["preview", "up", "no-op up", "destroy"];

export interface ScaleOptions {
  readonly sizes: readonly number[];
  readonly environment: NodeJS.ProcessEnv;
  readonly print: (line: string) => void;
}

/** What was measured of one number of bots. */
export interface Size {
  readonly bots: number;
  readonly packaged: Life;
  readonly plain: Life;
}

/** Prints as it goes, and judges nothing. */
export async function measureSizes({ sizes, environment, print }: ScaleOptions): Promise<Size[]> {
  const empty = await live("empty", 0, STEPS, environment);
  const measured: Size[] = [];
  for (const bots of sizes) {
    const packaged = await live("packaged", bots, STEPS, environment);
    const plain = await live("plain", bots, STEPS, environment);
    measured.push({ bots, packaged, plain });
    for (const step of STEPS) {
      const [ours, theirs, nothing] = [packaged, plain, empty].map(({ seconds }) =>
        of(seconds, step),
      );
      print(
        `${bots} bots, ${step}: ${ours?.toFixed(2)} s, ${ratio(ours, theirs)} of plain resources, ${ratio(ours, nothing)} of an empty program`,
      );
    }
    print(
      `${bots} bots, peak memory: program ${mb(packaged.programPeak)} (plain ${mb(plain.programPeak)}), engine ${mb(packaged.enginePeak)} (plain ${mb(plain.enginePeak)}), cloud and its providers ${mb(process.resourceUsage().maxRSS / 1024)}`,
    );
  }
  for (const line of growth(measured)) print(line);
  return measured;
}

const FRESH_RUNS = 5;

/** Previews of one bot, each in a new process, with the time that imports take: the middle one of several. */
export async function measurePreview({
  environment,
  print,
}: Omit<ScaleOptions, "sizes">): Promise<Record<ProgramName, number>> {
  const seconds = { empty: 0, plain: 0, packaged: 0 };
  for (const name of ["empty", "plain", "packaged"] as const) {
    const runs: number[] = [];
    for (let run = 0; run < FRESH_RUNS; run++) {
      const began = performance.now();
      await live(name, 1, ["preview"], environment);
      runs.push((performance.now() - began) / 1000);
    }
    seconds[name] = runs.sort((a, b) => a - b)[Math.floor(FRESH_RUNS / 2)] ?? Number.NaN;
  }
  const { packaged, plain, empty } = seconds;
  print(
    `preview of one bot, from process to end: ${packaged.toFixed(2)} s, ${ratio(packaged, plain)} of plain resources, ${ratio(packaged, empty)} of an empty program`,
  );
  return seconds;
}

/** The exponent of n with which the time grew between neighbouring sizes. */
function growth(sizes: readonly Size[]): string[] {
  return sizes.slice(1).map((size, i) => {
    const before = sizes[i] ?? size;
    const exponents = STEPS.map((step) => {
      const grown = of(size.packaged.seconds, step) / of(before.packaged.seconds, step);
      return `${step} ${(Math.log(grown) / Math.log(size.bots / before.bots)).toFixed(2)}`;
    });
    return `growth from ${before.bots} to ${size.bots} bots, as the exponent of their number: ${exponents.join(", ")}`;
  });
}

function live(
  name: ProgramName,
  count: number,
  steps: readonly Step[],
  environment: NodeJS.ProcessEnv,
): Promise<Life> {
  const file = new URL("scale-process.ts", import.meta.url);
  const child = spawn(
    process.execPath,
    nodeArguments(file, [JSON.stringify({ name, count, steps })]),
    { env: environment, stdio: ["ignore", "pipe", "inherit"] },
  );
  const said: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(JSON.parse(said.join("")));
      else reject(new Error(`${count} bots of ${name}: the process ended with ${code}`));
    });
  });
}

function of(seconds: Life["seconds"], step: Step): number {
  return seconds[step] ?? Number.NaN;
}

function ratio(a: number | undefined, b: number | undefined): string {
  return ((a ?? Number.NaN) / (b ?? Number.NaN)).toFixed(2);
}

function mb(megabytes: number | undefined): string {
  return megabytes === undefined ? "not known here" : `${megabytes.toFixed(0)} MB`;
}
