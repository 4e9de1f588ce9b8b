// Roles at what a stack gives, for whom it gives or for App Service itself: both hosts of a bot may need the same one. It is
// assigned once, under a name that neither slot owns, so that a host that is removed takes nothing from the one that stays.
import type { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment.js";
import type * as pulumi from "@pulumi/pulumi";
import { BuiltInRole } from "../../rules/hosts/built-in-roles.js";
import { stableUuid } from "../../rules/stable-name.js";
import { grantRole } from "./role-grant.js";

/** Who holds a role. */
export interface RoleHolder {
  /** The same for the same identity in every run, also while nobody knows its principal id. */
  readonly key: string;
  readonly principalId: pulumi.Input<string>;
}

export interface LastingGrant {
  readonly role: BuiltInRole;
  /** ARM id of something that exists. */
  readonly scope: string;
  readonly holder: RoleHolder;
  /** Where earlier versions of this package had the assignment, as one of a slot: it is taken over from there. */
  readonly before: { readonly name: string; readonly in: pulumi.Input<pulumi.URN> };
}

/** Assigns the role, unless the other host has had it assigned. */
export type GrantOnce = (grant: LastingGrant) => RoleAssignment;

const WORDS: Readonly<Record<BuiltInRole, string>> = {
  [BuiltInRole.Reader]: "reader",
  [BuiltInRole.KeyVaultSecretsUser]: "secret-reader",
  [BuiltInRole.KeyVaultCertificateUser]: "certificate-reader",
  [BuiltInRole.AcrPull]: "image-reader",
};

/** For the hosts of one bot. */
export function lastingGrants(bot: string, parent: pulumi.Resource): GrantOnce {
  const made = new Map<string, RoleAssignment>();
  return ({ role, scope, holder, before }) => {
    const which = stableUuid(scope.toLowerCase(), holder.key.toLowerCase()).slice(0, 8);
    const name = `${bot}-${WORDS[role]}-${which}`;
    const there = made.get(name);
    if (there !== undefined) return there;
    const grant = { role, scope, principalId: holder.principalId };
    const aliases = [{ name: before.name, parent: before.in }];
    const assignment = grantRole(name, grant, parent, { aliases });
    made.set(name, assignment);
    return assignment;
  };
}
