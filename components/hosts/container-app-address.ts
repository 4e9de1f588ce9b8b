// Where a bot on Azure Container Apps will stand: the environment, which decides the host names of its apps.
import { ManagedEnvironment } from "@pulumi/azure-native/app/managedEnvironment.js";
import { PublicNetworkAccess } from "@pulumi/azure-native/types/enums/app/index.js";
import * as pulumi from "@pulumi/pulumi";
import { checkContainerAppName } from "../../rules/hosts/container-app-names.js";
import { defined } from "../defined.js";
import { azureTags } from "../left-over-tags.js";
import { ifPlain, refuse } from "../refusal.js";
import { sendDiagnostics } from "./diagnostics.js";
import type { HostAddressArgs } from "./made-host-args.js";

/** The profile that every environment has: replicas are paid for by the second. */
const CONSUMPTION = "Consumption";

export interface ContainerAppAddressArgs extends HostAddressArgs {
  /** 2 to 32 lower-case letters, digits and single hyphens. It is in the address, and a change replaces the app. */
  containerAppName: pulumi.Input<string>;
  /** The same characters. A change replaces the environment, which gives the app another address. */
  environmentName: pulumi.Input<string>;
  /** Whether replicas are spread over the zones of the region, which must have some. A change replaces the environment. @default false */
  zoneRedundant?: pulumi.Input<boolean>;
}

/**
 * A Container Apps environment in the subnet, with its logs and metrics in the workspace. The subnet is at least a /27, is
 * delegated to Microsoft.App/environments and belongs to the environment alone ("Virtual network configuration"). The logs go there by a diagnostic
 * setting: the environment itself could send them only with the key of the workspace, which would stand in the state.
 *
 * @example
 * const address = new ContainerAppAddress("bot", {
 *   resourceGroupName: "bots",
 *   containerAppName: "contoso-bot",
 *   environmentName: "contoso-bots",
 *   workspaceId: foundation.workspaceId,
 *   subnetId: foundation.subnetId,
 * });
 */
export class ContainerAppAddress extends pulumi.ComponentResource {
  readonly containerAppName: pulumi.Output<string>;
  /** ARM id of the environment. */
  readonly environmentId: pulumi.Output<string>;
  /** `<app>.<what Azure gave the environment>`. */
  readonly hostName: pulumi.Output<string>;
  /** Public IPv4 address of the environment, for a domain that is the top of its zone. */
  readonly ipAddress: pulumi.Output<string>;
  /** What the TXT record of a domain of one's own must hold. */
  readonly verificationId: pulumi.Output<string>;

  constructor(name: string, args: ContainerAppAddressArgs, opts?: pulumi.ComponentResourceOptions) {
    super("teams-calling-bot:index:ContainerAppAddress", name, {}, opts);
    refuse(this, [
      ...ifPlain(args.containerAppName, (it) => checkContainerAppName("containerAppName", it)),
      ...ifPlain(args.environmentName, (it) => checkContainerAppName("environmentName", it)),
    ]);
    const environment = new ManagedEnvironment(
      `${name}-environment`,
      {
        resourceGroupName: args.resourceGroupName,
        environmentName: args.environmentName,
        tags: azureTags(name, args.tags),
        ...defined({ location: args.location }),
        vnetConfiguration: { infrastructureSubnetId: args.subnetId, internal: false },
        publicNetworkAccess: PublicNetworkAccess.Enabled,
        workloadProfiles: [{ name: CONSUMPTION, workloadProfileType: CONSUMPTION }],
        appLogsConfiguration: { destination: "azure-monitor" },
        zoneRedundant: args.zoneRedundant ?? false,
      },
      {
        parent: this,
        // The service cannot move an environment to another subnet, and two of one name cannot be at once.
        replaceOnChanges: ["vnetConfiguration.infrastructureSubnetId"],
        deleteBeforeReplace: true,
      },
    );
    sendDiagnostics(
      `${name}-environment-logs`,
      { resourceUri: environment.id, workspaceId: args.workspaceId, logs: ["allLogs"] },
      this,
    );

    this.containerAppName = pulumi.output(args.containerAppName);
    this.environmentId = environment.id;
    this.hostName = pulumi.interpolate`${this.containerAppName}.${environment.defaultDomain}`;
    this.ipAddress = environment.staticIp;
    this.verificationId = environment.customDomainConfiguration.apply(
      (configuration) => configuration?.customDomainVerificationId ?? "",
    );
    this.registerOutputs({ environmentId: this.environmentId, hostName: this.hostName });
  }
}
