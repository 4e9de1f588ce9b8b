// Certificates as an authority would issue them, and some that no bot can use.
import { generateKeyPairSync, X509Certificate } from "node:crypto";
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
  const { selfSigned = false } = options;
  const now = Date.now();
  const validity = {
    notBeforeDate: options.notBefore ?? new Date(now - DAY_MS),
    notAfterDate: options.notAfter ?? new Date(now + 200 * DAY_MS),
  };
  const authority = selfSigned ? undefined : await authorityOf(keyType);
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
  return {
    der: new Uint8Array(new X509Certificate(made.cert).raw),
    pem: `${made.private}${made.cert}`,
  };
}

const authorities = new Map<string, ReturnType<typeof generate>>();

/** One authority a type of key: the library signs with no other type than the certificate's. */
function authorityOf(keyType: "rsa" | "ec") {
  const known = authorities.get(keyType);
  if (known !== undefined) return known;
  const made = generate([{ name: "commonName", value: "Test Authority" }], {
    keyType,
    keyPair: keyPairOf(keyType),
    algorithm: "sha256",
    extensions: [{ name: "basicConstraints", cA: true, critical: true }],
  });
  authorities.set(keyType, made);
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
