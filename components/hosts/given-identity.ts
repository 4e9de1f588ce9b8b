// The identity that a stack gives a host, and its roles at what the stack gives as well. All of that may be the other host's too.
import * as pulumi from "@pulumi/pulumi";
import { HostKind } from "../../rules/bot-choices.js";
import { BuiltInRole } from "../../rules/hosts/built-in-roles.js";
import { after } from "../after.js";
import type { ManagedIdentityArgs } from "../managed-identity.js";
import type { HostPlace } from "./calling-host.js";
import type { HostArgs } from "./host-args.js";
import type { LastingGrant, RoleHolder } from "./lasting-grants.js";

/**
 * Of an identity that the stack gives; undefined where its id is known only during the update, because nothing can be named
 * after that.
 */
export function plainPrincipal(identity: ManagedIdentityArgs | undefined): string | undefined {
  return typeof identity?.principalId === "string" ? identity.principalId : undefined;
}

/** Undefined where the host makes its identity, which is then nobody else's. */
export function givenHolder(host: HostArgs, place: HostPlace): RoleHolder | undefined {
  if (place.identity !== undefined) {
    return { key: "the bot's own", principalId: place.identity.principalId };
  }
  const principalId = plainPrincipal(host.identity);
  return principalId === undefined ? undefined : { key: principalId, principalId };
}

/** The identity, whose id is known once it has these roles: what runs as it is not made before. */
export function havingRoles(
  identity: pulumi.Output<pulumi.UnwrapSimple<ManagedIdentityArgs>>,
  host: HostArgs,
  place: HostPlace,
): ManagedIdentityArgs {
  const { resourceId, clientId, principalId } = identity;
  const holder = givenHolder(host, place);
  if (holder === undefined || host.grantRoles === false) {
    return { resourceId, clientId, principalId };
  }
  const granted = rolesAtGiven(host, place).map(
    (wanted) => place.grantOnce({ ...wanted, holder }).id,
  );
  return { resourceId: after(pulumi.all(granted), resourceId), clientId, principalId };
}

function rolesAtGiven(host: HostArgs, place: HostPlace): Omit<LastingGrant, "holder">[] {
  const before = (component: string, role: string) => formerGrant(place, component, role);
  const { kind, vaultId, image, registryId, certificate } = host;
  const grants: Omit<LastingGrant, "holder">[] = [];
  if (vaultId !== undefined) {
    grants.push({
      role: BuiltInRole.KeyVaultSecretsUser,
      scope: vaultId,
      before: before("HostFoundation", "vault-reader"),
    });
  }
  if (image !== undefined && registryId !== undefined) {
    grants.push({
      role: BuiltInRole.AcrPull,
      scope: registryId,
      before:
        kind === HostKind.AppService
          ? before("AppServiceAddress", "registry-reader")
          : before("ContainerAppHost", "image-reader"),
    });
  }
  if (kind === HostKind.ScaleSet && certificate !== undefined) {
    grants.push({
      role: BuiltInRole.KeyVaultSecretsUser,
      scope: certificate.vaultId,
      before: before("ScaleSetAddress", "certificate-reader"),
    });
  }
  return grants;
}

/** Where an assignment stood that a component of the host had made. */
export function formerGrant(
  { name, parent }: HostPlace,
  component: string,
  role: string,
): LastingGrant["before"] {
  const type = `teams-calling-bot:index:${component}`;
  return { name: `${name}-${role}`, in: pulumi.createUrn(name, type, parent) };
}
