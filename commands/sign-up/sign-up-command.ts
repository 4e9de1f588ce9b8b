// `teams-calling-bot sign-up`: what the command line looks like. What it does is loaded when it runs.
import { Option } from "commander";
import { MediaRecording } from "../../rules/recording.js";
import type { DefineCommand } from "../command-table.js";
import { addBotOptions, WHICH_BOT } from "../registration/bot-options.js";
import type { SignUpOptions } from "./build-sign-up.js";

/** Defines the command, which has no commands below it. */
export const defineSignUpCommand: DefineCommand = (command, surroundings) => {
  addBotOptions(command)
    .description(
      "Builds the sign-up page, on which customers' administrators read what the bot asks for and go on to Microsoft to consent, as files for any static host. A stack with consent.mode signUp and consent.publisher puts the page up by itself and needs none of this.",
    )
    .requiredOption("--out <folder>", "where the files go: a new folder, or one written before")
    .requiredOption("--name <name>", "the application's name as Microsoft's consent page shows it")
    .requiredOption("--publisher <name>", "who asks")
    .requiredOption("--privacy <url>", "address of the privacy statement")
    .requiredOption("--terms <url>", "address of the terms of use")
    .requiredOption("--contact <address>", "where people get help: mailto: or https")
    .option("--logo <file>", "PNG, JPEG, WebP or SVG of at most 64 KiB")
    .option(
      "--redirect-uri <url>",
      "address of the page's consented.html (default: the reply URL of the bot that ends so)",
    )
    .option("--tenant <tenant>", "the one tenant that may consent: an id or a verified domain")
    .addOption(
      new Option(
        "--media-recording <what>",
        "what the bot keeps of a call; needed with access to media",
      ).choices(Object.values(MediaRecording)),
    )
    .addOption(new Option("--json", "print the result as JSON"))
    .addHelpText(
      "after",
      `${WHICH_BOT}

Serve the files over https at the address that the redirect URI begins with, index.html for the
address itself and 404.html for what is not there. Where the host can send headers, send the page's
Content-Security-Policy as one and frame-ancestors 'none' with it: only a header forbids framing.

Examples:
  $ teams-calling-bot sign-up --out site --stack prod --name "Contoso Notetaker" \\
      --publisher "Contoso Ltd" --privacy https://contoso.com/privacy \\
      --terms https://contoso.com/terms --contact mailto:bots@contoso.com
  $ pulumi stack output --json | teams-calling-bot sign-up --outputs - --out site ...`,
    )
    .action(async (options: SignUpOptions & { readonly json?: boolean }) => {
      const { buildSignUp } = await import("./build-sign-up.js");
      surroundings.finish(await buildSignUp(surroundings, options), options);
    });
};
