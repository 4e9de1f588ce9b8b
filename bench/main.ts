// `npm run bench`: measures, and never judges. This process finds the engine and holds a local cloud of its own; others, started
// with its environment, are what is measured.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { EngineNotFoundError, locateEngine, progressOn } from "../engine/index.js";
import { LocalCloudError } from "../local-cloud/index.js";
import { openLocalSession } from "../scripts/local-session.js";
import { nodeArguments } from "../scripts/node-arguments.js";
import { runCommand } from "../scripts/run-command.js";
import { measurePreview, measureSizes } from "./scale.js";

const cli = new Command("npm run bench --")
  .description(
    "How long an update of each host takes, against the critical path of its own graph; or verify, a preview, or an update, of one bot and of many.",
  )
  .option("--scale <number>", "part of the assumed latencies that is waited", positive, 0.2)
  .option("--host <kind>", "only this kind of host")
  .option("--verify", "measure verify instead", false)
  .option("--bots <number>", "with --verify: how many", count, 100)
  .option("--latency <milliseconds>", "with --verify: what every request takes", count, 500)
  .option("--sizes <numbers>", "measure instead how an update grows with the number of bots", sizes)
  .option("--preview", "measure instead a preview of one bot, each in a new process", false)
  .option("--json", "print one JSON document", false)
  .addHelpText(
    "after",
    `
Examples:
  npm run bench                          all hosts, about three minutes
  npm run bench -- --host appService     one of them
  npm run bench -- --scale 1             the whole latencies, about fifteen minutes
  npm run bench -- --preview             a preview, against plain resources and an empty program, about a minute
  npm run bench -- --sizes 1,10,100      one, ten and a hundred bots, against the same
  npm run bench -- --verify              verify on a stack of 100 bots, about a minute

How to read the numbers: bench/README.md`,
  )
  .parse();

const options = cli.opts<{
  scale: number;
  host?: string;
  verify: boolean;
  bots: number;
  latency: number;
  sizes?: number[];
  preview: boolean;
  json: boolean;
}>();
const progress = progressOn(process.stderr);
try {
  process.exitCode = await bench();
} catch (error) {
  progress.stop();
  if (!(error instanceof EngineNotFoundError || error instanceof LocalCloudError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function bench(): Promise<number> {
  const engine = await locateEngine({ progress });
  progress.stop();
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const session = await openLocalSession({ folder, engineFolder: engine.binDir });
  try {
    const environment = {
      ...process.env,
      ...session.environment,
      LOCAL_CLOUD_CONTROL_TOKEN: session.address.controlToken,
      // The authority of the cloud, which signs the webhook's certificate as well.
      TEST_TLS_FOLDER: dirname(session.address.caPath),
    };
    if (options.sizes !== undefined || options.preview) {
      return await scale({ environment, ...options });
    }
    const file = new URL(
      options.verify ? "verify-process.ts" : "hosts-process.ts",
      import.meta.url,
    );
    return await runCommand(process.execPath, nodeArguments(file, [JSON.stringify(options)]), {
      environment,
      interrupts: "held",
    });
  } finally {
    await session.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function scale({
  environment,
  sizes: wanted,
  json,
}: {
  environment: NodeJS.ProcessEnv;
  sizes?: number[];
  json: boolean;
}): Promise<number> {
  const print = (line: string) => void process.stdout.write(json ? "" : `${line}\n`);
  const result =
    wanted === undefined
      ? { preview: await measurePreview({ environment, print }) }
      : { sizes: await measureSizes({ sizes: wanted, environment, print }) };
  if (json) process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
  return 0;
}

function positive(text: string): number {
  const number = Number(text);
  if (number > 0 && number <= 10) return number;
  throw new InvalidArgumentError("It must be a number above 0 and up to 10.");
}

function count(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= 10_000) return number;
  throw new InvalidArgumentError("It must be a whole number from 1 to 10000.");
}

function sizes(text: string): number[] {
  const numbers = text.split(",").map(Number);
  if (numbers.every((one) => Number.isInteger(one) && one > 0 && one <= 10_000)) return numbers;
  throw new InvalidArgumentError("They must be whole numbers from 1, such as 1,10,100.");
}
