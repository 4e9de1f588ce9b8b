// What an import brings: a certificate with its private key, as PKCS #12 or PEM ("Import a certificate in Key Vault").
import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { KeyVaultError } from "./key-vault-error.js";
import { readPkcs12, writePkcs12 } from "./pkcs12.js";

export const PKCS12 = "application/x-pkcs12";
export const PEM = "application/x-pem-file";

export interface CertificateContent {
  /** PEM of the leaf. */
  readonly certificate: string;
  /** What the secret of the same name holds: PKCS #12 without a password in base64, or key and certificates as PEM. */
  readonly secret: string;
  readonly contentType: typeof PKCS12 | typeof PEM;
}

/** @param value base64 of a PKCS #12 file, or PEM. Throws KeyVaultError 400. */
export async function certificateContent(
  value: string,
  password: string,
  contentType: string | undefined,
): Promise<CertificateContent> {
  const isPem = contentType === PEM || (contentType === undefined && value.includes("-----BEGIN"));
  if (!isPem && contentType !== undefined && contentType !== PKCS12) {
    throw invalid(`The content type is ${PKCS12} or ${PEM}, got '${contentType}'.`);
  }
  const { keys, certificates } = isPem ? readPem(value) : await opened(value, password);
  const [key, ...moreKeys] = keys;
  if (key === undefined || moreKeys.length > 0) {
    throw invalid(
      `The specified ${isPem ? "PEM" : "PKCS#12"} X.509 certificate content must have exactly one private key, got ${keys.length}.`,
    );
  }
  const privateKey = createPrivateKey(key);
  const leaf = certificates.find((one) => new X509Certificate(one).checkPrivateKey(privateKey));
  if (leaf === undefined) throw invalid("The private key belongs to none of the certificates.");
  const chain = [leaf, ...certificates.filter((other) => other !== leaf)];
  return {
    certificate: leaf,
    contentType: isPem ? PEM : PKCS12,
    secret: isPem
      ? [pkcs8(privateKey), ...chain].join("")
      : (await writePkcs12(key, chain)).toString("base64"),
  };
}

async function opened(value: string, password: string) {
  try {
    return await readPkcs12(Buffer.from(value, "base64"), password);
  } catch {
    throw invalid(
      "The specified PKCS#12 X.509 certificate content can not be read. Please check if certificate is in valid PKCS#12 format and its password is right.",
    );
  }
}

function readPem(text: string) {
  const blocks = text.match(/-----BEGIN ([A-Z ]+)-----[\s\S]+?-----END \1-----/g) ?? [];
  try {
    return {
      keys: blocks
        .filter((block) => block.includes("PRIVATE KEY-----"))
        .map((block) => pkcs8(createPrivateKey(block))),
      certificates: blocks
        .filter((block) => block.includes("BEGIN CERTIFICATE-----"))
        .map((block) => new X509Certificate(block).toString()),
    };
  } catch {
    throw invalid("The specified PEM X.509 certificate content is in an unexpected format.");
  }
}

function pkcs8(key: KeyObject): string {
  return String(key.export({ format: "pem", type: "pkcs8" }));
}

function invalid(message: string): KeyVaultError {
  return new KeyVaultError(400, "BadParameter", message);
}
