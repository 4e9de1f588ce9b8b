// How a bot signs in whose process runs on a host that is made here: its application trusts the host's identity, so that there
// is no secret anywhere.
import * as pulumi from "@pulumi/pulumi";
import { BotType, HostSlot } from "../../rules/bot-choices.js";
import type { Cloud } from "../../rules/clouds.js";
import { CredentialKind } from "../../rules/credential.js";
import { MANAGED_IDENTITY_TRUST } from "../../rules/federated-trust.js";
import type { BotCredentialArgs, FederatedCredentialArgs } from "../bot-credential.js";
import { endpointsOf } from "../cloud.js";
import { defined } from "../defined.js";
import type { CallingHosts, PlacedHost } from "./calling-hosts.js";

/** What decides how a bot signs in. */
export interface SigningIn {
  readonly stated: BotCredentialArgs;
  readonly botType: BotType | undefined;
  readonly tenantId: pulumi.Output<string>;
  readonly cloud: Cloud | undefined;
}

/** The credential as stated, with the hosts' identities where a federated one was asked for, or nothing at all. */
export function hostedCredential(
  { stated, botType, tenantId, cloud }: SigningIn,
  { inUse, other }: CallingHosts,
): BotCredentialArgs {
  const { kind = CredentialKind.Federated, federated = [], managedIdentityPrincipalId } = stated;
  const hosts = [inUse, other].flatMap((host) => (host?.address.identity ? [host] : []));
  // A managed identity signs in as itself: there is no application that could trust it.
  const isManaged = botType === BotType.UserAssignedMSI;
  if (isManaged || hosts.length === 0 || kind !== CredentialKind.Federated) return stated;
  const issuer = pulumi.interpolate`${endpointsOf(cloud).login}/${tenantId}/v2.0`;
  const madeFirst = hosts.find(isMadeFirst)?.address.identity?.principalId;
  const said = managedIdentityPrincipalId ?? madeFirst;
  const trusts = hosts
    // Whom the stack names stands for the first one.
    .filter(({ slot }) => slot !== HostSlot.First || said === undefined)
    .filter(({ givenPrincipal }) => givenPrincipal === undefined || givenPrincipal !== said)
    .flatMap((host) => trustIn(host, issuer));
  const names = trusts.map(({ name }) => name);
  const different = trusts.filter(({ name }, index) => names.indexOf(name) === index);
  return {
    ...stated,
    ...defined({ managedIdentityPrincipalId: said }),
    ...(different.length === 0 ? {} : { federated: [...federated, ...different] }),
    kind,
  };
}

function isMadeFirst({ slot, givenPrincipal }: PlacedHost): boolean {
  return slot === HostSlot.First && givenPrincipal === undefined;
}

/**
 * Named by the slot, so that a switch leaves it alone; that of an identity which the stack gives by the identity, because the
 * other host may run as it too, and Entra takes no two credentials of one issuer and subject.
 */
function trustIn(
  { slot, givenPrincipal, address: { identity } }: PlacedHost,
  issuer: pulumi.Output<string>,
): FederatedCredentialArgs[] {
  if (identity === undefined) return [];
  const ofSlot =
    slot === HostSlot.First ? MANAGED_IDENTITY_TRUST : `${MANAGED_IDENTITY_TRUST}-${slot}`;
  const subject = identity.principalId;
  if (givenPrincipal === undefined) return [{ name: ofSlot, issuer, subject }];
  const name = `${MANAGED_IDENTITY_TRUST}-${givenPrincipal.slice(0, 8).toLowerCase()}`;
  return [{ name, formerName: ofSlot, issuer, subject }];
}
