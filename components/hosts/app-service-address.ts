// An App Service site without its settings: what has a host name before there is an app id.

import {
  FtpsState,
  ManagedServiceIdentityType,
  SupportedTlsVersions,
} from "@pulumi/azure-native/types/enums/web/index.js";
import { AppServicePlan } from "@pulumi/azure-native/web/appServicePlan.js";
import { WebApp } from "@pulumi/azure-native/web/webApp.js";
import * as pulumi from "@pulumi/pulumi";
import { CallState } from "../../rules/bot-choices.js";
import {
  checkSiteItself,
  checkSiteRegistry,
  defaultPlan,
  planName,
  runsWindowsContainer,
  SiteOs,
  windowsRuntime,
} from "../../rules/hosts/app-service.js";
import { BuiltInRole } from "../../rules/hosts/built-in-roles.js";
import { checkedRegistry } from "../../rules/hosts/host-image.js";
import { checkSiteName } from "../../rules/hosts/host-names.js";
import { checkHostPath, HEALTH_PATH } from "../../rules/hosts/host-paths.js";
import { defaultInstances } from "../../rules/hosts/instances.js";
import { after } from "../after.js";
import { defined } from "../defined.js";
import { azureTags } from "../left-over-tags.js";
import { ifPlain, refuse, refusing } from "../refusal.js";
import type { HostAddressArgs } from "./made-host-args.js";
import { grantWanted } from "./role-grant.js";

const HERE = "AppServiceAddress";

export interface AppServiceAddressArgs extends HostAddressArgs {
  /** 2 to 60 letters, digits and hyphens, unique over all of Azure; a change replaces the site. */
  siteName: pulumi.Input<string>;
  /** A change replaces plan and site. @default SiteOs.Linux */
  os?: SiteOs;
  /** Plan of the Basic tier or above, such as `B1`, `P0v3`. @default P0v3, and P1v3 for a Windows container */
  sku?: string;
  /** Stack and version that the code runs on, such as `NODE|22-lts`; on Windows `DOTNET|v8.0` or `NODE|~22`. */
  runtime?: string;
  /** Container image in place of code, with its tag or digest. A change from one to the other replaces the site. */
  image?: string;
  /** For an image in Azure Container Registry: ARM id of the registry; the identity is given the right to pull. */
  registryId?: pulumi.Input<string>;
  /** Command that starts the process. @default what the runtime or image says */
  startCommand?: string;
  /** @default 1 with calls in memory, 2 with calls in a shared store */
  instances?: number;
  /** @default CallState.Memory */
  callState?: CallState;
  /** Answers 200 while the process is well. @default /health */
  healthPath?: string;
}

/**
 * Plan and site of a host on Azure App Service: https only, TLS 1.2 or later, always on, no FTP, no client affinity. Its
 * settings come with an {@link AppServiceHost}.
 *
 * @example
 * const address = new AppServiceAddress("bot", {
 *   resourceGroupName: "bots",
 *   siteName: "contoso-bot",
 *   runtime: "NODE|22-lts",
 *   identity,
 *   workspaceId: foundation.workspaceId,
 *   subnetId: foundation.subnetId,
 * });
 */
export class AppServiceAddress extends pulumi.ComponentResource {
  /** As Azure gave it, such as `contoso-bot.azurewebsites.net`. */
  readonly hostName: pulumi.Output<string>;
  readonly siteName: pulumi.Output<string>;
  /** ARM id. */
  readonly siteId: pulumi.Output<string>;
  /** ARM id. */
  readonly planId: pulumi.Output<string>;
  /** What a TXT record `asuid.<domain>` holds to prove who owns a custom domain. */
  readonly domainVerificationId: pulumi.Output<string>;

  constructor(name: string, args: AppServiceAddressArgs, opts?: pulumi.ComponentResourceOptions) {
    super("teams-calling-bot:index:AppServiceAddress", name, {}, opts);
    const { os = SiteOs.Linux, callState = CallState.Memory } = args;
    refuse(this, [
      ...ifPlain(args.siteName, (given) => checkSiteName("siteName", given)),
      ...checkSiteItself(HERE, args),
      ...ifPlain({ image: args.image, registryId: args.registryId }, (it) =>
        checkSiteRegistry(HERE, it),
      ),
      ...checkHostPath("healthPath", args.healthPath ?? HEALTH_PATH),
    ]);
    const place = {
      resourceGroupName: args.resourceGroupName,
      tags: azureTags(name, args.tags),
      ...defined({ location: args.location }),
    };
    const plan = new AppServicePlan(
      `${name}-plan`,
      {
        ...place,
        name: pulumi.output(args.siteName).apply((site) => planName(site, os)),
        kind: os,
        reserved: os === SiteOs.Linux,
        hyperV: runsWindowsContainer(args),
        sku: {
          name: args.sku ?? defaultPlan(args),
          capacity: args.instances ?? defaultInstances(callState),
        },
      },
      {
        parent: this,
        // A plan cannot be deleted under its site, so another operating system's is made beside it first.
        deleteBeforeReplace: false,
        // What the subnet is made by outlives the plan, whose link holds it until the plan is gone.
        dependsOn: pulumi.output(args.subnetId).apply((): pulumi.Resource[] => []),
      },
    );
    const site = new WebApp(
      `${name}-site`,
      {
        ...place,
        name: args.siteName,
        kind: siteKind(os, args.image),
        serverFarmId: plan.id,
        reserved: os === SiteOs.Linux,
        hyperV: runsWindowsContainer(args),
        httpsOnly: true,
        clientAffinityEnabled: false,
        // Said although they are the defaults: the service keeps what a request leaves out, and so what somebody else set.
        enabled: true,
        clientCertEnabled: false,
        publicNetworkAccess: "Enabled",
        virtualNetworkSubnetId: args.subnetId,
        keyVaultReferenceIdentity: args.identity.resourceId,
        identity: {
          type: ManagedServiceIdentityType.UserAssigned,
          userAssignedIdentities: [args.identity.resourceId],
        },
        siteConfig: siteConfig(name, args, this),
      },
      // A binding of a host name changes them behind the site's back.
      { parent: this, ignoreChanges: ["hostNameSslStates"] },
    );

    this.hostName = site.defaultHostName;
    this.siteName = site.name;
    this.siteId = site.id;
    this.planId = plan.id;
    this.domainVerificationId = site.customDomainVerificationId.apply((id) => id ?? "");
    this.registerOutputs({ hostName: this.hostName });
  }
}

function siteKind(os: SiteOs, image: string | undefined): string {
  const base = os === SiteOs.Linux ? "app,linux" : "app";
  if (image === undefined) return base;
  return os === SiteOs.Linux ? `${base},container` : `${base},container,windows`;
}

function siteConfig(name: string, args: AppServiceAddressArgs, parent: pulumi.Resource) {
  return {
    alwaysOn: true,
    minTlsVersion: SupportedTlsVersions.SupportedTlsVersions_1_2,
    scmMinTlsVersion: SupportedTlsVersions.SupportedTlsVersions_1_2,
    ftpsState: FtpsState.Disabled,
    http20Enabled: true,
    webSocketsEnabled: false,
    remoteDebuggingEnabled: false,
    use32BitWorkerProcess: false,
    vnetRouteAllEnabled: true,
    healthCheckPath: args.healthPath ?? HEALTH_PATH,
    ...defined({ appCommandLine: args.startCommand }),
    ...whatRuns(name, args, parent),
  };
}

function whatRuns(name: string, args: AppServiceAddressArgs, parent: pulumi.Resource) {
  const { os = SiteOs.Linux, runtime = "", image, registryId, identity } = args;
  if (image !== undefined) {
    const version = `DOCKER|${image}`;
    const pull = registryId === undefined ? undefined : mayPull(name, args, parent);
    const named = pull === undefined ? version : after(pull, version);
    return {
      ...(os === SiteOs.Linux ? { linuxFxVersion: named } : { windowsFxVersion: named }),
      ...(pull === undefined
        ? {}
        : { acrUseManagedIdentityCreds: true, acrUserManagedIdentityID: identity.clientId }),
    };
  }
  if (os === SiteOs.Linux) return { linuxFxVersion: runtime };
  const windows = windowsRuntime(runtime);
  return windows !== undefined && "netFrameworkVersion" in windows ? windows : {};
}

/** Known once the identity may pull from the registry: a site that is made before would fail to start. */
function mayPull(
  name: string,
  { identity, image = "", registryId = "", grantRoles: wanted }: AppServiceAddressArgs,
  parent: pulumi.Resource,
): pulumi.Output<unknown> {
  const { principalId } = identity;
  const scope = pulumi.output(registryId).apply(refusing(parent, checkedRegistry(HERE, image)));
  const grant = { role: BuiltInRole.AcrPull, scope, principalId, wanted };
  return pulumi.output(grantWanted(`${name}-registry-reader`, grant, parent)?.id);
}
