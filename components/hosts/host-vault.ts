// The Key Vault of a host: roles instead of access policies, no purging, and closed to the Internet.
import { Vault } from "@pulumi/azure-native/keyvault/vault.js";
import {
  CreateMode,
  NetworkRuleAction,
  NetworkRuleBypassOptions,
  SkuFamily,
  SkuName,
} from "@pulumi/azure-native/types/enums/keyvault/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../../rules/clouds.js";
import { armReading } from "../arm-reading.js";
import { defined } from "../defined.js";
import { azureTags } from "../left-over-tags.js";
import { deletedVaultStatus, vaultStatus } from "./vault-before.js";

/** The service's own maximum and default; it can never be changed. */
const RETENTION_DAYS = 90;

export interface HostVaultArgs {
  readonly resourceGroupName: pulumi.Input<string>;
  readonly vaultName: pulumi.Input<string>;
  readonly location?: pulumi.Input<string> | undefined;
  readonly tags?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
  readonly tenantId: pulumi.Input<string>;
  /** From where the bot's process reads. */
  readonly subnetId: pulumi.Input<string>;
  /** IPv4 addresses and ranges from which people and pipelines reach it as well. */
  readonly allowedAddresses: readonly string[];
  readonly cloud?: Cloud | undefined;
}

/** Makes the vault, or brings back the one of this name that an earlier destroy left behind as deleted. */
export function hostVault(name: string, args: HostVaultArgs, parent: pulumi.Resource): Vault {
  return new Vault(
    name,
    {
      resourceGroupName: args.resourceGroupName,
      vaultName: args.vaultName,
      tags: azureTags(name, args.tags),
      ...defined({ location: args.location }),
      properties: {
        tenantId: args.tenantId,
        sku: { family: SkuFamily.A, name: SkuName.Standard },
        createMode: createMode(args, parent),
        enableRbacAuthorization: true,
        enablePurgeProtection: true,
        enableSoftDelete: true,
        softDeleteRetentionInDays: RETENTION_DAYS,
        enabledForDeployment: false,
        enabledForDiskEncryption: false,
        enabledForTemplateDeployment: false,
        publicNetworkAccess: "Enabled",
        networkAcls: {
          defaultAction: NetworkRuleAction.Deny,
          bypass: NetworkRuleBypassOptions.AzureServices,
          ipRules: args.allowedAddresses.map((value) => ({ value })),
          virtualNetworkRules: [{ id: args.subnetId }],
        },
      },
    },
    { parent },
  );
}

/**
 * A deleted vault keeps its name for 90 days, so that a destroyed stack could not come up again under it: it is recovered,
 * with the secrets it had. Azure then takes nothing else of the request (Azure/azure-rest-api-specs#21306): the vault has its old
 * firewall until the next run, which finds no deleted vault any more and so writes everything.
 */
function createMode(args: HostVaultArgs, parent: pulumi.Resource): pulumi.Output<CreateMode> {
  const { vaultName, resourceGroupName, location, cloud } = args;
  return pulumi
    .all([vaultName, resourceGroupName, location, armReading(parent, cloud)])
    .apply(async ([name, group, given, arm]) => {
      const planned = { name, group, location: given };
      const status = await deletedVaultStatus(arm, planned);
      if (status === 200) {
        await pulumi.log.warn(recovered(name), parent);
        return CreateMode.Recover;
      }
      if (status !== 404) {
        const isThere = (await vaultStatus(arm, planned)) === 200;
        if (!isThere) await pulumi.log.warn(untold(name, status), parent);
      }
      return CreateMode.Default;
    });
}

function recovered(name: string): string {
  return `The deleted vault ${name} is brought back, with its secrets and with the firewall it had: what is asked for now is set by the next run. Run \`pulumi up\` once more after this one.`;
}

function untold(name: string, status: number | undefined): string {
  const got = status === undefined ? "got no answer" : `got the answer ${status}`;
  return `Whether Azure keeps a deleted vault ${name} could not be read (${got}). If there is one, it is not brought back and making the vault fails with ConflictError: let whoever deploys read Microsoft.KeyVault/locations/deletedVaults of the subscription, or run \`az keyvault recover --name ${name}\` and import the vault.`;
}
