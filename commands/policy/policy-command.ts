// `teams-calling-bot policy`: what the command line looks like. What it does is loaded when it runs.
import { Option } from "commander";
import type { DefineCommand } from "../command-table.js";
import { addBotOptions, WHICH_BOT } from "../registration/bot-options.js";
import type { PolicyOptions } from "./policy.js";

/** Defines the command, which has no commands below it. */
export const definePolicyCommand: DefineCommand = (command, surroundings) => {
  addBotOptions(command)
    .description(
      "Prints the Teams PowerShell of the application access policy without which a bot with OnlineMeetings permissions may not touch anybody's meetings. No API makes or reads that policy, so a Teams administrator has to run it.",
    )
    .option("--user <object ids...>", "users whose meetings the bot handles")
    .option("--group <object ids...>", "groups of them")
    .option("--everyone", "everybody of the tenant")
    .option("--policy <name>", "name of the policy (default: the bot's)")
    .option("--remove", "print what takes it away again")
    .addOption(new Option("--json", "print the result as JSON"))
    .addHelpText(
      "after",
      `${WHICH_BOT}

Examples:
  $ teams-calling-bot policy --stack prod --group 11111111-2222-3333-4444-555555555555 > policy.ps1
  $ pwsh policy.ps1`,
    )
    .action(async (options: PolicyOptions & { readonly json?: boolean }) => {
      const { policy } = await import("./policy.js");
      surroundings.finish(await policy(surroundings, options), options);
    });
};
