// `teams-calling-bot verify`: what the command line looks like. What it does is loaded when it runs.
import { Option } from "commander";
import type { DefineCommand } from "../command-table.js";
import { addBotOptions, WHICH_BOT } from "../registration/bot-options.js";
import type { VerifyOptions } from "./verify.js";

interface Shown {
  readonly json?: boolean;
  readonly watch?: boolean;
}

/** Defines the command, which has no commands below it. */
export const defineVerifyCommand: DefineCommand = (command, surroundings) => {
  addBotOptions(command)
    .description(
      "Checks a registration that is there: application, consent, credential, Azure Bot, Teams channel, webhook, Teams app and what was left behind. It reads only, and says of everything that is wrong what to do about it.",
    )
    .option("--app <file>", "the Teams app's package or manifest (default: what the stack packs)")
    .option("--media <host:port>", "where the bot takes media (default: what the stack puts out)")
    .option("--skip <checks...>", "leave these checks out")
    .option("--watch", "look again and again, and print only what changes")
    .option("--every <duration>", "with --watch: how often, such as 30s or 5m (default: 30s)")
    .option("--junit <file>", "write the results as a JUnit file")
    .addOption(new Option("--json", "print the results as JSON"))
    .addHelpText(
      "after",
      `
${WHICH_BOT.trimStart()}
Without --bot every bot of the stack is checked.

Exit code: 0 when nothing failed, 1 when something did, 2 when something could not be looked at.

Who asks: whoever this machine is signed in as (Azure CLI, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, a
managed identity, ...), with Application.Read.All in the directory and Reader on the resource group.

Examples:
  $ teams-calling-bot verify --stack prod
  $ pulumi stack output --json | teams-calling-bot verify --outputs - --junit verify.xml
  $ teams-calling-bot verify --stack prod --watch --every 5m`,
    )
    .action(async (options: VerifyOptions & Shown) => {
      const { verify, watch } = await import("./verify.js");
      if (options.watch === true) await watch(surroundings, options);
      else surroundings.finish(await verify(surroundings, options), options);
    });
};
