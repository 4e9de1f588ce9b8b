// `npm run stack -- <operation> --stack <name>`: runs index.ts on the engine, against the local cloud
// or, with --azure, against Azure. This process finds the engine and holds the local cloud; a second
// one (stack-process.ts), started with the right environment, does the rest.

import { delimiter } from "node:path";
import { Argument, Command } from "commander";
import { EngineNotFoundError, locateEngine, progressOn } from "../engine/index.js";
import { LocalCloudError } from "../local-cloud/index.js";
import { isInsideLocalSession, openLocalSession } from "./local-session.js";
import { nodeArguments } from "./node-arguments.js";
import { localFolder, projectRoot } from "./project-paths.js";
import { runCommand } from "./run-command.js";
import { requireStack, StackRequestError } from "./stack-files.js";
import { operations, StackRequest } from "./stack-request.js";

const cli = new Command("npm run stack --")
  .description("Runs this project's program on the Pulumi engine, on the local cloud or in Azure.")
  .addArgument(new Argument("<operation>", "what to do").choices(operations))
  .requiredOption("--stack <name>", "which stack: a file stacks/Pulumi.<name>.yaml")
  .option("--azure", "deploy to Azure, with your own backend, login and secrets provider", false)
  .option("--diff", "show all properties, in full", false)
  .option("--json", "print one JSON object instead of text", false)
  .option("--yes", "with --azure: do not ask before up and destroy", false)
  .option("--no-recover", "leave to you what a run that was killed has left")
  .option(
    "--folder <path>",
    "state folder of the local cloud (default: LOCAL_CLOUD_FOLDER, else .local)",
  )
  .addHelpText(
    "after",
    `
Examples:
  npm run stack -- preview --stack dev              what would be done, on the local cloud
  npm run stack -- up --stack local                 do it
  npm run stack -- outputs --stack local --json     what was made
  npm run stack -- destroy --stack local
  npm run stack -- cancel --stack local             free a lock that a run on another machine has left
  npm run stack -- up --stack prod --azure          the same program, in Azure

After a run that was killed, up, refresh and destroy first take over what it has made, and say so.
Ctrl-C stops after the steps that are under way; a second Ctrl-C stops at once.`,
  )
  .parse();

const interrupted = new AbortController();
const progress = progressOn(process.stderr);
try {
  const request = StackRequest.parse({
    ...cli.opts(),
    operation: cli.args[0],
    folder: localFolder(cli.opts<{ folder?: string }>().folder),
  });
  await refuseEarly(request);
  process.exitCode = await runRequest(request);
} catch (error) {
  progress.stop();
  if (interrupted.signal.aborted) {
    process.stderr.write("Cancelled before anything was changed.\n");
    process.exitCode = 130;
  } else if (
    error instanceof StackRequestError ||
    error instanceof EngineNotFoundError ||
    error instanceof LocalCloudError
  ) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } else {
    throw error;
  }
}

async function refuseEarly({ stack, azure, operation, yes }: StackRequest): Promise<void> {
  await requireStack(projectRoot, stack);
  if (!azure) return;
  if (isInsideLocalSession()) {
    throw new StackRequestError(
      "--azure cannot be used below `npm run local`: its environment is the local cloud's. Run it in a terminal of its own.",
    );
  }
  if ((operation === "up" || operation === "destroy") && !yes && process.stdin.isTTY !== true) {
    throw new StackRequestError(
      `--azure asks before ${operation}, and there is no terminal to ask on. Add --yes to go ahead without being asked.`,
    );
  }
}

async function runRequest(request: StackRequest): Promise<number> {
  const engineFolder = await engineOrCancel();
  if (request.azure || isInsideLocalSession()) {
    return perform(request, {
      PATH: `${engineFolder}${delimiter}${process.env["PATH"] ?? ""}`,
    });
  }
  const session = await openLocalSession({ folder: request.folder, engineFolder });
  try {
    return await perform(request, session.environment);
  } finally {
    await session.close();
  }
}

/** A download or build can be cancelled; afterwards the signals are the second process's. */
async function engineOrCancel(): Promise<string> {
  const cancel = () => interrupted.abort();
  process.once("SIGINT", cancel);
  process.once("SIGTERM", cancel);
  try {
    const engine = await locateEngine({ progress, signal: interrupted.signal });
    return engine.binDir;
  } finally {
    progress.stop();
    process.removeListener("SIGINT", cancel);
    process.removeListener("SIGTERM", cancel);
  }
}

function perform(
  request: StackRequest,
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const file = new URL("stack-process.ts", import.meta.url);
  return runCommand(process.execPath, nodeArguments(file, [JSON.stringify(request)]), {
    environment: { ...process.env, ...environment },
    interrupts: "held",
  });
}
