// `npm run local -- <command>`: runs a command with a local cloud, its plugins and the engine set up for it.
// Standard output is the command's alone.

import { Command } from "commander";
import { locateInstalledEngine, silentProgress } from "../engine/index.js";
import { LocalCloudError } from "../local-cloud/index.js";
import { isInsideLocalSession, openLocalSession } from "./local-session.js";
import { localFolder } from "./project-paths.js";
import { runCommand } from "./run-command.js";

const examples = `
Examples:
  npm run local -- npx vitest run test/local-cloud
  npm run local -- npm run stack -- up --stack dev
  npm run local -- sh -c 'curl --cacert "$LOCAL_CLOUD_CA" "$LOCAL_ARM_URL/metadata/endpoints?api-version=2022-09-01"'
  npm run -s local -- env          every variable that is set; they are a contract (README)

With an official install of Pulumi, "npm run local -- pulumi up" works as well.
A cloud that "npm run cloud" keeps running is used; otherwise one is started and stopped again.`;

const cli = new Command("npm run local --")
  .description("Runs a command against a local Azure and Entra, with nothing but this machine.")
  .argument("[command...]", "the command and its arguments")
  .option("--folder <path>", "state folder (default: LOCAL_CLOUD_FOLDER, else .local)")
  .passThroughOptions()
  .addHelpText("after", examples)
  .parse();

const [command, ...args] = cli.args;
if (command === undefined) {
  process.stderr.write(cli.helpInformation() + examples);
  process.stderr.write("\n\nNo command was given.\n");
  process.exitCode = 2;
} else {
  process.exitCode = await runLocally(command, args);
}

async function runLocally(command: string, args: readonly string[]): Promise<number> {
  if (isInsideLocalSession()) return runCommand(command, args, { environment: process.env });
  try {
    const engine = await locateInstalledEngine(silentProgress);
    if (engine === undefined) {
      process.stderr.write(
        'No Pulumi engine is on this machine yet, so "pulumi" is not on PATH. "npm run engine" gets one.\n',
      );
    }
    const session = await openLocalSession({
      folder: localFolder(cli.opts<{ folder?: string }>().folder),
      ...(engine === undefined ? {} : { engineFolder: engine.binDir }),
    });
    try {
      return await runCommand(command, args, {
        environment: { ...process.env, ...session.environment },
      });
    } finally {
      await session.close();
    }
  } catch (error) {
    if (!(error instanceof LocalCloudError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}
