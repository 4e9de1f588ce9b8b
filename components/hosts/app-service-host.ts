// The part of an App Service host that needs the bot's app id: its settings, and what watches it.
import * as web from "@pulumi/azure-native/web/index.js";
import * as pulumi from "@pulumi/pulumi";
import { SiteOs, windowsRuntime } from "../../rules/hosts/app-service.js";
import { checkWorkload } from "../../rules/hosts/workload.js";
import { after } from "../after.js";
import { refuse } from "../refusal.js";
import type { BotHost } from "./bot-host.js";
import { sendDiagnostics } from "./diagnostics.js";
import type { HostWorkloadArgs } from "./made-host-args.js";
import { hostEndpoints, plainSettings, secretUrl } from "./workload-settings.js";

export interface AppServiceHostArgs extends HostWorkloadArgs {
  /** Name of the site. */
  siteName: pulumi.Input<string>;
  /** ARM id of the site. */
  siteId: pulumi.Input<string>;
  /** Host name under which the bot is reached: the site's own, or a custom one that is bound to it. */
  hostName: pulumi.Input<string>;
  /** @default SiteOs.Linux */
  os?: SiteOs;
  /** As the address was told. On Windows Node is chosen by a setting. @default none */
  runtime?: string;
}

/**
 * The bot on the site of an {@link AppServiceAddress}: the settings from which it learns whose bot it is, secrets only as
 * references to a Key Vault, logs and metrics.
 *
 * @example
 * const host = new AppServiceHost("bot", {
 *   resourceGroupName: "bots",
 *   siteName: address.siteName,
 *   siteId: address.siteId,
 *   hostName: address.hostName,
 *   appId: identity.appId,
 *   tenantId: identity.tenantId,
 *   ...surroundings,
 * });
 */
export class AppServiceHost extends pulumi.ComponentResource implements BotHost {
  readonly messagingEndpoint: pulumi.Output<string>;
  readonly callingWebhook: pulumi.Output<string>;
  /** What the process reads, by name, without secrets. */
  readonly settings: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: AppServiceHostArgs, opts?: pulumi.ComponentResourceOptions) {
    super("teams-calling-bot:index:AppServiceHost", name, {}, opts);
    refuse(this, checkWorkload("AppServiceHost", args));
    const settings = new web.WebAppApplicationSettings(
      `${name}-settings`,
      {
        resourceGroupName: args.resourceGroupName,
        name: args.siteName,
        properties: siteSettings(args),
      },
      { parent: this },
    );
    sendDiagnostics(
      `${name}-site-logs`,
      { resourceUri: args.siteId, workspaceId: args.workspaceId, logs: ["allLogs"] },
      this,
    );
    const { messagingEndpoint, callingWebhook } = hostEndpoints(
      args,
      after(settings.id, args.hostName),
    );
    this.messagingEndpoint = messagingEndpoint;
    this.callingWebhook = callingWebhook;
    this.settings = plainSettings(args, args.hostName);
    this.registerOutputs({ messagingEndpoint, callingWebhook });
  }
}

function siteSettings(args: AppServiceHostArgs): pulumi.Output<Record<string, string>> {
  return pulumi.all([plainSettings(args, args.hostName), args.vaultUri]).apply(
    ([plain, vaultUri]): Record<string, string> => ({
      ...plain,
      ...secretReferences(vaultUri, args.secretSettings ?? {}),
      ...nodeOnWindows(args),
    }),
  );
}

/** The site reads the newest version by itself, with the identity that its address names ("Use Key Vault references"). */
function secretReferences(vaultUri: string, secrets: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(secrets).map(([name, secret]) => [
      name,
      `@Microsoft.KeyVault(SecretUri=${secretUrl(vaultUri, secret)})`,
    ]),
  );
}

function nodeOnWindows({ os, runtime = "" }: AppServiceHostArgs): Record<string, string> {
  const windows = os === SiteOs.Windows ? windowsRuntime(runtime) : undefined;
  if (windows === undefined || !("nodeVersion" in windows)) return {};
  return { WEBSITE_NODE_DEFAULT_VERSION: windows.nodeVersion };
}
