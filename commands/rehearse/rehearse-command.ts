// `teams-calling-bot rehearse`: what the command line looks like. What it does is loaded when it runs.
import { Option } from "commander";
import type { DefineCommand } from "../command-table.js";
import { addBotOptions } from "../registration/bot-options.js";
import type { Expectation } from "./judge-answer.js";
import type { RehearseOptions } from "./rehearse.js";

/** As `CALL_KINDS` of the calling service, which is loaded only when it is needed. */
const SCENARIOS = ["one-to-one", "group", "policy-recording"];

const EXPECTATIONS: readonly Expectation[] = ["answer", "reject", "redirect"];

/** Defines the command, which has no commands below it. */
export const defineRehearseCommand: DefineCommand = (command, surroundings) => {
  addBotOptions(command)
    .description(
      "Calls a bot on this machine as Teams would, without Teams and without a cloud: sends it the notification of an incoming call, serves what it needs of Microsoft Graph and Entra to answer, and says what it did wrong.",
    )
    .requiredOption(
      "--webhook <url>",
      "where the bot takes calls, such as http://localhost:9441/api/calling",
    )
    .addOption(
      new Option("--scenario <name>", "who calls").choices(SCENARIOS).default("one-to-one"),
    )
    .addOption(
      new Option("--expect <what>", "what the bot should do with the call")
        .choices(EXPECTATIONS)
        .default("answer"),
    )
    .option("--legacy-first", "begin with the format from before Graph, as Teams may")
    .option("--refuse-recording-status", "let every updateRecordingStatus fail, as it may")
    .option("--app-id <guid>", "app id of the bot (default: the stack's, or one of the rehearsal)")
    .option(
      "--wait <duration>",
      "how long the bot may take to start, such as 30s (default: it runs)",
    )
    .option("--folder <path>", "where addresses and secret are kept (default: .local/rehearsal)")
    .addOption(new Option("--json", "print results and timeline as JSON"))
    .addHelpText(
      "after",
      `
Two settings of the bot have to point at the rehearsal: the address of the signing keys and that of
Microsoft Graph. They are printed, stay the same from run to run, and stand with what the bot signs in
as in the file bot.env of the folder. docs/rehearse.md shows both for the Graph Communications SDK.

Which app roles the bot has: with --stack or --outputs those that the stack asks for, as if they had
been consented to; without either every Calls.* role.

Exit code: 0 when the bot answered rightly, 1 when it did not, 2 when the rehearsal could not run. A call that
is rejected or sent on is not answered, unless --expect says that it should be.

Examples:
  $ teams-calling-bot rehearse --webhook http://localhost:9441/api/calling
  $ teams-calling-bot rehearse --webhook http://localhost:9441/api/calling --wait 30s --legacy-first
  $ teams-calling-bot rehearse --webhook http://localhost:9441/api/calling --scenario policy-recording
  $ teams-calling-bot rehearse --webhook http://localhost:9441/api/calling --scenario policy-recording --refuse-recording-status
  $ teams-calling-bot rehearse --webhook http://localhost:9441/api/calling --stack dev --json`,
    )
    .action(async (options: RehearseOptions & { readonly json?: boolean }) => {
      const { rehearse } = await import("./rehearse.js");
      const stop = new AbortController();
      const interrupted = () => stop.abort();
      process.once("SIGINT", interrupted);
      try {
        surroundings.finish(
          await rehearse(surroundings, options, { signal: stop.signal }),
          options,
        );
      } finally {
        process.removeListener("SIGINT", interrupted);
      }
    });
};
