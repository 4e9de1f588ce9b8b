// The package of a calling bot's Teams app, from the same facts as its registration.
import * as pulumi from "@pulumi/pulumi";
import type { RequestedPermission } from "../rules/capabilities.js";
import type { CallingBotArgs } from "./calling-bot-args.js";
import { defined } from "./defined.js";
import { TeamsAppPackage } from "./teams-app-package.js";

/** The package of the bot's Teams app, as a stack output shows it. */
export interface AppOutput {
  /** Relative to the project. */
  packagePath: string;
  /** Of the package, in hexadecimal digits. */
  sha256: string;
  /** `externalId` in the organisation's catalogue. */
  teamsAppId: string;
  version: string;
}

/** Packs the app that a bot's arguments describe; undefined when they describe none. */
export function packApp(
  name: string,
  args: CallingBotArgs,
  facts: { appId: pulumi.Output<string>; requested: readonly RequestedPermission[] },
  parent: pulumi.Resource,
): pulumi.Output<AppOutput> | undefined {
  if (args.app === undefined) return undefined;
  const { packagePath, sha256, teamsAppId, version } = new TeamsAppPackage(
    name,
    {
      ...args.app,
      ...defined({ cloud: args.cloud }),
      appId: facts.appId,
      permissions: facts.requested.map(({ value }) => value),
    },
    { parent },
  );
  return pulumi.output({ packagePath, sha256, teamsAppId, version });
}
