// How a bot signs in whose process runs on a host that is made here: its application trusts the host's identity, so that there
// is no secret anywhere.
import * as pulumi from "@pulumi/pulumi";
import { HostSlot } from "../../rules/bot-choices.js";
import type { Cloud } from "../../rules/clouds.js";
import { CredentialKind, MANAGED_IDENTITY_TRUST } from "../../rules/credential.js";
import type { BotCredentialArgs, FederatedCredentialArgs } from "../bot-credential.js";
import { endpointsOf } from "../cloud.js";
import { defined } from "../defined.js";
import type { ManagedIdentity } from "../managed-identity.js";
import type { CallingHosts } from "./calling-hosts.js";

/** The credential as stated, with the hosts' identities where a federated one was asked for, or nothing at all. */
export function hostedCredential(
  stated: BotCredentialArgs,
  { inUse, other }: CallingHosts,
  tenantId: pulumi.Output<string>,
  cloud: Cloud | undefined,
): BotCredentialArgs {
  const { kind = CredentialKind.Federated, federated = [] } = stated;
  const of = (wanted: HostSlot) =>
    [inUse, other].find((host) => host?.slot === wanted)?.address.identity;
  const [first, second] = [of(HostSlot.First), of(HostSlot.Second)];
  const none = first === undefined && second === undefined;
  if (none || kind !== CredentialKind.Federated) return stated;
  const trusts = second === undefined ? [] : [trustIn(second, tenantId, cloud)];
  return {
    ...defined({ managedIdentityPrincipalId: first?.principalId }),
    ...stated,
    ...(trusts.length === 0 ? {} : { federated: [...federated, ...trusts] }),
    kind,
  };
}

/** Named by the slot, so that a switch leaves it alone. */
function trustIn(
  { principalId }: ManagedIdentity,
  tenantId: pulumi.Output<string>,
  cloud: Cloud | undefined,
): FederatedCredentialArgs {
  return {
    name: `${MANAGED_IDENTITY_TRUST}-${HostSlot.Second}`,
    issuer: pulumi.interpolate`${endpointsOf(cloud).login}/${tenantId}/v2.0`,
    subject: principalId,
  };
}
