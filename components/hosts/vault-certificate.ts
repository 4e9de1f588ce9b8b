// A certificate that is in a Key Vault before the stack comes up: read while the program runs, so that a wrong one is a
// sentence in the preview instead of machines that wait for it in vain. Nothing but its public part is read.
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { armName } from "../../rules/arm-ids.js";
import { Cloud, cloudEndpoints } from "../../rules/clouds.js";
import { type CertificateReading, judgeCertificate } from "../../rules/hosts/certificate.js";
import { throwIfAny } from "../../rules/issue.js";
import { type ArmReading, armReading } from "../arm-reading.js";
import { refusing } from "../refusal.js";

const ARM_API_VERSION = "2024-11-01";
const VAULT_API_VERSION = "7.4";
const PATIENCE_MS = 10_000;

export interface VaultCertificateArgs {
  /** ARM id of the vault. */
  vaultId: pulumi.Input<string>;
  /** Name of the certificate, and of the secret that the vault keeps beside it. */
  secretName: string;
}

/** What the vault says, and where it is. */
export interface ReadCertificate {
  readonly reading: CertificateReading;
  /** `https://<name>.vault.azure.net` */
  readonly vaultUri: string;
}

/** Asks the vault, once. */
export function readCertificate(
  { vaultId, secretName }: VaultCertificateArgs,
  cloud: Cloud | undefined,
  parent: pulumi.Resource,
): pulumi.Output<ReadCertificate> {
  return pulumi.all([vaultId, armReading(parent, cloud)]).apply(async ([id, arm]) => {
    const endpoints = cloudEndpoints(cloud ?? Cloud.Public);
    const vaultUri =
      (await vaultUriOf(arm, id)) ?? `https://${armName(id)}.${new URL(endpoints.vault).host}`;
    const reading = await ask({ vaultUri, secretName, audience: endpoints.vault }, parent);
    return { reading, vaultUri: vaultUri.replace(/\/+$/, "") };
  });
}

/** What the certificate is for. */
export interface CertificateUse {
  readonly name: string;
  /** What it must cover; left out while Azure has not said it yet. */
  readonly hostName?: string;
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

/** Says what is doubtful about it. */
export function warnOfCertificate(
  read: pulumi.Output<ReadCertificate>,
  use: CertificateUse,
  parent: pulumi.Resource,
): void {
  read.apply(async ({ reading }) => {
    const { warnings } = judgeCertificate("certificate", reading, { ...use, now: new Date() });
    for (const warning of warnings) await pulumi.log.warn(warning, parent);
  });
}

const Vault = z.object({ properties: z.object({ vaultUri: z.string() }) });

/** As Resource Manager knows it; undefined where it may not be asked. */
async function vaultUriOf(arm: ArmReading, vaultId: string): Promise<string | undefined> {
  const answer = await arm.ask(vaultId, ARM_API_VERSION);
  const said = Vault.safeParse(await answer?.json().catch(() => undefined));
  return said.success ? said.data.properties.vaultUri : undefined;
}

interface VaultQuestion {
  readonly vaultUri: string;
  readonly secretName: string;
  readonly audience: string;
}

const Certificate = z.object({
  cer: z.base64(),
  attributes: z.object({ enabled: z.boolean().default(true) }).default({ enabled: true }),
  policy: z
    .object({ key_props: z.object({ exportable: z.boolean().optional() }).optional() })
    .optional(),
});

async function ask(question: VaultQuestion, parent: pulumi.Resource): Promise<CertificateReading> {
  const unknown = (reason: string): CertificateReading => ({ state: "unknown", reason });
  const token = await vaultToken(question.audience, parent);
  if (token === undefined) return unknown("whoever deploys gets no token for the vault");
  const answer = await get(question, token, `certificates/${question.secretName}`);
  if (answer === undefined) return unknown("the vault did not answer");
  if (answer.status === 404) return await askForSecret(question, token);
  if (!answer.ok) return unknown(`the vault answered ${answer.status} to whoever deploys`);
  const said = Certificate.safeParse(await answer.json().catch(() => undefined));
  if (!said.success) return unknown("the vault's answer could not be read");
  const { cer, attributes, policy } = said.data;
  return {
    state: "found",
    der: new Uint8Array(Buffer.from(cer, "base64")),
    enabled: attributes.enabled,
    exportable: policy?.key_props?.exportable ?? true,
  };
}

/** A PFX may also lie in the vault as a secret alone. Its value is the key, so that only its being there is looked for. */
async function askForSecret(question: VaultQuestion, token: string): Promise<CertificateReading> {
  const path = `secrets/${question.secretName}/versions`;
  const answer = await get(question, token, path);
  if (answer?.status === 404) return { state: "absent" };
  const said = Versions.safeParse(await answer?.json().catch(() => undefined));
  if (said.success && said.data.value.length === 0) return { state: "absent" };
  const reason = said.success
    ? "it is in the vault as a secret, which is not read here because it holds the key"
    : `the vault answered ${answer?.status ?? "nothing"} to whoever deploys`;
  return { state: "unknown", reason };
}

const Versions = z.object({ value: z.array(z.unknown()) });

async function vaultToken(audience: string, parent: pulumi.Resource): Promise<string | undefined> {
  try {
    return (await authorization.getClientToken({ endpoint: audience }, { parent })).token;
  } catch {
    return undefined;
  }
}

async function get(
  { vaultUri }: VaultQuestion,
  token: string,
  path: string,
): Promise<Response | undefined> {
  try {
    return await fetch(
      new URL(`${path}?api-version=${VAULT_API_VERSION}`, `${vaultUri.replace(/\/+$/, "")}/`),
      {
        headers: { Authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(PATIENCE_MS),
      },
    );
  } catch {
    return undefined;
  }
}
