// Where a host's certificate is before the stack comes up.
import { checkArmId } from "../arm-ids.js";
import { type Issue, shown } from "../issue.js";
import { settingPath } from "./setting-path.js";

/** A certificate with its key, in a Key Vault. */
export interface VaultCertificate {
  /** ARM id of the vault. */
  readonly vaultId: string;
  /** Name of the certificate, and of the secret that a vault keeps beside it. */
  readonly secretName: string;
}

/** Issues of how it is named; what it is like is for the vault to say. */
export function checkVaultCertificate(
  path: string,
  { vaultId, secretName }: VaultCertificate,
): Issue[] {
  const issues = checkArmId(settingPath(path, "vaultId"), vaultId, "Microsoft.KeyVault/vaults");
  if (/^[A-Za-z0-9-]{1,127}$/.test(secretName)) return issues;
  return [
    ...issues,
    {
      path: settingPath(path, "secretName"),
      rule: "must be the name of a certificate: 1 to 127 letters, digits and hyphens",
      whose: "Azure Key Vault",
      got: shown(secretName),
      fix: "Give its name alone, without the vault's address and without a version.",
    },
  ];
}
