// The part of an App Service host that needs the bot's app id: its settings, and what watches it.
import { WebAppApplicationSettings } from "@pulumi/azure-native/web/webAppApplicationSettings.js";
import * as pulumi from "@pulumi/pulumi";
import { SiteOs, windowsRuntime } from "../../rules/hosts/app-service.js";
import { checkAppServiceDomain } from "../../rules/hosts/app-service-domain.js";
import { checkWorkload } from "../../rules/hosts/workload.js";
import { after } from "../after.js";
import { ifPlain, refuse } from "../refusal.js";
import { type AppServiceCertificateArgs, appServiceDomain } from "./app-service-domain.js";
import type { BotHost } from "./bot-host.js";
import { sendDiagnostics } from "./diagnostics.js";
import type { HostIdentityOutput } from "./host-foundation.js";
import type { HostWorkloadArgs } from "./made-host-args.js";
import { hostEndpoints, neededVault, plainSettings, secretUrl } from "./workload-settings.js";

const HERE = "AppServiceHost";

export interface AppServiceHostArgs extends HostWorkloadArgs {
  /** Name of the site. */
  siteName: pulumi.Input<string>;
  /** ARM id of the site. */
  siteId: pulumi.Input<string>;
  /** Host name that Azure gave the site. */
  hostName: pulumi.Input<string>;
  /** ARM id of the site's plan. */
  planId: pulumi.Input<string>;
  /** What the TXT record of a domain of one's own must hold. */
  domainVerificationId: pulumi.Input<string>;
  /** Region of the site. @default the provider's setting azure-native:location, or else that of the resource group */
  location?: pulumi.Input<string>;
  /** @default only those by which a left-over is found */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** @default SiteOs.Linux */
  os?: SiteOs;
  /** As the address was told. On Windows Node is chosen by a setting. @default none */
  runtime?: string;
  /** A host name of your own, below the top of its zone. It needs `certificate`. @default the host name that Azure gave */
  domain?: string;
  /**
   * ARM id of a DNS zone of this subscription in which the records of `domain` are made.
   * @default the deployment says which records to make
   */
  dnsZoneId?: pulumi.Input<string>;
  /** For `domain`: its certificate, which is in a vault before the stack comes up. */
  certificate?: AppServiceCertificateArgs;
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
 *   planId: address.planId,
 *   domainVerificationId: address.domainVerificationId,
 *   appId: identity.appId,
 *   tenantId: identity.tenantId,
 *   ...surroundings,
 * });
 */
export class AppServiceHost extends pulumi.ComponentResource implements BotHost {
  /** Known once the site has its settings, and its domain where it has one. */
  readonly messagingEndpoint: pulumi.Output<string>;
  /** Known once the site has its settings, and its domain where it has one. */
  readonly callingWebhook: pulumi.Output<string>;
  /** What the process runs as. */
  readonly identity: pulumi.Output<HostIdentityOutput>;
  /** What the process reads, by name, without secrets. */
  readonly settings: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: AppServiceHostArgs, opts?: pulumi.ComponentResourceOptions) {
    super("teams-calling-bot:index:AppServiceHost", name, {}, opts);
    const { domain, dnsZoneId, certificate } = args;
    refuse(this, [
      ...checkWorkload(HERE, args),
      ...ifPlain({ domain, dnsZoneId, certificate }, (it) => checkAppServiceDomain(HERE, it)),
    ]);
    const hostName = pulumi.output(domain ?? args.hostName);
    const plain = plainSettings(args, hostName);
    const settings = new WebAppApplicationSettings(
      `${name}-settings`,
      {
        resourceGroupName: args.resourceGroupName,
        name: args.siteName,
        properties: siteSettings(args, plain),
      },
      { parent: this },
    );
    sendDiagnostics(
      `${name}-site-logs`,
      { resourceUri: args.siteId, workspaceId: args.workspaceId, logs: ["allLogs"] },
      this,
    );
    const answering = pulumi.all([settings.id, boundDomain(name, args, this)]);
    const { messagingEndpoint, callingWebhook } = hostEndpoints(args, after(answering, hostName));
    this.messagingEndpoint = messagingEndpoint;
    this.callingWebhook = callingWebhook;
    this.identity = pulumi.output(args.identity);
    this.settings = plain;
    this.registerOutputs({ messagingEndpoint, callingWebhook });
  }
}

/** Id of the binding, where there is one. */
function boundDomain(
  name: string,
  args: AppServiceHostArgs,
  parent: pulumi.Resource,
): pulumi.Output<string | undefined> {
  const { domain, certificate } = args;
  if (domain === undefined || certificate === undefined) return pulumi.output(undefined);
  return appServiceDomain(name, { ...args, domain, certificate }, parent).id;
}

function siteSettings(
  args: AppServiceHostArgs,
  plain: pulumi.Output<Record<string, string>>,
): pulumi.Output<Record<string, string>> {
  return pulumi.all([plain, neededVault(args)]).apply(
    ([settings, vaultUri]): Record<string, string> => ({
      ...settings,
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
