// Whether the tenant lets applications have the credential that the stack makes, and for as long.
import type { Client } from "@microsoft/microsoft-graph-client";
import {
  applicationByObjectId,
  applicationsTagged,
} from "../../../graph/registered-application.js";
import {
  assignablePolicies,
  assignedCredentialPolicy,
  type CredentialPolicy,
  type CredentialRestriction,
  defaultCredentialPolicy,
} from "../../../graph/tenant-policies.js";
import { CredentialKind } from "../../../rules/credential.js";
import { timeAfter } from "../../../rules/iso-duration.js";
import { readCertificate } from "../../../rules/sign-in-certificate.js";
import { type Check, fail, type Outcome, pass, skip } from "../../checks/check.js";
import { entraTag, isOfStack } from "../../verify/stack-tags.js";
import {
  type DoctorContext,
  forStack,
  mayNotReadPolicies,
  type PlannedStack,
  policies,
} from "../doctor-context.js";
import type { Project } from "../stack-files.js";

/** The secret that the stack would make. */
export interface PlannedSecret {
  /** The service's choice, two years from now, where the stack says nothing. */
  readonly endDate: string | undefined;
  /** When the application was made; now where it is yet to be made. */
  readonly applicationSince: Date;
}

export function judgeSecretPolicy(
  { endDate, applicationSince }: PlannedSecret,
  policy: CredentialPolicy,
  exceptions: readonly string[],
  now: Date,
): Outcome {
  const { said, inForce, exception } = wordsOf(policy, applicationSince, exceptions);
  const forbidden = inForce("passwordAddition");
  if (forbidden !== undefined) {
    return fail(
      `${said} forbids client secrets: the deployment would stop with CredentialTypeNotAllowedAsPerAppPolicy.`,
      `Set credential.kind to federated, which needs no secret at all; else ${exception}.`,
      { forbidden },
    );
  }
  const limit = inForce("passwordLifetime");
  const latest = timeAfter(now, limit?.maxLifetime ?? "");
  const end = endDate === undefined ? timeAfter(now, "P2Y") : new Date(endDate);
  if (latest !== undefined && end !== undefined && end > latest) {
    const ends = endDate ?? "two years from now, because credential.endDate is left out";
    return fail(
      `${said} ends client secrets after ${limit?.maxLifetime}, and the stack's would end ${ends}: the deployment would stop with CredentialInvalidLifetimeAsPerAppPolicy.`,
      `Set credential.endDate to ${latest.toISOString().slice(0, 10)}T00:00:00Z or before, and renew it in time; or set credential.kind to federated; else ${exception}.`,
      { limit },
    );
  }
  const allowed = `${said} allows the client secret`;
  return pass(
    latest === undefined ? `${allowed}.` : `${allowed}, which may last ${limit?.maxLifetime}.`,
    { restrictions: policy.restrictions },
  );
}

/** The certificate that the stack would register. */
export interface PlannedCertificate {
  readonly startDate: Date;
  readonly endDate: Date;
  /** When the application was made; now where it is yet to be made. */
  readonly applicationSince: Date;
}

export function judgeCertificatePolicy(
  { startDate, endDate, applicationSince }: PlannedCertificate,
  policy: CredentialPolicy,
  exceptions: readonly string[],
): Outcome {
  const { said, inForce, exception } = wordsOf(policy, applicationSince, exceptions);
  const limit = inForce("asymmetricKeyLifetime");
  const latest = timeAfter(startDate, limit?.maxLifetime ?? "");
  if (latest !== undefined && endDate > latest) {
    return fail(
      `${said} allows certificates that last ${limit?.maxLifetime}, and the stack's ends ${endDate.toISOString().slice(0, 10)}: the deployment would stop with CredentialInvalidLifetimeAsPerAppPolicy.`,
      `Make one that ends ${latest.toISOString().slice(0, 10)} or before, and renew it in time; or set credential.kind to federated; else ${exception}.`,
      { limit },
    );
  }
  if (inForce("trustedCertificateAuthority") !== undefined) {
    return pass(
      `${said} allows certificates of chosen authorities; which those are was not read.`,
      {
        restrictions: policy.restrictions,
      },
    );
  }
  return pass(`${said} allows the certificate.`, { restrictions: policy.restrictions });
}

function wordsOf(
  { name, restrictions }: CredentialPolicy,
  applicationSince: Date,
  exceptions: readonly string[],
) {
  return {
    said:
      name === undefined
        ? "The tenant's app management policy"
        : `The app management policy ${name}, which is assigned to the application,`,
    inForce: (type: string) =>
      restrictions.find((one) => one.restrictionType === type && holdsSince(one, applicationSince)),
    exception:
      exceptions.length === 0
        ? "an administrator can except the application by an app management policy of its own"
        : `an administrator can except the application by assigning it a policy of its own (there are: ${exceptions.join(", ")})`,
  };
}

/** A restriction may hold only for applications that are made after a day. */
function holdsSince(
  { state, restrictForAppsCreatedAfterDateTime: since }: CredentialRestriction,
  applicationSince: Date,
): boolean {
  return state !== "disabled" && (!since || Date.parse(since) <= applicationSince.getTime());
}

/** The application of an earlier deployment, or the one that is adopted. */
async function applicationThere(
  client: Client,
  { name: stack, config }: PlannedStack,
  { name: project, bot }: Project,
  signal: AbortSignal,
): Promise<
  { readonly id: string; readonly createdDateTime?: string | null | undefined } | undefined
> {
  const adopted = config.adopt?.application;
  if (adopted !== undefined) {
    return applicationByObjectId(client, adopted.replace("/applications/", ""), signal);
  }
  const tagged = await applicationsTagged(client, entraTag("stack", stack), signal);
  const own = tagged
    .filter((one) => isOfStack(one, { project, stack }))
    .filter(({ tags }) => bot === undefined || tags.includes(entraTag("name", bot)));
  return own.length === 1 ? own[0] : undefined;
}

export const credentialPolicy: Check<DoctorContext> = {
  id: "credential-policy",
  title:
    "the app management policy of the tenant, or of the application, allows the stack's client secret or certificate, and for as long",
  explains: [
    "CredentialTypeNotAllowedAsPerAppPolicy or CredentialInvalidLifetimeAsPerAppPolicy stops a deployment",
  ],
  run: forStack(async (planned, context, signal) => {
    const { credential } = planned.config;
    const certificate =
      credential.certificate === undefined ? undefined : readCertificate(credential.certificate);
    if (credential.kind !== CredentialKind.Secret && certificate === undefined) {
      return skip(
        "The stack makes neither a client secret nor a certificate, which such a policy restricts.",
      );
    }
    const read = await policies(context, signal, async (client) => {
      const there = await applicationThere(client, planned, context.project, signal);
      const [assigned, standard, exceptions] = await Promise.all([
        there === undefined ? undefined : assignedCredentialPolicy(client, there.id, signal),
        defaultCredentialPolicy(client, signal),
        assignablePolicies(client, signal),
      ]);
      return { there, policy: assigned ?? standard, exceptions };
    });
    if (read === undefined) return mayNotReadPolicies("Application policies");
    const { there, policy, exceptions } = read;
    const applicationSince = new Date(there?.createdDateTime ?? context.now);
    if (certificate !== undefined) {
      const [startDate, endDate] = [new Date(certificate.startDate), new Date(certificate.endDate)];
      return judgeCertificatePolicy({ startDate, endDate, applicationSince }, policy, exceptions);
    }
    return judgeSecretPolicy(
      { endDate: credential.endDate, applicationSince },
      policy,
      exceptions,
      context.now,
    );
  }),
};
