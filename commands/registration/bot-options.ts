// The options that say which bot a command is about, read by registered-bot.ts.
import { type Command, Option } from "commander";

/** Adds `--stack`, `--outputs` and `--bot`. */
export function addBotOptions(command: Command): Command {
  return command
    .option("--stack <name>", "read the outputs of this Pulumi stack")
    .addOption(
      new Option(
        "--outputs <file>",
        "read the bot from `pulumi stack output --json`, - for standard input",
      ).conflicts("stack"),
    )
    .option("--bot <output>", "the output that holds the bot, where a stack has several");
}

/** For the help of commands that ask the selected stack where none of the options is given. */
export const WHICH_BOT = `
Which bot: --stack asks pulumi for the outputs of that stack, --outputs reads what
\`pulumi stack output --json\` printed, and without either the selected stack is asked.`;
