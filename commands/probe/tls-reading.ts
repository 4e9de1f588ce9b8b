// One TLS handshake: which version, and what the certificate says. Nothing is sent, so nothing is refused here either: what
// is wrong with a certificate is for the check to say.
import { isIP } from "node:net";
import {
  checkServerIdentity,
  connect,
  type DetailedPeerCertificate,
  type PeerCertificate,
  type TLSSocket,
} from "node:tls";
import { codeOf, type Network } from "./network.js";

export interface TlsReading {
  /** `TLSv1.3`, the highest that server and this machine have in common. */
  readonly protocol: string;
  readonly subject: string;
  readonly issuer: string;
  /** DNS names and addresses that it is for. */
  readonly names: readonly string[];
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly coversName: boolean;
  readonly selfSigned: boolean;
  /** OpenSSL's code for what is wrong with the chain; the certificate's own dates left out; undefined for a chain that this machine trusts. */
  readonly chainProblem: string | undefined;
  /** The certificate above it that is out of date, where that is what is wrong with the chain. */
  readonly outdatedIssuer: { readonly subject: string; readonly validTo: Date } | undefined;
}

/** The handshake failed. `code` is the system's or OpenSSL's; `TIMEOUT` when there was no end to it. */
export class TlsFailure extends Error {
  override readonly name = "TlsFailure";
  constructor(
    readonly code: string,
    options?: ErrorOptions,
  ) {
    super(`TLS failed: ${code}`, options);
  }
}

/** Codes for dates: those of the certificate itself are judged by themselves. */
const DATES = ["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"];

/** @throws TlsFailure */
export function readTls(
  network: Network,
  target: { readonly host: string; readonly port: number },
  limitMs: number,
): Promise<TlsReading> {
  const { host, port } = target;
  return new Promise((resolve, reject) => {
    const socket = connect({
      ...network.dial(host, port),
      ...(isIP(host) === 0 ? { servername: host } : {}),
      rejectUnauthorized: false,
      // Old versions are let through, so that they can be named.
      minVersion: "TLSv1",
      ciphers: "DEFAULT@SECLEVEL=0",
      ALPNProtocols: ["http/1.1"],
    });
    const timer = setTimeout(() => socket.destroy(new TlsFailure("TIMEOUT")), limitMs);
    socket.once("secureConnect", () => {
      const reading = readingOf(socket, host);
      if (reading === undefined) reject(new TlsFailure("NO_CERTIFICATE"));
      else resolve(reading);
      socket.destroy();
    });
    socket.once("error", (error) => {
      const failure = error instanceof TlsFailure ? error : undefined;
      reject(failure ?? new TlsFailure(codeOf(error) || "UNKNOWN", { cause: error }));
    });
    socket.once("close", () => {
      clearTimeout(timer);
      reject(new TlsFailure("ECONNRESET"));
    });
  });
}

function readingOf(socket: TLSSocket, host: string): TlsReading | undefined {
  const certificate = socket.getPeerCertificate(true);
  if (certificate.raw === undefined) return undefined;
  const code = problemOf(socket.authorizationError);
  const isOwnDate = code !== undefined && DATES.includes(code) && !isInDate(certificate);
  const problem = isOwnDate ? undefined : code;
  return {
    protocol: socket.getProtocol() ?? "unknown",
    subject: textOf(certificate.subject),
    issuer: textOf(certificate.issuer),
    names: namesOf(certificate),
    validFrom: new Date(certificate.valid_from),
    validTo: new Date(certificate.valid_to),
    coversName: checkServerIdentity(host, certificate) === undefined,
    selfSigned:
      code === "DEPTH_ZERO_SELF_SIGNED_CERT" ||
      (code !== undefined && certificate.issuerCertificate === certificate),
    chainProblem: problem,
    outdatedIssuer:
      problem !== undefined && DATES.includes(problem) ? outdatedAbove(certificate) : undefined,
  };
}

function problemOf(error: unknown): string | undefined {
  const code = error instanceof Error ? codeOf(error) : error;
  if (typeof code !== "string" || code === "") return undefined;
  return code === "ERR_TLS_CERT_ALTNAME_INVALID" ? undefined : code;
}

/** By the clock of this machine, as the handshake has judged it. */
function isInDate({ valid_from, valid_to }: PeerCertificate): boolean {
  return Date.parse(valid_from) <= Date.now() && Date.now() <= Date.parse(valid_to);
}

function outdatedAbove(certificate: DetailedPeerCertificate): TlsReading["outdatedIssuer"] {
  const seen = new Set([certificate]);
  let above: DetailedPeerCertificate | undefined = certificate.issuerCertificate;
  while (above !== undefined && !seen.has(above)) {
    if (!isInDate(above))
      return { subject: textOf(above.subject), validTo: new Date(above.valid_to) };
    seen.add(above);
    above = above.issuerCertificate;
  }
  return undefined;
}

function textOf(name: PeerCertificate["subject"] | undefined): string {
  const parts = [name?.CN, name?.O].flat().filter((part) => part !== undefined);
  return parts.join(", ");
}

function namesOf({ subjectaltname = "" }: PeerCertificate): string[] {
  return subjectaltname
    .split(/,\s*/)
    .map((name) => name.replace(/^(DNS|IP Address):/, ""))
    .filter((name) => name !== "");
}
