// A Key Vault: where it answers, and what it says of a certificate.
import { z } from "zod";
import { ReadProblem } from "../rules/consent-unknown.js";
import type { CertificateReading } from "../rules/hosts/certificate.js";
import {
  CertificateAnswer,
  foundCertificate,
  SecretVersionsAnswer,
} from "../rules/hosts/vault-answers.js";
import { parseAnswer, ReadError } from "../rules/read-error.js";
import type { ArmClient } from "./arm-client.js";

const Vault = z.object({ properties: z.object({ vaultUri: z.string() }) });

/** Its origin, without a final slash; undefined when there is none. @throws ReadError */
export async function readVault(
  arm: ArmClient,
  vaultId: string,
  signal: AbortSignal,
): Promise<{ readonly uri: string } | undefined> {
  const answer = await arm.get(`${vaultId}?api-version=2023-07-01`, signal);
  if (answer === undefined) return undefined;
  return { uri: parseAnswer(Vault, answer).properties.vaultUri.replace(/\/+$/, "") };
}

/**
 * A certificate's public part, from the vault itself: it is asked and answers as Resource Manager does.
 * @param vault a client for its origin. @throws ReadError, except where whoever asks may not
 */
export async function readVaultCertificate(
  vault: ArmClient,
  name: string,
  signal: AbortSignal,
): Promise<CertificateReading> {
  try {
    const answer = await vault.get(`/certificates/${encodeURIComponent(name)}${VERSION}`, signal);
    return answer === undefined
      ? await readSecretOf(vault, name, signal)
      : foundCertificate(parseAnswer(CertificateAnswer, answer));
  } catch (error) {
    if (!(error instanceof ReadError) || error.problem !== ReadProblem.Forbidden) throw error;
    return { state: "unknown", reason: "the vault refuses whoever is signed in" };
  }
}

const VERSION = "?api-version=7.4";

/** A PFX may lie in the vault as a secret alone. Its value holds the key, so only its being there is looked for. */
async function readSecretOf(
  vault: ArmClient,
  name: string,
  signal: AbortSignal,
): Promise<CertificateReading> {
  const path = `/secrets/${encodeURIComponent(name)}/versions${VERSION}`;
  const answer = (await vault.get(path, signal)) ?? { value: [] };
  if (parseAnswer(SecretVersionsAnswer, answer).value.length === 0) return { state: "absent" };
  return {
    state: "unknown",
    reason: "it is in the vault as a secret, which is not read because it holds the key",
  };
}
