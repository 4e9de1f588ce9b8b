// Whether the certificate that the host takes from a Key Vault will do: name, authority, dates.
import { armClient } from "../../../arm/arm-client.js";
import { readVault, readVaultCertificate } from "../../../arm/key-vault.js";
import { armName } from "../../../rules/arm-ids.js";
import { HostKind } from "../../../rules/bot-choices.js";
import {
  APP_SERVICE,
  type CertificateReading,
  type CertificateServer,
  judgeCertificate,
} from "../../../rules/hosts/certificate.js";
import { formatIssue } from "../../../rules/issue.js";
import { readFrom, Source } from "../../checks/cannot-tell.js";
import { type Check, fail, type Outcome, pass, skip, warn } from "../../checks/check.js";
import { worstOf } from "../../checks/verdict.js";
import { type DoctorContext, forStack, fromSubscription } from "../doctor-context.js";
import { hostsOf } from "../made-resources.js";

export function judgeHostCertificate(
  reading: CertificateReading,
  question: Parameters<typeof judgeCertificate>[2],
): Outcome {
  const { issues, warnings } = judgeCertificate("host.certificate", reading, question);
  if (reading.state === "unknown") {
    return skip(
      warnings.join(" "),
      "Let whoever deploys read certificates of the vault (role Key Vault Reader, and an address that its network rules let in), or look there.",
    );
  }
  if (issues.length > 0) {
    return fail(
      `The certificate ${question.name} cannot serve the bot.`,
      issues.map(formatIssue).join(" "),
    );
  }
  if (warnings.length > 0) {
    return warn(`The certificate ${question.name} needs a look.`, warnings.join(" "));
  }
  const covers = question.hostName === undefined ? "" : `covers ${question.hostName}, `;
  // Without the receipts there is a warning above.
  return pass(
    `The certificate ${question.name} ${covers}is of an authority that stands in public logs, and does not end soon.`,
  );
}

interface VaultCertificate {
  readonly vaultId: string;
  readonly secretName: string;
  readonly domain: string | undefined;
  readonly server: CertificateServer | undefined;
}

/** The certificates that hosts take from vaults, and who serves with each. */
export function vaultCertificates(config: Parameters<typeof hostsOf>[0]): VaultCertificate[] {
  return hostsOf(config).flatMap((host) => {
    if (!("certificate" in host) || host.certificate === undefined) return [];
    const server = host.kind === HostKind.AppService ? APP_SERVICE : undefined;
    return [{ ...host.certificate, domain: host.domain, server }];
  });
}

async function lookedAt(
  { vaultId, secretName, domain, server }: VaultCertificate,
  context: DoctorContext,
  signal: AbortSignal,
): Promise<Outcome> {
  const vault = await fromSubscription(readVault(context.services.arm, vaultId, signal));
  if (vault === undefined) {
    return fail(
      `There is no Key Vault ${armName(vaultId)}.`,
      "Correct host.certificate.vaultId of the stack.",
    );
  }
  const client = armClient(vault.uri, () => context.tokenFor(context.endpoints.vault, signal));
  const reading = await readFrom(Source.Vault, readVaultCertificate(client, secretName, signal));
  return judgeHostCertificate(reading, {
    name: secretName,
    now: context.now,
    hostName: domain,
    server,
  });
}

export const certificate: Check<DoctorContext> = {
  id: "certificate",
  title:
    "the certificate in the Key Vault covers the bot's name, is not self-signed and lasts another 30 days",
  explains: [
    "a call goes from Establishing to Terminated with code 3002, MediaControllerConversationAddParticipantFailed",
  ],
  run: forStack(async ({ config }, context, signal) => {
    const wanted = vaultCertificates(config).map((one) => lookedAt(one, context, signal));
    return (
      worstOf(await Promise.all(wanted)) ?? skip("The host takes no certificate from a Key Vault.")
    );
  }),
};
