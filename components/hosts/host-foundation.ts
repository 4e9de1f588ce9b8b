// What all hosts that are made here share. Each part is made, or given.
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../../rules/clouds.js";
import { checkAllowedAddresses } from "../../rules/hosts/allowed-addresses.js";
import { BuiltInRole } from "../../rules/hosts/built-in-roles.js";
import { checkGivenIsThere } from "../../rules/presence.js";
import { armReading } from "../arm-reading.js";
import { endpointsOf } from "../cloud.js";
import { type ManagedIdentityArgs, managedIdentity } from "../managed-identity.js";
import { refuse } from "../refusal.js";
import { sendDiagnostics } from "./diagnostics.js";
import { hostLogs } from "./host-logs.js";
import { hostSubnet } from "./host-network.js";
import { hostVault } from "./host-vault.js";
import { grantWanted } from "./role-grant.js";
import { vaultPlace } from "./vault-reading.js";
import { warnOfVault } from "./vault-warnings.js";

export interface HostFoundationArgs {
  resourceGroupName: pulumi.Input<string>;
  /** Name of identity, network and Application Insights. */
  resourceName: pulumi.Input<string>;
  /**
   * 4 to 63 letters, digits and hyphens; in its group a deleted workspace keeps its name for 14 days, and comes back in its own
   * region alone. @default that of the others
   */
  workspaceName?: pulumi.Input<string>;
  /** 3 to 24 letters, digits and single hyphens, unique over all of Azure; a deleted vault keeps its name for 90 days. */
  vaultName: pulumi.Input<string>;
  /** Tenant whose identities may be given access to the vault. */
  tenantId: pulumi.Input<string>;
  /** Region. @default the provider's setting azure-native:location, or else that of the resource group */
  location?: pulumi.Input<string>;
  /** @default only those by which a left-over is found */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** An identity that exists. @default one is made */
  identity?: ManagedIdentityArgs;
  /**
   * Whether the identity is given the roles it needs. Not where it has them already: Azure takes no second assignment of the
   * same role at the same place. @default true
   */
  grantRoles?: boolean;
  /** ARM id of a Log Analytics workspace that exists. @default one is made that keeps 30 days */
  workspaceId?: pulumi.Input<string>;
  /** ARM id of an Application Insights resource that exists. @default one is made, on the workspace */
  applicationInsightsId?: pulumi.Input<string>;
  /**
   * ARM id of a vault that exists and uses roles instead of access policies. The identity is given the role to read its
   * secrets; its network rules are its owner's.
   * @default one is made that only the subnet and `allowedAddresses` reach
   */
  vaultId?: pulumi.Input<string>;
  /** ARM id of a subnet that exists, with the service endpoint Microsoft.KeyVault. @default a network with one is made */
  subnetId?: pulumi.Input<string>;
  /** The service that a subnet made here is handed to, such as `Microsoft.Web/serverFarms`. @default none */
  subnetDelegation?: string;
  /** Public IPv4 addresses and ranges from which people and pipelines reach a vault made here. @default [] */
  allowedAddresses?: string[];
  /** @default Cloud.Public */
  cloud?: Cloud;
}

/** The identity of a host. */
export interface HostIdentityOutput {
  /** ARM id. */
  resourceId: string;
  clientId: string;
  /** Principal (object) id: what roles are assigned to. */
  principalId: string;
}

/**
 * Identity, network, logs and vault of a host. None of it needs the bot's app id, so it comes before the application, which
 * then trusts the identity instead of having a secret.
 *
 * @example
 * const foundation = new HostFoundation("bot", {
 *   resourceGroupName: "bots",
 *   resourceName: "contoso-bot",
 *   vaultName: "contoso-bot",
 *   tenantId,
 * });
 * new BotIdentity("bot", {
 *   ...application,
 *   credential: {
 *     kind: CredentialKind.Federated,
 *     managedIdentityPrincipalId: foundation.identity.principalId,
 *   },
 * });
 */
export class HostFoundation extends pulumi.ComponentResource {
  /** What the bot's process runs as, and what the application trusts. */
  readonly identity: pulumi.Output<HostIdentityOutput>;
  /** ARM id. */
  readonly workspaceId: pulumi.Output<string>;
  readonly applicationInsightsConnectionString: pulumi.Output<string>;
  /** ARM id. */
  readonly vaultId: pulumi.Output<string>;
  /** `https://<name>.vault.azure.net/`; known once the identity may read secrets. */
  readonly vaultUri: pulumi.Output<string>;
  /** ARM id. */
  readonly subnetId: pulumi.Output<string>;

  constructor(name: string, args: HostFoundationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("teams-calling-bot:index:HostFoundation", name, {}, opts);
    refuse(this, checkAllowedAddresses("allowedAddresses", args.allowedAddresses ?? []));
    const { resourceName } = args;
    const identity = managedIdentity(name, args.identity, {
      resourceGroupName: pulumi.output(args.resourceGroupName),
      resourceName,
      tags: args.tags,
      location: args.location,
      parent: this,
    });
    this.subnetId = pulumi.output(
      args.subnetId ??
        hostSubnet(
          name,
          { ...args, virtualNetworkName: resourceName, delegation: args.subnetDelegation },
          this,
        ),
    );
    const logs = hostLogs(name, { ...args, resourceName }, this);
    const vault = vaultOf(name, args, { subnetId: this.subnetId, ...logs }, this);
    const mayRead = grantWanted(
      `${name}-vault-reader`,
      {
        role: BuiltInRole.KeyVaultSecretsUser,
        scope: vault.id,
        principalId: identity.principalId,
        wanted: args.grantRoles,
      },
      this,
    );

    this.identity = pulumi.output(identity);
    this.workspaceId = logs.workspaceId;
    this.applicationInsightsConnectionString = logs.connectionString;
    this.vaultId = vault.id;
    this.vaultUri = pulumi.all([vault.uri, mayRead?.id]).apply(([uri]) => uri);
    this.registerOutputs({ identity: this.identity, vaultId: this.vaultId });
  }
}

function vaultOf(
  name: string,
  args: HostFoundationArgs,
  {
    subnetId,
    workspaceId,
  }: { subnetId: pulumi.Output<string>; workspaceId: pulumi.Output<string> },
  parent: pulumi.Resource,
): { readonly id: pulumi.Output<string>; readonly uri: pulumi.Output<string> } {
  if (args.vaultId !== undefined) {
    return givenVault(pulumi.output(args.vaultId), { subnetId, cloud: args.cloud }, parent);
  }
  const vault = hostVault(
    `${name}-vault`,
    { ...args, subnetId, allowedAddresses: args.allowedAddresses ?? [] },
    parent,
  );
  sendDiagnostics(
    `${name}-vault-logs`,
    { resourceUri: vault.id, workspaceId, logs: ["audit"] },
    parent,
  );
  return { id: vault.id, uri: vault.properties.apply(({ vaultUri }) => vaultUri ?? "") };
}

function givenVault(
  id: pulumi.Output<string>,
  { subnetId, cloud }: { subnetId: pulumi.Output<string>; cloud: Cloud | undefined },
  parent: pulumi.Resource,
) {
  // By its id: the provider would look for it in its own subscription.
  const place = pulumi.all([id, armReading(parent, cloud)]).apply(async ([known, arm]) => {
    const found = await vaultPlace(arm, known, endpointsOf(cloud).vault);
    refuse(parent, checkGivenIsThere("vaultId", known, found.status));
    return found;
  });
  warnOfVault(
    place.apply(({ access }) => access),
    subnetId,
    parent,
  );
  return { id, uri: place.apply(({ uri }) => `${uri}/`) };
}
