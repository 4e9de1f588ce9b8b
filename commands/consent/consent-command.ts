// `teams-calling-bot consent ...`: what the command line looks like. What each does is loaded when it runs.
import { type Command, Option } from "commander";
import type { DefineCommand } from "../command-table.js";
import { addBotOptions, WHICH_BOT } from "../registration/bot-options.js";
import type { Surroundings } from "../surroundings.js";
import type { LinkOptions } from "./consent-link.js";
import type { StatusOptions } from "./consent-status.js";
import type { WaitOptions } from "./consent-wait.js";

/** Defines `link`, `status` and `wait`. */
export const defineConsentCommand: DefineCommand = (command, surroundings) => {
  defineLink(command.command("link"), surroundings);
  defineStatus(command.command("status"), surroundings);
  defineWait(command.command("wait"), surroundings);
};

interface Shown {
  readonly json?: boolean;
}

const SIGN_IN = `
Who asks: whoever this machine is signed in as (Azure CLI, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, a
managed identity, ...) reads the directory, with Application.Read.All or more. Where that is not allowed,
BOT_CLIENT_SECRET signs in as the bot, and the roles in its token tell what is granted: it needs no right.`;

/** The options that say which bot and whose consent. */
function aboutBot(command: Command): Command {
  return addBotOptions(command)
    .option("--tenant <tenant>", "only this tenant: an id, a verified domain or organizations")
    .addOption(new Option("--json", "print the result as JSON"));
}

function defineLink(command: Command, surroundings: Surroundings): void {
  aboutBot(command)
    .summary("print the link on which an administrator consents")
    .description(
      "Prints what a Privileged Role Administrator or Global Administrator of each tenant opens. One link is printed alone, several each behind their tenant.",
    )
    .option("--open", "open it in the browser")
    .addHelpText(
      "after",
      `${WHICH_BOT}

Examples:
  $ teams-calling-bot consent link --stack dev --open
  $ pulumi stack output --json | teams-calling-bot consent link --outputs - --tenant fabrikam.com`,
    )
    .action(async (options: LinkOptions & Shown) => {
      const { consentLink } = await import("./consent-link.js");
      surroundings.finish(await consentLink(surroundings, options), options);
    });
}

function defineStatus(command: Command, surroundings: Surroundings): void {
  aboutBot(command)
    .summary("tell what is granted and what is missing, tenant by tenant")
    .description(
      "Tells of each tenant what is asked for, granted, missing and no longer asked for. The exit code is 0 only when everything is granted everywhere.",
    )
    .addHelpText(
      "after",
      `${WHICH_BOT}
${SIGN_IN}

Examples:
  $ teams-calling-bot consent status --stack prod
  $ BOT_CLIENT_SECRET=... teams-calling-bot consent status --outputs outputs.json --json`,
    )
    .action(async (options: StatusOptions & Shown) => {
      const { consentStatus } = await import("./consent-status.js");
      surroundings.finish(await consentStatus(surroundings, options), options);
    });
}

function defineWait(command: Command, surroundings: Surroundings): void {
  aboutBot(command)
    .summary("wait until everything is granted")
    .description(
      "Asks every few seconds until everything is granted everywhere, and shows what changes. Ends with exit code 1 when the time is over, or at once when waiting cannot help.",
    )
    .addOption(new Option("--timeout <duration>", "how long at most: 90s, 15m, 1h").default("15m"))
    .addHelpText(
      "after",
      `${WHICH_BOT}
${SIGN_IN}

Examples:
  $ teams-calling-bot consent link --stack dev --open && teams-calling-bot consent wait --stack dev
  $ teams-calling-bot consent wait --outputs outputs.json --timeout 1h`,
    )
    .action(async (options: WaitOptions & Shown) => {
      const { consentWait } = await import("./consent-wait.js");
      surroundings.finish(await consentWait(surroundings, options), options);
    });
}
