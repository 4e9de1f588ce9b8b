// Whether a certificate of a vault can serve a bot that hosts media: judged before any machine waits for it.
import { X509Certificate } from "node:crypto";
import { type Issue, shown } from "../issue.js";

/** Days before its end from which on a certificate is talked about. */
const SOON_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;
const SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";

/** Who serves with the certificate, and why its key has to be of the kind RSA. */
export interface CertificateServer {
  readonly whose: string;
  readonly rsaBecause: string;
}

const MEDIA_PLATFORM: CertificateServer = {
  whose: "Microsoft's media platform",
  rsaBecause: "which Microsoft's samples ask for",
};

/** "Add and manage TLS/SSL certificates in Azure App Service": others can be uploaded, but not taken from a vault. */
export const APP_SERVICE: CertificateServer = {
  whose: "Azure App Service",
  rsaBecause: "the only kind that App Service takes from a vault",
};
const KEY_VAULT = "Azure Key Vault";

/** What came of asking the vault. */
export type CertificateReading =
  | {
      readonly state: "found";
      /** The newest version, without its key (DER). */
      readonly der: Uint8Array;
      readonly enabled: boolean;
      /** Whether the vault gives the key out at all. */
      readonly exportable: boolean;
    }
  | { readonly state: "absent" }
  /** Nobody may ask, or nobody answered. */
  | { readonly state: "unknown"; readonly reason: string };

export interface CertificateVerdict {
  readonly issues: readonly Issue[];
  /** Sentences; nothing stops for them. */
  readonly warnings: readonly string[];
}

export interface CertificateQuestion {
  /** Name of the certificate in its vault. */
  readonly name: string;
  readonly now: Date;
  /** What it must cover; left out while Azure has not said it yet. */
  readonly hostName?: string | undefined;
  /** @default Microsoft's media platform */
  readonly server?: CertificateServer | undefined;
}

/**
 * Sources: "Develop calling and online meeting bots on your local PC" and microsoft-graph-comms-samples#379, #36, #89 (public
 * authority, covers ServiceFqdn, wildcards work), #464 (expired), EchoBot's README (`--key-type rsa`).
 */
export function judgeCertificate(
  path: string,
  reading: CertificateReading,
  question: CertificateQuestion,
): CertificateVerdict {
  const { name } = question;
  if (reading.state === "unknown") {
    const warning = `Whether the certificate ${name} will do is not known, because ${reading.reason}. Before calls arrive, see that a public authority issued it for the bot's host name and that it has not expired.`;
    return { issues: [], warnings: [warning] };
  }
  if (reading.state === "absent") {
    return refuse({
      path,
      rule: "must name a certificate that is in the vault",
      whose: KEY_VAULT,
      got: shown(name),
      fix: "Import or issue it there first: Pulumi's Azure providers make no certificates in a vault.",
    });
  }
  const certificate = parsed(reading.der);
  if (certificate === undefined) {
    return refuse({
      path,
      rule: "must be an X.509 certificate",
      whose: KEY_VAULT,
      got: shown(name),
      fix: "Import it into the vault again, as PFX or PEM with its key.",
    });
  }
  const issues = [
    ...checkVaultSide(path, reading, name),
    ...checkCertificate(path, certificate, question),
  ];
  const warnings = [
    ...expiryWarnings(certificate, question),
    ...authorityWarnings(certificate, question),
  ];
  return { issues, warnings: issues.length > 0 ? [] : warnings };
}

function refuse(issue: Issue): CertificateVerdict {
  return { issues: [issue], warnings: [] };
}

function parsed(der: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}

function checkVaultSide(
  path: string,
  { enabled, exportable }: { readonly enabled: boolean; readonly exportable: boolean },
  name: string,
): Issue[] {
  const at = { path, whose: KEY_VAULT, got: shown(name) };
  const issues: Issue[] = [];
  if (!enabled) {
    const fix = "Enable its newest version, or name another.";
    issues.push({ ...at, rule: "must be enabled in the vault", fix });
  }
  if (!exportable) {
    const rule = "must have an exportable key, or no machine gets it";
    const fix = "Import or issue it again with an exportable key.";
    issues.push({ ...at, rule, fix });
  }
  return issues;
}

function checkCertificate(
  path: string,
  certificate: X509Certificate,
  { now, hostName, server = MEDIA_PLATFORM }: CertificateQuestion,
): Issue[] {
  const issues: Issue[] = [];
  const say = (rule: string, got: string, fix: string) =>
    issues.push({ path, rule, whose: server.whose, got, fix });
  const { validFrom, validTo, issuer, subject, publicKey, keyUsage } = certificate;
  if (issuer === subject) {
    const rule = "must be issued by a public authority, not by itself";
    say(rule, oneLine(issuer), "Get one from a public authority, such as Let's Encrypt.");
  }
  if (new Date(validTo) <= now) {
    say("must not have expired", `an end on ${day(validTo)}`, "Renew it in the vault.");
  }
  if (new Date(validFrom) > now) {
    const fix = "Wait until then, or use the one before it.";
    say("must be valid already", `a start on ${day(validFrom)}`, fix);
  }
  if (publicKey.asymmetricKeyType !== "rsa") {
    const rule = `must have an RSA key, ${server.rsaBecause}`;
    const fix = "Issue it again with an RSA key of 2048 bits or more.";
    say(rule, `a key of type ${publicKey.asymmetricKeyType ?? "unknown"}`, fix);
  }
  if (keyUsage !== undefined && !keyUsage.includes(SERVER_AUTHENTICATION)) {
    const fix = "Issue it again for TLS servers.";
    say("must be meant for server authentication", `the uses ${keyUsage.join(", ")}`, fix);
  }
  if (hostName !== undefined && !covers(certificate, hostName)) {
    const fix = `Issue it for ${hostName} or its wildcard, or set domain to a name that it covers.`;
    say(`must cover the host name ${hostName}`, names(certificate), fix);
  }
  return issues;
}

function expiryWarnings(
  { validTo }: X509Certificate,
  { name, now }: CertificateQuestion,
): string[] {
  const days = Math.floor((new Date(validTo).getTime() - now.getTime()) / DAY_MS);
  if (days > SOON_DAYS) return [];
  return [
    `The certificate ${name} ends on ${day(validTo)}, in ${days} days. The machines take a renewed one from the vault by themselves: see that it is renewed there.`,
  ];
}

/**
 * Browsers take no certificate of a public authority that is in no public log, so that theirs carry the logs' receipts (RFC 6962,
 * section 3.3). Those of an authority of one's own carry none; nor does every public one, which is why nothing stops for it.
 */
function authorityWarnings(
  { raw, issuer }: X509Certificate,
  { name }: CertificateQuestion,
): string[] {
  const staging = /\(STAGING\)/.test(issuer);
  if (!staging && raw.includes(LOG_RECEIPTS)) return [];
  const why = staging
    ? "comes from an authority for trials"
    : "carries no receipt of a public log, as those of public authorities do";
  return [
    `The certificate ${name} of ${oneLine(issuer)} ${why}. Microsoft's services trust public authorities alone, and no call connects with another: see that it is of one, such as Let's Encrypt.`,
  ];
}

/** Begin of the extension: its id 1.3.6.1.4.1.11129.2.4.2, and the tag of what it holds. */
const LOG_RECEIPTS = Buffer.from("060a2b06010401d67902040204", "hex");

/** By its subject alternative names alone: that is where clients look. */
function covers(certificate: X509Certificate, hostName: string): boolean {
  return (
    certificate.checkHost(hostName, { subject: "never", partialWildcards: false }) !== undefined
  );
}

function names({ subjectAltName }: X509Certificate): string {
  return subjectAltName === undefined ? "no names" : shown(subjectAltName.replaceAll("DNS:", ""));
}

function oneLine(distinguishedName: string): string {
  return shown(distinguishedName.split("\n").join(", "));
}

/** `2027-05-01`; what is no date comes as it is. */
function day(date: string): string {
  const parsedDate = new Date(date);
  return Number.isNaN(parsedDate.getTime()) ? date : parsedDate.toISOString().slice(0, 10);
}
