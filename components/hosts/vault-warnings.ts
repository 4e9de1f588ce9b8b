// What is said of a vault that others look after, before a host waits for it.
import * as pulumi from "@pulumi/pulumi";
import { subnetWarnings, type VaultAccess, vaultWarnings } from "../../rules/hosts/vault-access.js";

/**
 * Warns of what keeps a host in the subnet from reading the vault; of a subnet that is not known yet nothing is said, nor where
 * Resource Manager may not be asked about the vault.
 */
export function warnOfVault(
  access: pulumi.Output<VaultAccess | undefined>,
  subnetId: pulumi.Input<string> | undefined,
  parent: pulumi.Resource,
): void {
  access.apply((vault) => warn(vault === undefined ? [] : vaultWarnings(vault), parent));
  pulumi
    .all([access, subnetId])
    .apply(([vault, subnet]) =>
      warn(
        vault === undefined || subnet === undefined ? [] : subnetWarnings(vault, subnet),
        parent,
      ),
    );
}

/** One after another. */
export async function warn(sentences: readonly string[], parent: pulumi.Resource): Promise<void> {
  for (const sentence of sentences) await pulumi.log.warn(sentence, parent);
}
