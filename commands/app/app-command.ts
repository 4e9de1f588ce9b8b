// `teams-calling-bot app ...`: what the command line looks like. What each does is in a module of its own, loaded when it runs.
import { Argument, type Command, Option } from "commander";
import { Cloud } from "../../rules/clouds.js";
import type { DefineCommand } from "../command-table.js";
import { addBotOptions } from "../registration/bot-options.js";
import type { Surroundings } from "../surroundings.js";
import type { AddCallingToAppOptions } from "./add-calling-to-app.js";
import type { PackageOptions } from "./package-app.js";
import type { PublishOptions } from "./publish-app.js";
import type { ValidateOptions } from "./validate-app.js";

/** Defines `package`, `validate`, `add-calling` and `publish`. */
export const defineAppCommand: DefineCommand = (command, surroundings) => {
  definePackage(command.command("package"), surroundings);
  defineValidate(command.command("validate"), surroundings);
  defineAddCalling(command.command("add-calling"), surroundings);
  definePublish(command.command("publish"), surroundings);
};

interface Shown {
  readonly json?: boolean;
}

/** What commander reads for a command: its options, without the argument. */
type Options<T, Argument extends keyof T> = Omit<T, Argument> & Shown;

const app = () => new Argument("<app>", "the package (app.zip) or its manifest.json");
const json = () => new Option("--json", "print the result as JSON");
const cloud = () =>
  new Option("--cloud <cloud>", "the cloud that the bot is registered in").choices(
    Object.values(Cloud),
  );
const appId = (what: string) => new Option("--app-id <id>", what).conflicts(["stack", "outputs"]);

function definePackage(command: Command, surroundings: Surroundings): void {
  addBotOptions(command)
    .summary("build the package without Pulumi")
    .description(
      "Builds the app package from its settings: the same bytes for the same settings. The settings are the block `app` of a stack's configuration, in a JSON or YAML file or in Pulumi.<stack>.yaml itself. Paths in them are relative to the current folder.",
    )
    .argument("<settings>", "file with the settings of the app")
    .addOption(appId("the bot's app id"))
    .addOption(cloud())
    .option("--out <file>", "where the package goes (default: packagePath of the settings)")
    .addOption(json())
    .addHelpText(
      "after",
      `
Examples:
  $ teams-calling-bot app package app.json --app-id 00000000-1111-2222-3333-444444444444 --out app.zip
  $ pulumi stack output --json > outputs.json
  $ teams-calling-bot app package stacks/Pulumi.dev.yaml --outputs outputs.json --out app.zip`,
    )
    .action(async (settings: string, options: Options<PackageOptions, "settings">) => {
      const { packageApp } = await import("./package-app.js");
      surroundings.finish(await packageApp(surroundings, { settings, ...options }), options);
    });
}

function defineValidate(command: Command, surroundings: Surroundings): void {
  addBotOptions(command)
    .summary("check a package or a manifest")
    .description(
      "Checks an app with Microsoft's schema of its version, and what the schema cannot say: icons, files, domains, whether the bot can take calls. Reads only; the exit code is 1 when Teams would refuse the app.",
    )
    .addArgument(app())
    .addOption(appId("the bot's app id, which the manifest has to name"))
    .addOption(cloud())
    .addOption(json())
    .addHelpText(
      "after",
      `
Examples:
  $ teams-calling-bot app validate app.zip --stack prod
  $ teams-calling-bot app validate appPackage/manifest.json --json`,
    )
    .action(async (file: string, options: Options<ValidateOptions, "file">) => {
      const { validateApp } = await import("./validate-app.js");
      surroundings.finish(await validateApp(surroundings, { file, ...options }), options);
    });
}

function defineAddCalling(command: Command, surroundings: Surroundings): void {
  command
    .summary("let the bot of an existing app take calls")
    .description(
      "Adds supportsCalling to the bot of a manifest, alone or in a package. Everything else stays as it is, order and formatting included, and the file is replaced only after the result was checked. Doing it again changes nothing.",
    )
    .addArgument(app())
    .option("--video", "add supportsVideo as well")
    .option("--upgrade", "raise a manifest before version 1.8, which has no calling, to 1.8")
    .addOption(json())
    .addHelpText(
      "after",
      `
Examples:
  $ teams-calling-bot app add-calling appPackage/manifest.json
  $ teams-calling-bot app add-calling app.zip --video

Afterwards raise "version" in the manifest, publish it, and reinstall the app: the call button
also needs calling enabled in the bot's Teams channel.`,
    )
    .action(async (file: string, options: Options<AddCallingToAppOptions, "file">) => {
      const { addCallingToApp } = await import("./add-calling-to-app.js");
      surroundings.finish(addCallingToApp(surroundings, { file, ...options }), options);
    });
}

function definePublish(command: Command, surroundings: Surroundings): void {
  command
    .summary("send a package to the organisation's catalogue")
    .description(
      "Publishes the package to the catalogue of the organisation through Microsoft Graph: as a new app, or as a new version of the one with the same id. Publishing the same version again does nothing.",
    )
    .argument("<package>", "the package (app.zip)")
    .option("--review", "let an administrator approve it first")
    .addOption(
      new Option("--sign-in <how>", "how to sign in")
        .choices(["default", "device-code", "browser"])
        .default("default"),
    )
    .option("--tenant <id>", "the organisation's tenant id (default: AZURE_TENANT_ID)")
    .option("--client-id <id>", "the client to sign in with (default: Microsoft's own for Graph)")
    .addOption(cloud())
    .addOption(json())
    .addHelpText(
      "after",
      `
Who may publish: only a person. Graph takes the delegated permissions AppCatalog.Submit (with --review)
and AppCatalog.ReadWrite.All, and none of an application, so no pipeline with a secret or a managed
identity can do it. A new version of an app needs a Teams administrator.
--sign-in default takes whatever the machine is signed in with; that of Azure CLI usually has neither
permission, so use device-code or browser.

Examples:
  $ teams-calling-bot app publish app.zip --sign-in device-code
  $ teams-calling-bot app publish app.zip --review --sign-in browser`,
    )
    .action(async (file: string, options: Options<PublishOptions, "file">) => {
      const { publishApp } = await import("./publish-app.js");
      surroundings.finish(await publishApp(surroundings, { file, ...options }), options);
    });
}
