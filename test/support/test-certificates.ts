// Certificates as an authority would issue them, and some that no bot can use.
import { createPrivateKey, generateKeyPairSync, webcrypto, X509Certificate } from "node:crypto";
import { Certificate, CryptoEngine, Extension } from "pkijs";
import { generate } from "selfsigned";

const DAY_MS = 24 * 60 * 60 * 1000;

export interface TestCertificateOptions {
  /** @default ["bot.contoso.com"] */
  readonly names?: readonly string[];
  /** @default yesterday */
  readonly notBefore?: Date;
  /** @default in 200 days */
  readonly notAfter?: Date;
  /** @default "rsa" */
  readonly keyType?: "rsa" | "ec";
  /** @default false */
  readonly selfSigned?: boolean;
  /** @default "serverAuth" */
  readonly use?: "serverAuth" | "clientAuth" | "none";
  /** Whether it carries a receipt of a public log, as those of public authorities do. @default true */
  readonly logged?: boolean;
  /** Name of the authority. @default "Test Authority" */
  readonly authority?: string;
}

export interface TestCertificate {
  /** DER, without the key. */
  readonly der: Uint8Array;
  /** PEM of certificate and key together, as a vault takes it. */
  readonly pem: string;
}

/** Issues one by a new authority, or by itself. */
export async function testCertificate(
  options: TestCertificateOptions = {},
): Promise<TestCertificate> {
  const { names = ["bot.contoso.com"], keyType = "rsa", use = "serverAuth" } = options;
  const { selfSigned = false, logged = true } = options;
  const now = Date.now();
  const validity = {
    notBeforeDate: options.notBefore ?? new Date(now - DAY_MS),
    notAfterDate: options.notAfter ?? new Date(now + 200 * DAY_MS),
  };
  const authority = selfSigned ? undefined : await authorityOf(keyType, options.authority);
  const made = await generate([{ name: "commonName", value: names[0] ?? "none" }], {
    keyType,
    keyPair: keyPairOf(keyType),
    algorithm: "sha256",
    ...validity,
    ...(authority === undefined ? {} : { ca: { key: authority.private, cert: authority.cert } }),
    extensions: [
      ...(use === "none" ? [] : [{ name: "extKeyUsage" as const, [use]: true }]),
      {
        name: "subjectAltName",
        altNames: names.map((value) => ({ type: 2 as const, value })),
      },
    ],
  });
  const issued = new X509Certificate(made.cert);
  const certificate = logged
    ? await withReceipt(issued, authority?.private ?? made.private)
    : issued;
  return { der: new Uint8Array(certificate.raw), pem: `${made.private}${certificate}` };
}

const SHA_256 = { name: "SHA-256" };

/** The same one with an empty list of receipts, signed again: the library that made it knows no such extension. */
async function withReceipt({ raw }: X509Certificate, authorityKey: string) {
  const certificate = Certificate.fromBER(raw);
  const { extensions = [] } = certificate;
  certificate.extensions = [
    ...extensions,
    new Extension({
      extnID: "1.3.6.1.4.1.11129.2.4.2",
      extnValue: new Uint8Array([4, 2, 0, 0]).buffer,
    }),
  ];
  const key = createPrivateKey(authorityKey);
  const algorithm =
    key.asymmetricKeyType === "rsa"
      ? { name: "RSASSA-PKCS1-v1_5", hash: SHA_256 }
      : { name: "ECDSA", namedCurve: "P-256" };
  const pkcs8 = key.export({ type: "pkcs8", format: "der" });
  const signer = await webcrypto.subtle.importKey("pkcs8", pkcs8, algorithm, false, ["sign"]);
  const crypto = new CryptoEngine({ crypto: webcrypto });
  await certificate.sign(signer, SHA_256.name, crypto);
  return new X509Certificate(Buffer.from(certificate.toSchema().toBER()));
}

const authorities = new Map<string, ReturnType<typeof generate>>();

/** One authority a type of key: the library signs with no other type than the certificate's. */
function authorityOf(keyType: "rsa" | "ec", name = "Test Authority") {
  const known = authorities.get(`${keyType} ${name}`);
  if (known !== undefined) return known;
  const made = generate([{ name: "commonName", value: name }], {
    keyType,
    keyPair: keyPairOf(keyType),
    algorithm: "sha256",
    extensions: [{ name: "basicConstraints", cA: true, critical: true }],
  });
  authorities.set(`${keyType} ${name}`, made);
  return made;
}

const keyPairs = new Map<string, { publicKey: string; privateKey: string }>();

/** One key pair a type for all: making RSA keys is what takes time. */
function keyPairOf(keyType: "rsa" | "ec") {
  const known = keyPairs.get(keyType);
  if (known !== undefined) return known;
  const { publicKey, privateKey } =
    keyType === "rsa"
      ? generateKeyPairSync("rsa", { modulusLength: 2048 })
      : generateKeyPairSync("ec", { namedCurve: "P-256" });
  const made = {
    publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
  keyPairs.set(keyType, made);
  return made;
}
