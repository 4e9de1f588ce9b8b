// Whether a host will be let into a vault that others look after: said beforehand, because a host only waits in vain.

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

/** What keeps a host from reading the vault, wherever it is: one sentence each. */
export function vaultWarnings({ name, usesRoles, isPublic }: VaultAccess): string[] {
  const warnings: string[] = [];
  if (!usesRoles) {
    warnings.push(
      `The vault ${name} uses access policies, so the role that the host's identity is given there has no effect. Let the identity get and list secrets by a policy, or switch the vault to roles.`,
    );
  }
  if (!isPublic) {
    warnings.push(
      `The vault ${name} is reached by private endpoints alone. Give the host's network one, or the host reads nothing from it.`,
    );
  }
  return warnings;
}

/** What keeps a host in the subnet from it. */
export function subnetWarnings(
  { name, isPublic, subnets }: VaultAccess,
  subnetId: string,
): string[] {
  const isLetIn = subnets?.some((id) => id.toLowerCase() === subnetId.toLowerCase()) ?? true;
  if (isLetIn || !isPublic) return [];
  return [
    `The vault ${name} lets in only what its network rules name, and the host's subnet is not among them. Add ${subnetId}, or the host reads nothing from it.`,
  ];
}
