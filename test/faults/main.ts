// `npm run faults`: lets a stack with one of each thing come up, be refreshed and go while services fail, and tells whether it
// ends as it does without that. This process finds the engine; faults-process.ts, started with its environment, does the rest.
import { Command } from "commander";
import { nodeArguments } from "../../scripts/node-arguments.js";
import { runCommand } from "../../scripts/run-command.js";
import setUp from "../support/global-setup.js";

const cli = new Command("npm run faults --")
  .description("Each form of failure at each call of an up, a refresh and a destroy.")
  .option("--form <text>", "only forms whose name contains this", "")
  .option("--call <text>", "only calls whose name contains this, such as POST", "")
  .option("--together", "the first call of every kind at once instead of one call at a time", false)
  .addHelpText(
    "after",
    `
Examples:
  npm run faults                              every form at every call, one at a time: hours
  npm run faults -- --together                every form, at all kinds of calls at once: minutes
  npm run faults -- --form dropped --call POST`,
  )
  .parse();

const tearDown = await setUp();
const file = new URL("faults-process.ts", import.meta.url);
process.exitCode = await runCommand(
  process.execPath,
  nodeArguments(file, [JSON.stringify(cli.opts())]),
  { environment: process.env, interrupts: "held" },
);
tearDown();
