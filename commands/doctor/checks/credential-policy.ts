// Whether the tenant lets applications have the credential that the stack makes, and for as long.
import {
  assignablePolicies,
  type CredentialRestriction,
  secretRestrictions,
} from "../../../graph/tenant-policies.js";
import { CredentialKind } from "../../../rules/credential.js";
import { timeAfter } from "../../../rules/iso-duration.js";
import { type Check, fail, type Outcome, pass, skip } from "../../checks/check.js";
import { type DoctorContext, forStack, mayNotReadPolicies, policies } from "../doctor-context.js";

/** @param endDate of the secret; the service's choice, two years from now, where the stack says nothing */
export function judgeSecretPolicy(
  endDate: string | undefined,
  restrictions: readonly CredentialRestriction[],
  exceptions: readonly string[],
  now: Date,
): Outcome {
  const inForce = (type: string) =>
    restrictions.find((one) => one.restrictionType === type && holdsForNew(one, now));
  const exception =
    exceptions.length === 0
      ? "an administrator can except the application by an app management policy of its own"
      : `an administrator can except the application by assigning it a policy of its own (there are: ${exceptions.join(", ")})`;
  const forbidden = inForce("passwordAddition");
  if (forbidden !== undefined) {
    return fail(
      "The tenant's app management policy forbids client secrets: the deployment would stop with CredentialTypeNotAllowedAsPerAppPolicy.",
      `Set credential.kind to federated, which needs no secret at all; else ${exception}.`,
      { forbidden },
    );
  }
  const limit = inForce("passwordLifetime");
  const latest = timeAfter(now, limit?.maxLifetime ?? "");
  const end = endDate === undefined ? timeAfter(now, "P2Y") : new Date(endDate);
  if (latest !== undefined && end !== undefined && end > latest) {
    const said = endDate ?? "two years from now, because credential.endDate is left out";
    return fail(
      `The tenant's app management policy ends client secrets after ${limit?.maxLifetime}, and the stack's would end ${said}: the deployment would stop with CredentialInvalidLifetimeAsPerAppPolicy.`,
      `Set credential.endDate to ${latest.toISOString().slice(0, 10)}T00:00:00Z or before, and renew it in time; or set credential.kind to federated; else ${exception}.`,
      { limit },
    );
  }
  return pass(
    latest === undefined
      ? "The tenant's app management policy allows the client secret."
      : `The tenant's app management policy allows the client secret, which may last ${limit?.maxLifetime}.`,
    { restrictions },
  );
}

/** A restriction may hold only for applications that are made after a day. */
function holdsForNew(
  { state, restrictForAppsCreatedAfterDateTime: since }: CredentialRestriction,
  now: Date,
): boolean {
  return state !== "disabled" && (!since || Date.parse(since) <= now.getTime());
}

export const credentialPolicy: Check<DoctorContext> = {
  id: "credential-policy",
  title: "the tenant's app management policy allows the stack's client secret, and for as long",
  explains: [
    "CredentialTypeNotAllowedAsPerAppPolicy or CredentialInvalidLifetimeAsPerAppPolicy stops a deployment",
  ],
  run: forStack(async ({ config: { credential } }, context, signal) => {
    if (credential.kind !== CredentialKind.Secret) {
      return skip("The stack makes no client secret, which is what such a policy restricts.");
    }
    const read = await policies(context, signal, (client) =>
      Promise.all([secretRestrictions(client, signal), assignablePolicies(client, signal)]),
    );
    if (read === undefined) return mayNotReadPolicies("Application policies");
    return judgeSecretPolicy(credential.endDate, ...read, context.now);
  }),
};
