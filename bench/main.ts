// `npm run bench`: measures, and never judges. This process finds the engine and holds a local cloud of its own;
// hosts-process.ts, started with its environment, measures.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { EngineNotFoundError, locateEngine, progressOn } from "../engine/index.js";
import { LocalCloudError } from "../local-cloud/index.js";
import { openLocalSession } from "../scripts/local-session.js";
import { nodeArguments } from "../scripts/node-arguments.js";
import { runCommand } from "../scripts/run-command.js";

const cli = new Command("npm run bench --")
  .description("How long an update of each host takes, against the critical path of its own graph.")
  .option("--scale <number>", "part of the assumed latencies that is waited", positive, 0.2)
  .option("--host <kind>", "only this kind of host")
  .option("--json", "print one JSON document", false)
  .addHelpText(
    "after",
    `
Examples:
  npm run bench                          all hosts, about three minutes
  npm run bench -- --host appService     one of them
  npm run bench -- --scale 1             the whole latencies, about fifteen minutes

How to read the numbers: bench/README.md`,
  )
  .parse();

const options = cli.opts<{ scale: number; host?: string; json: boolean }>();
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
    const file = new URL("hosts-process.ts", import.meta.url);
    return await runCommand(process.execPath, nodeArguments(file, [JSON.stringify(options)]), {
      environment: {
        ...process.env,
        ...session.environment,
        LOCAL_CLOUD_CONTROL_TOKEN: session.address.controlToken,
      },
      interrupts: "held",
    });
  } finally {
    await session.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function positive(text: string): number {
  const number = Number(text);
  if (number > 0 && number <= 10) return number;
  throw new InvalidArgumentError("It must be a number above 0 and up to 10.");
}
