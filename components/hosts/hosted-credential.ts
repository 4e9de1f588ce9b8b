// How a bot signs in whose process runs on a host that is made here: its application trusts the host's identity, so that there
// is no secret anywhere.
import { CredentialKind } from "../../rules/credential.js";
import type { BotCredentialArgs } from "../bot-credential.js";
import type { ManagedIdentity } from "../managed-identity.js";

/** The credential as stated, with the host's identity where a federated one was asked for, or nothing at all. */
export function hostedCredential(
  stated: BotCredentialArgs,
  identity: ManagedIdentity | undefined,
): BotCredentialArgs {
  const { kind = CredentialKind.Federated } = stated;
  if (identity === undefined || kind !== CredentialKind.Federated) return stated;
  return { managedIdentityPrincipalId: identity.principalId, ...stated, kind };
}
