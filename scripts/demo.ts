// `npm run demo`: the real engine registers a bot on a local cloud of its own, changes nothing the second time, what was
// registered is read back by clients that know nothing of Pulumi, a call is answered and, without consent, refused, and all of it
// is taken away again.
// This process finds the engine and holds the local cloud; demo-process.ts, started with its environment, does the rest.
import { join } from "node:path";
import { Command } from "commander";
import { EngineNotFoundError, locateEngine, progressOn } from "../engine/index.js";
import { freePorts, LocalCloudError } from "../local-cloud/index.js";
import { openLocalSession } from "./local-session.js";
import { nodeArguments } from "./node-arguments.js";
import { localFolder } from "./project-paths.js";
import { runCommand } from "./run-command.js";

const cli = new Command("npm run demo --")
  .description(
    "Registers a calling bot on a local cloud, shows it, calls it, and takes it away again.",
  )
  .option("--keep", "leave the bot and the local cloud up until Ctrl-C", false)
  .option("--folder <path>", "state folder (default: .local/demo)")
  .addHelpText(
    "after",
    `
Examples:
  npm run demo
  npm run demo -- --keep     consent on the bot's own page, look at what was registered`,
  )
  .parse();

const { keep, folder } = cli.opts<{ keep: boolean; folder?: string }>();
const progress = progressOn(process.stderr);
try {
  process.exitCode = await demo(folder ?? join(localFolder(), "demo"));
} catch (error) {
  progress.stop();
  if (!(error instanceof EngineNotFoundError || error instanceof LocalCloudError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function demo(stateFolder: string): Promise<number> {
  const engine = await locateEngine({ progress });
  progress.stop();
  process.stdout.write(`Pulumi engine ${engine.version} (${engine.how})\n`);
  const session = await openLocalSession({
    folder: stateFolder,
    engineFolder: engine.binDir,
    // Beside another cloud, and nothing outlives the demo that would name its old ports.
    ports: await freePorts(),
  });
  try {
    const file = new URL("demo-process.ts", import.meta.url);
    return await runCommand(process.execPath, nodeArguments(file, keep ? ["--keep"] : []), {
      environment: { ...process.env, ...session.environment },
      interrupts: "held",
    });
  } finally {
    await session.close();
  }
}
