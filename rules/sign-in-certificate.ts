// The certificate that a bot signs in with: its public part, as a stack writes it. The private key is where the bot runs, and
// never here. ("Microsoft identity platform application authentication certificate credentials".)
import { X509Certificate } from "node:crypto";
import { type Issue, throwIfAny } from "./issue.js";

const ENTRA = "Microsoft Entra ID";
const LEAST_BITS = 2048;

/** What a stack says of its certificates. */
export interface CertificateWish {
  /** @default 0 */
  readonly generation?: number;
  /** PEM, or base64 as in a `.cer` file. */
  readonly certificate?: string;
  /** The one of the generation before. @default none is kept */
  readonly previousCertificate?: string;
}

/** A certificate, read. */
export interface SignInCertificate {
  /** PEM with this certificate alone. */
  readonly pem: string;
  /** SHA-1 of the DER in upper-case hexadecimal digits, as the portal shows it. */
  readonly thumbprint: string;
  /** As in `2026-06-30T00:00:00Z`. */
  readonly startDate: string;
  /** As in `2027-06-30T00:00:00Z`. */
  readonly endDate: string;
}

/** Issues of the settings `certificate` and `previousCertificate`. */
export function checkCertificates(path: string, wish: CertificateWish): Issue[] {
  const { generation = 0, certificate, previousCertificate } = wish;
  const issues: Issue[] = [];
  if (certificate === undefined) {
    issues.push({
      path: `${path}.certificate`,
      rule: "must be given when the kind is certificate",
      whose: ENTRA,
      fix: "Give the public part as PEM, without the private key.",
    });
  } else issues.push(...checkCertificate(`${path}.certificate`, certificate));
  if (previousCertificate === undefined) return issues;
  const at = `${path}.previousCertificate`;
  if (generation === 0) {
    const rule = `must be left out at generation 0, because there is none before it`;
    issues.push({ path: at, rule, whose: "this package", fix: "Remove it, or raise generation." });
  }
  const ofPrevious = checkCertificate(at, previousCertificate);
  const isSame =
    thumbprintOf(certificate) !== undefined &&
    thumbprintOf(certificate) === thumbprintOf(previousCertificate);
  if (isSame) {
    const rule = "must be another one than certificate";
    issues.push({ path: at, rule, whose: ENTRA, fix: "Give the one of the generation before." });
  }
  return [...issues, ...ofPrevious];
}

/** @throws Error for text that {@link checkCertificates} refuses */
export function readCertificate(text: string): SignInCertificate {
  const certificate = parsed(text);
  if (certificate === undefined) throw new Error("not a certificate");
  return {
    pem: certificate.toString(),
    thumbprint: certificate.fingerprint.replaceAll(":", ""),
    startDate: instant(certificate.validFrom),
    endDate: instant(certificate.validTo),
  };
}

function instant(text: string): string {
  return new Date(text).toISOString().replace(/\.\d+Z$/, "Z");
}

/** What the stack put out when it was last updated. */
export interface CertificateBefore {
  readonly generation: number;
  readonly thumbprint: string;
}

/**
 * For a current certificate beside the one of the last update: throws a RulesError where the bot's own would be taken away. It
 * changes only with the generation, and is then kept as the previous one.
 */
export function checkCertificateKept(
  path: string,
  before: CertificateBefore | undefined,
  { generation = 0, certificate = "", previousCertificate }: CertificateWish,
): void {
  if (before === undefined) return;
  const raised = generation === before.generation + 1;
  const [setting, kept] = raised
    ? ["previousCertificate", previousCertificate]
    : ["certificate", certificate];
  if (thumbprintOf(kept) === before.thumbprint) return;
  throwIfAny([
    {
      path: `${path}.${setting}`,
      rule: `must be the certificate with the thumbprint ${before.thumbprint}, which the bot is using: without it the bot could not sign in until it has the new one`,
      whose: "this package",
      fix: raised
        ? "Write the certificate of before here, and remove it when the number is raised again."
        : `To renew it set ${path}.generation to ${before.generation + 1}, write the new one as certificate and this one as previousCertificate.`,
    },
  ]);
}

function checkCertificate(path: string, text: string): Issue[] {
  if (/PRIVATE KEY/.test(text)) {
    return [
      {
        path,
        rule: "must not hold a private key, which would stand in the stack file and the state in plain text",
        whose: "this package",
        fix: "Give what stands between BEGIN CERTIFICATE and END CERTIFICATE alone, and renew the key if the file was shared.",
      },
    ];
  }
  const certificate = parsed(text);
  if (certificate === undefined) {
    return [
      {
        path,
        rule: "must be one certificate, as PEM or as base64",
        whose: ENTRA,
        fix: "Export it without its key: az keyvault certificate download --encoding PEM, or openssl x509 -in FILE.",
      },
    ];
  }
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  const bits = asymmetricKeyDetails?.modulusLength ?? 0;
  if (asymmetricKeyType === "rsa" && bits >= LEAST_BITS) return [];
  return [
    {
      path,
      rule: `must have an RSA key of at least ${LEAST_BITS} bits`,
      whose: ENTRA,
      got: asymmetricKeyType === "rsa" ? `${bits} bits` : (asymmetricKeyType ?? "an unknown key"),
      fix: "Make another certificate.",
    },
  ];
}

function thumbprintOf(text: string | undefined): string | undefined {
  return parsed(text ?? "")?.fingerprint.replaceAll(":", "");
}

/** One certificate and nothing else. */
function parsed(text: string): X509Certificate | undefined {
  const blocks = text.match(/-----BEGIN [A-Z0-9 ]+-----/g) ?? [];
  if (blocks.length > 1) return undefined;
  try {
    return blocks.length === 1
      ? new X509Certificate(text)
      : new X509Certificate(Buffer.from(text, "base64"));
  } catch {
    return undefined;
  }
}
