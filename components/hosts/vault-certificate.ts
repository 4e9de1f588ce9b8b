// A certificate that is in a Key Vault before the stack comes up: read while the program runs, so that a wrong one is a
// sentence in the preview instead of machines that wait for it in vain. Nothing but its public part is read.
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../../rules/clouds.js";
import {
  type CertificateReading,
  type CertificateServer,
  judgeCertificate,
} from "../../rules/hosts/certificate.js";
import {
  CertificateAnswer,
  foundCertificate,
  SecretVersionsAnswer,
} from "../../rules/hosts/vault-answers.js";
import { throwIfAny } from "../../rules/issue.js";
import { armReading } from "../arm-reading.js";
import { endpointsOf } from "../cloud.js";
import { refusing } from "../refusal.js";
import { type VaultPlace, type VaultReading, vaultPlace, vaultReading } from "./vault-reading.js";
import { warn, warnOfVault } from "./vault-warnings.js";

export interface VaultCertificateArgs {
  /** ARM id of the vault. */
  vaultId: pulumi.Input<string>;
  /** Name of the certificate, and of the secret that the vault keeps beside it. */
  secretName: string;
}

/** What the vault says, and where it is. */
export interface ReadCertificate {
  readonly reading: CertificateReading;
  readonly vault: VaultPlace;
}

/** What the certificate is for. */
export interface CertificateUse {
  readonly name: string;
  /** What it must cover; left out while Azure has not said it yet. */
  readonly hostName?: string;
  /** @default Microsoft's media platform */
  readonly server?: CertificateServer;
}

/** Asks the vault, once. */
export function readCertificate(
  { vaultId, secretName }: VaultCertificateArgs,
  cloud: Cloud | undefined,
  parent: pulumi.Resource,
): pulumi.Output<ReadCertificate> {
  return pulumi.all([vaultId, armReading(parent, cloud)]).apply(async ([id, arm]) => {
    const audience = endpointsOf(cloud).vault;
    const vault = await vaultPlace(arm, id, audience);
    const read = await vaultReading(vault, audience, parent);
    return { vault, reading: await readingOf(secretName, read) };
  });
}

/** Refuses a certificate that cannot work, and returns what was read. */
export function usableCertificate(
  read: pulumi.Output<ReadCertificate>,
  use: CertificateUse,
  parent: pulumi.Resource,
): pulumi.Output<ReadCertificate> {
  return read.apply((it) => {
    const { issues } = judgeCertificate("certificate", it.reading, { ...use, now: new Date() });
    refusing(parent, throwIfAny)(issues);
    return it;
  });
}

/** Says what is doubtful about the certificate, and about machines in the subnet, where there are any, reading it. */
export function warnOfCertificate(
  read: pulumi.Output<ReadCertificate>,
  use: CertificateUse & { readonly subnetId?: pulumi.Input<string> },
  parent: pulumi.Resource,
): void {
  read.apply(({ reading }) =>
    warn(judgeCertificate("certificate", reading, { ...use, now: new Date() }).warnings, parent),
  );
  const access = read.apply(({ vault }) => vault.access);
  warnOfVault(access, use.subnetId, parent);
}

async function readingOf(
  secretName: string,
  read: VaultReading | undefined,
): Promise<CertificateReading> {
  if (read === undefined) return unknown("whoever deploys gets no token for the vault");
  const answer = await read(`certificates/${secretName}`);
  if (answer?.status === 404) return await readingOfSecret(secretName, read);
  if (answer?.ok !== true) return unknown(refusalOf(answer));
  const said = CertificateAnswer.safeParse(await answer.json().catch(() => undefined));
  if (!said.success) return unknown("the vault's answer could not be read");
  return foundCertificate(said.data);
}

/** A PFX may also lie in the vault as a secret alone. Its value is the key, so only its being there is looked for. */
async function readingOfSecret(
  secretName: string,
  read: VaultReading,
): Promise<CertificateReading> {
  const answer = await read(`secrets/${secretName}/versions`);
  if (answer?.status === 404) return { state: "absent" };
  if (answer?.ok !== true) {
    return unknown(
      `the vault has no certificate of this name, and asked for a secret ${refusalOf(answer)}`,
    );
  }
  const said = SecretVersionsAnswer.safeParse(await answer.json().catch(() => undefined));
  if (said.success && said.data.value.length === 0) return { state: "absent" };
  return unknown("it is in the vault as a secret, which is not read here because it holds the key");
}

function unknown(reason: string): CertificateReading {
  return { state: "unknown", reason };
}

function refusalOf(answer: Response | undefined): string {
  return answer === undefined
    ? "the vault did not answer"
    : `the vault answered ${answer.status} to whoever deploys`;
}
