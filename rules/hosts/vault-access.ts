// Whether machines will be let into a vault that others look after: said beforehand, because a machine only waits in vain.

/** What Resource Manager says of a vault. */
export interface VaultAccess {
  readonly name: string;
  /** Whether roles decide who reads, and not access policies. */
  readonly usesRoles: boolean;
  /** Whether it can be reached without a private endpoint. */
  readonly isPublic: boolean;
  /** ARM ids of the subnets that its network rules let in; undefined where they let everybody in. */
  readonly subnets: readonly string[] | undefined;
}

/** What keeps machines in the subnet from reading the vault: one sentence each. A subnet that is not known yet says nothing. */
export function vaultWarnings(vault: VaultAccess, subnetId: string): string[] {
  const { name, usesRoles, isPublic, subnets } = vault;
  const warnings: string[] = [];
  if (!usesRoles) {
    warnings.push(
      `The vault ${name} uses access policies, so the role that the host's identity is given there has no effect. Let the identity get and list secrets by a policy, or switch the vault to roles.`,
    );
  }
  if (!isPublic) {
    warnings.push(
      `The vault ${name} is reached by private endpoints alone. Give the host's network one, or the machines wait for their certificate in vain.`,
    );
  } else if (subnets?.every((id) => id.toLowerCase() !== subnetId.toLowerCase()) === true) {
    warnings.push(
      `The vault ${name} lets in only what its network rules name, and the machines' subnet is not among them. Add ${subnetId}, or the machines wait for their certificate in vain.`,
    );
  }
  return warnings;
}
