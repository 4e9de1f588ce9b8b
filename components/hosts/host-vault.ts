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
import { regionOfNew } from "./group-region.js";

const API_VERSION = "2024-11-01";
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
    // It only says how the vault comes to be.
    { parent, ignoreChanges: ["properties.createMode"] },
  );
}

/**
 * A deleted vault keeps its name for 90 days, so that a destroyed stack could not come up again under it: it is recovered,
 * with the secrets it had.
 */
function createMode(
  { vaultName, resourceGroupName, location, cloud }: HostVaultArgs,
  parent: pulumi.Resource,
): pulumi.Output<CreateMode> {
  return pulumi
    .all([vaultName, resourceGroupName, location, armReading(parent, cloud)])
    .apply(async ([wanted, group, given, arm]) => {
      const region = (given ?? (await regionOfNew(arm, group)) ?? "").replaceAll(" ", "");
      const path = `/subscriptions/${arm.subscriptionId}/providers/Microsoft.KeyVault/locations/${region}/deletedVaults/${wanted}`;
      const answer = await arm.ask(path, API_VERSION);
      return answer?.status === 200 ? CreateMode.Recover : CreateMode.Default;
    });
}
