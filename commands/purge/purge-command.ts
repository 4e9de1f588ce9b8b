// `teams-calling-bot purge`: what the command line looks like. What it does is loaded when it runs.
import { Option } from "commander";
import type { DefineCommand } from "../command-table.js";
import type { PurgeOptions } from "./purge.js";

/** Defines the command, which has no commands below it. */
export const definePurgeCommand: DefineCommand = (command, surroundings) => {
  command
    .description(
      "Tells which applications of a stack are in the recycle bin of the directory, where they stay for 30 days and can be restored, and deletes one of them for good when it is named.",
    )
    .requiredOption(
      "--stack <name>",
      "the stack whose applications are meant; it need not exist any more",
    )
    .option("--app-id <id>", "delete this one for good: it can never be restored")
    .addOption(new Option("--json", "print the result as JSON"))
    .addHelpText(
      "after",
      `
Run it in the folder of the project, signed in to the tenant as whoever deployed, or as an Application Administrator. An application that
is not deleted, or that the tags of another stack are on, is never touched.

Examples:
  $ teams-calling-bot purge --stack test
  $ teams-calling-bot purge --stack test --app-id 11111111-2222-3333-4444-555555555555`,
    )
    .action(async (options: PurgeOptions & { readonly json?: boolean }) => {
      const { purge } = await import("./purge.js");
      surroundings.finish(await purge(surroundings, options), options);
    });
};
