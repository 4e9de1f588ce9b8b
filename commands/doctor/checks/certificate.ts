// Whether the certificate that the host takes from a Key Vault will do: name, authority, dates.
import { z } from "zod";
import { readVault } from "../../../arm/key-vault.js";
import { armName } from "../../../rules/arm-ids.js";
import { HostKind } from "../../../rules/bot-choices.js";
import { type CertificateReading, judgeCertificate } from "../../../rules/hosts/certificate.js";
import { formatIssue } from "../../../rules/issue.js";
import { type Check, fail, type Outcome, pass, skip, warn } from "../../checks/check.js";
import { type DoctorContext, forStack, fromSubscription } from "../doctor-context.js";

export function judgeHostCertificate(
  reading: CertificateReading,
  question: Parameters<typeof judgeCertificate>[2],
): Outcome {
  const { issues, warnings } = judgeCertificate("host.certificate", reading, question);
  if (reading.state === "unknown") {
    return skip(
      warnings.join(" "),
      "Let whoever deploys get certificates of the vault (role Key Vault Reader).",
    );
  }
  if (issues.length > 0) {
    return fail(
      `The certificate ${question.name} cannot serve the bot.`,
      issues.map(formatIssue).join(" "),
    );
  }
  if (warnings.length > 0)
    return warn(`The certificate ${question.name} ends soon.`, warnings.join(" "));
  return pass(`The certificate ${question.name} will do.`);
}

const Certificate = z.object({
  cer: z.base64(),
  attributes: z.object({ enabled: z.boolean().nullish() }).nullish(),
  policy: z
    .object({ key_props: z.object({ exportable: z.boolean().nullish() }).nullish() })
    .nullish(),
});

/** The certificate's public part, from the vault itself. */
async function readCertificate(
  uri: string,
  name: string,
  token: string,
  signal: AbortSignal,
): Promise<CertificateReading> {
  const answer = await fetch(`${uri}/certificates/${encodeURIComponent(name)}?api-version=7.4`, {
    headers: { Authorization: `Bearer ${token}` },
    signal,
  }).catch(() => undefined);
  if (answer === undefined) return { state: "unknown", reason: "the vault did not answer" };
  if (answer.status === 404) return { state: "absent" };
  const said = Certificate.safeParse(
    answer.ok ? await answer.json().catch(() => undefined) : undefined,
  );
  if (!said.success) return { state: "unknown", reason: `the vault answered ${answer.status}` };
  const { cer, attributes, policy } = said.data;
  return {
    state: "found",
    der: new Uint8Array(Buffer.from(cer, "base64")),
    enabled: attributes?.enabled ?? true,
    exportable: policy?.key_props?.exportable ?? true,
  };
}

export const certificate: Check<DoctorContext> = {
  id: "certificate",
  title:
    "the certificate in the Key Vault covers the bot's name, is of a public authority and lasts another 30 days",
  explains: [
    "a call goes from Establishing to Terminated with code 3002, MediaControllerConversationAddParticipantFailed",
  ],
  run: forStack(async ({ config: { host } }, context, signal) => {
    if (host.kind !== HostKind.ScaleSet || host.certificate === undefined) {
      return skip("The host takes no certificate from a Key Vault.");
    }
    const { vaultId, secretName } = host.certificate;
    const vault = await fromSubscription(readVault(context.services.arm, vaultId, signal));
    if (vault === undefined) {
      return fail(
        `There is no Key Vault ${armName(vaultId)}.`,
        "Correct host.certificate.vaultId of the stack.",
      );
    }
    const token = await fromSubscription(context.tokenFor(context.endpoints.vault, signal));
    const reading = await readCertificate(vault.uri, secretName, token, signal);
    return judgeHostCertificate(reading, {
      name: secretName,
      now: context.now,
      hostName: host.domain,
    });
  }),
};
