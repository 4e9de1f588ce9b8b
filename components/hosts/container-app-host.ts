// A bot on Azure Container Apps: signalling, and media that Microsoft hosts.
import { ContainerApp } from "@pulumi/azure-native/app/containerApp.js";
import { ManagedServiceIdentityType } from "@pulumi/azure-native/types/enums/app/index.js";
import * as pulumi from "@pulumi/pulumi";
import { BuiltInRole } from "../../rules/hosts/built-in-roles.js";
import { checkContainer } from "../../rules/hosts/container-app.js";
import { checkDomainZone } from "../../rules/hosts/host-domain.js";
import { checkedRegistry, checkImageRegistry } from "../../rules/hosts/host-image.js";
import { checkWorkload } from "../../rules/hosts/workload.js";
import { after } from "../after.js";
import { defined } from "../defined.js";
import { azureTags } from "../left-over-tags.js";
import { ifPlain, refuse, refusing } from "../refusal.js";
import type { BotHost } from "./bot-host.js";
import { managedCertificate } from "./container-app-certificate.js";
import { containerAppConfiguration } from "./container-app-configuration.js";
import type { ContainerAppHostArgs } from "./container-app-host-args.js";
import { containerAppTemplate } from "./container-app-template.js";
import { sendDiagnostics } from "./diagnostics.js";
import { appDomainRecords } from "./dns-records.js";
import type { HostIdentityOutput } from "./host-foundation.js";
import { grantWanted } from "./role-grant.js";
import { hostEndpoints, plainSettings } from "./workload-settings.js";

const HERE = "ContainerAppHost";

/**
 * One container behind an https ingress that is open to the Internet, because Teams calls from there. Its secrets are references
 * to the vault. An update starts the new version first; the old one has `terminationGraceSeconds` to end its calls, so calls
 * that last longer are cut off, unless `revisionMode` keeps it.
 *
 * @example
 * new ContainerAppHost("bot", {
 *   ...workload, // app id, tenant, identity, vault and logs
 *   containerAppName: address.containerAppName,
 *   environmentId: address.environmentId,
 *   hostName: address.hostName,
 *   ipAddress: address.ipAddress,
 *   verificationId: address.verificationId,
 *   image: "contoso.azurecr.io/bot:1.4.2",
 *   registryId,
 * });
 */
export class ContainerAppHost extends pulumi.ComponentResource implements BotHost {
  /** Known once the app answers there. */
  readonly messagingEndpoint: pulumi.Output<string>;
  /** Known once the app answers there. */
  readonly callingWebhook: pulumi.Output<string>;
  /** What the process runs as. */
  readonly identity: pulumi.Output<HostIdentityOutput>;
  /** What the process reads, by name, without secrets. */
  readonly settings: pulumi.Output<Record<string, string>>;
  /** ARM id of the app. */
  readonly containerAppId: pulumi.Output<string>;

  constructor(name: string, args: ContainerAppHostArgs, opts?: pulumi.ComponentResourceOptions) {
    super("teams-calling-bot:index:ContainerAppHost", name, {}, opts);
    const { image, registryId, domain, dnsZoneId } = args;
    refuse(this, [
      ...checkContainer(HERE, args),
      ...ifPlain({ registryId }, (it) => checkImageRegistry(HERE, image, it.registryId)),
      ...ifPlain({ domain, dnsZoneId }, (it) => checkDomainZone(HERE, it)),
      ...checkWorkload(HERE, args),
    ]);
    const hostName = pulumi.output(domain ?? args.hostName);
    const settings = plainSettings(args, hostName);
    const records = domain === undefined ? [] : appDomainRecords(name, { ...args, domain }, this);
    const containerApp = new ContainerApp(
      `${name}-app`,
      {
        resourceGroupName: args.resourceGroupName,
        containerAppName: args.containerAppName,
        environmentId: args.environmentId,
        tags: azureTags(name, args.tags),
        ...defined({ location: args.location }),
        identity: {
          type: ManagedServiceIdentityType.UserAssigned,
          userAssignedIdentities: [args.identity.resourceId],
        },
        configuration: containerAppConfiguration(args),
        template: containerAppTemplate(args, settings),
      },
      { parent: this, dependsOn: [...records, ...mayPull(name, args, this)] },
    );
    sendDiagnostics(
      `${name}-app-metrics`,
      { resourceUri: containerApp.id, workspaceId: args.workspaceId },
      this,
    );
    const answering =
      domain === undefined
        ? containerApp.id
        : managedCertificate(name, { ...args, domain, containerApp }, this).id;

    const { messagingEndpoint, callingWebhook } = hostEndpoints(args, after(answering, hostName));
    this.messagingEndpoint = messagingEndpoint;
    this.callingWebhook = callingWebhook;
    this.identity = pulumi.output(args.identity);
    this.settings = settings;
    this.containerAppId = containerApp.id;
    this.registerOutputs({ messagingEndpoint, callingWebhook });
  }
}

/** The identity pulls the image; there is no password of a registry anywhere. */
function mayPull(
  name: string,
  { registryId, image, identity, grantRoles: wanted }: ContainerAppHostArgs,
  parent: pulumi.Resource,
): pulumi.Resource[] {
  if (registryId === undefined) return [];
  const scope = pulumi.output(registryId).apply(refusing(parent, checkedRegistry(HERE, image)));
  const grant = { role: BuiltInRole.AcrPull, scope, principalId: identity.principalId, wanted };
  const granted = grantWanted(`${name}-image-reader`, grant, parent);
  return granted === undefined ? [] : [granted];
}
