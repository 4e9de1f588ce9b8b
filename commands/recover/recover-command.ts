// `teams-calling-bot recover`: what the command line looks like. What it does is loaded when it runs.
import { Option } from "commander";
import type { DefineCommand } from "../command-table.js";
import type { RecoverOptions } from "./recover-stack.js";

/** Defines the command, which has no commands below it. */
export const defineRecoverCommand: DefineCommand = (command, surroundings) => {
  command
    .description(
      "Makes the state of a stack true again after a run that was killed or lost its provider: looks for what that run has made, by name and by the tags of this stack, and takes it over, so that the next update neither makes it a second time nor leaves it behind. It says what it will do, and asks.",
    )
    .option("--stack <name>", "the stack (default: the only one of the project)")
    .option("--yes", "do not ask")
    .addOption(new Option("--json", "print the result as JSON"))
    .addHelpText(
      "after",
      `
Run it in the folder of the project, signed in as whoever deploys, with the same backend and passphrase. It changes the state
alone (and removes a client secret whose value was lost), all at once or nothing, and keeps a copy of the state before. What is
not provably this stack's is never taken over. Run pulumi up afterwards.

Exit code: 0 when the state is true, 1 when it could not be made so or you said no.

Examples:
  $ teams-calling-bot recover --stack prod
  $ teams-calling-bot recover --stack prod --yes`,
    )
    .action(async (options: RecoverOptions & { readonly json?: boolean }) => {
      const { recover } = await import("./recover-stack.js");
      surroundings.finish(await recover(surroundings, options), options);
    });
};
