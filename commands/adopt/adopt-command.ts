// `teams-calling-bot adopt`: what the command line looks like. What it does is loaded when it runs.
import { Option } from "commander";
import { Capability } from "../../rules/capabilities.js";
import { Cloud } from "../../rules/clouds.js";
import { MediaRecording } from "../../rules/recording.js";
import type { DefineCommand } from "../command-table.js";
import type { AdoptOptions } from "./adopt.js";

/** Defines the command, which has no commands below it. */
export const defineAdoptCommand: DefineCommand = (command, surroundings) => {
  command
    .description(
      "Writes the stack file of a bot that exists already. The first `pulumi up` then imports the Azure Bot, its Teams channel and its application and adds only what is missing; every later one changes nothing. This command itself only reads.",
    )
    .option("--bot <name>", "the Azure Bot (default: lists the bots of the subscription)")
    .option("--stack <name>", "name of the stack whose file is written", "prod")
    .option("--subscription <id>", "the bot's subscription (default: AZURE_SUBSCRIPTION_ID)")
    .option("--tenant <id>", "the tenant to sign in to (default: the subscription's)")
    .addOption(new Option("--cloud <cloud>", "the cloud").choices(CLOUDS).default(Cloud.Public))
    .addOption(
      new Option("--capabilities <capabilities...>", "what the bot is to do on top").choices(
        Object.values(Capability),
      ),
    )
    .option("--messaging-endpoint <url>", "where the bot takes messages (default: as it is)")
    .option("--calling-webhook <url>", "where the bot takes incoming calls (default: as it is)")
    .option("--redirect-url <url>", "where an administrator lands who has consented")
    .addOption(
      new Option(
        "--media-recording <what>",
        "what the bot keeps of a call; with media access",
      ).choices(Object.values(MediaRecording)),
    )
    .addOption(
      new Option(
        "--credential <how>",
        "for an application that has client secrets alone: keep says that the bot has one, secret makes another beside it",
      ).choices(["keep", "secret"]),
    )
    .addOption(new Option("--json", "print the result as JSON"))
    .addHelpText(
      "after",
      `
Who asks: whoever this machine is signed in as (Azure CLI, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, a
managed identity, ...), with Application.Read.All in the directory and Reader on the subscription.

Examples:
  $ teams-calling-bot adopt --subscription 11111111-2222-3333-4444-555555555555
  $ teams-calling-bot adopt --bot contoso-reception --stack prod --credential keep \\
      --calling-webhook https://bot.contoso.com/api/calling --capabilities answerCalls`,
    )
    .action(async (options: AdoptOptions & { readonly json?: boolean }) => {
      const { adopt } = await import("./adopt.js");
      surroundings.finish(await adopt(surroundings, options), options);
    });
};

const CLOUDS = Object.values(Cloud).filter((cloud) => cloud !== Cloud.China);
