// A role of Azure for the identity that a bot's process runs as.
import { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment.js";
import { PrincipalType } from "@pulumi/azure-native/types/enums/authorization/index.js";
import * as pulumi from "@pulumi/pulumi";
import { type BuiltInRole, roleDefinitionId } from "../../rules/hosts/built-in-roles.js";
import { stableUuid } from "../../rules/stable-name.js";

export interface RoleGrant {
  readonly role: BuiltInRole;
  /** ARM id of what the role is for. */
  readonly scope: pulumi.Input<string>;
  /** Principal (object) id of the identity. */
  readonly principalId: pulumi.Input<string>;
}

/**
 * Assigns the role. Its name follows from scope, role and identity, so that a run after a crash finds the assignment of the
 * run before instead of making a second one, and several stacks may share what the role is for. It takes minutes to spread,
 * and nothing tells when it has.
 */
export function grantRole(
  name: string,
  { role, scope, principalId }: RoleGrant,
  parent: pulumi.Resource,
  options: pulumi.CustomResourceOptions = {},
): RoleAssignment {
  const at = pulumi.output(scope);
  return new RoleAssignment(
    name,
    {
      roleAssignmentName: pulumi
        .all([at, principalId])
        .apply(([id, principal]) => stableUuid(id.toLowerCase(), role, principal)),
      scope: at,
      roleDefinitionId: at.apply((id) => roleDefinitionId(id, role)),
      principalId,
      // Said so that Azure does not look the principal up in a directory that has not heard of it yet.
      principalType: PrincipalType.ServicePrincipal,
    },
    { ...options, parent },
  );
}

/** Assigns the role where it is wanted. */
export function grantWanted(
  name: string,
  { wanted = true, ...grant }: RoleGrant & { readonly wanted?: boolean | undefined },
  parent: pulumi.Resource,
): RoleAssignment | undefined {
  return wanted ? grantRole(name, grant, parent) : undefined;
}
