// The settings of a bot's process, and the addresses that it answers at, from what every host is told.
import * as pulumi from "@pulumi/pulumi";
import { BotType } from "../../rules/bot-choices.js";
import { appSettings } from "../../rules/hosts/app-settings.js";
import { CALLING_PATH, hostUrl, MESSAGING_PATH } from "../../rules/hosts/host-paths.js";
import { normaliseWebhook } from "../../rules/urls.js";
import { endpointsOf } from "../cloud.js";
import type { BotHost } from "./bot-host.js";
import type { HostWorkloadArgs } from "./made-host-args.js";

/** Everything that is no secret: what follows from the registration, then what the stack adds. */
export function plainSettings(
  args: HostWorkloadArgs,
  hostName: pulumi.Input<string>,
): pulumi.Output<Record<string, string>> {
  const { appId, tenantId, identity, applicationInsightsConnectionString } = args;
  const facts = { appId, tenantId, hostName, applicationInsightsConnectionString };
  return pulumi
    .all([
      pulumi.output({ ...facts, identityClientId: identity.clientId }),
      pulumi.output(args.settings ?? {}),
    ])
    .apply(([known, own]) => ({
      ...appSettings({
        ...known,
        botType: args.botType ?? BotType.SingleTenant,
        cloud: endpointsOf(args.cloud),
      }),
      ...own,
    }));
}

/** Address of the vault where a setting is read from it; without one nothing waits for the vault. */
export function neededVault({
  vaultUri,
  secretSettings = {},
}: HostWorkloadArgs): pulumi.Input<string> {
  return Object.keys(secretSettings).length === 0 ? "" : vaultUri;
}

/** Address of a secret, always its newest version. */
export function secretUrl(vaultUri: string, secretName: string): string {
  return `${vaultUri.replace(/\/+$/, "")}/secrets/${secretName}`;
}

/** Where the bot is reached on `hostName`. */
export function hostEndpoints(
  args: HostWorkloadArgs,
  hostName: pulumi.Input<string>,
): Pick<BotHost, "messagingEndpoint" | "callingWebhook"> {
  const { messagingPath = MESSAGING_PATH, callingPath = CALLING_PATH } = args;
  const known = pulumi.output(hostName);
  return {
    messagingEndpoint: known.apply((host) => hostUrl(host, messagingPath)),
    callingWebhook: known.apply((host) => normaliseWebhook(hostUrl(host, callingPath))),
  };
}
