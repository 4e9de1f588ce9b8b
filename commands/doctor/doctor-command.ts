// `teams-calling-bot doctor`: what the command line looks like. What it does is loaded when it runs.
import { Option } from "commander";
import type { DefineCommand } from "../command-table.js";
import type { DoctorOptions } from "./doctor.js";

/** Defines the command, which has no commands below it. */
export const defineDoctorCommand: DefineCommand = (command, surroundings) => {
  command
    .description(
      "Checks, before pulumi up, everything that would stop it half-way or leave a bot that cannot be called: all stack files, engine and packages, sign-in, rights in directory and subscription, resource providers, the bot's name, region, quota, DNS and certificate. It reads only.",
    )
    .option("--stack <name>", "the stack that is about to be deployed (default: the only one)")
    .option("--skip <checks...>", "leave these checks out")
    .option("--junit <file>", "write the results as a JUnit file")
    .addOption(new Option("--json", "print the results as JSON"))
    .addHelpText(
      "after",
      `
Run it in the folder of the project, signed in as whoever deploys: the rights are those of that identity.

Exit code: 0 when nothing failed, 1 when something did, 2 when something could not be looked at.

Examples:
  $ teams-calling-bot doctor --stack prod
  $ teams-calling-bot doctor --stack prod --skip dns-zone --junit doctor.xml`,
    )
    .action(async (options: DoctorOptions & { readonly json?: boolean }) => {
      const { doctor } = await import("./doctor.js");
      surroundings.finish(await doctor(surroundings, options), options);
    });
};
