// PKCS #12 files (PFX): read with a password, written without one, as Key Vault hands a certificate out again.
import { createPrivateKey, X509Certificate } from "node:crypto";
import {
  AuthenticatedSafe,
  CertBag,
  Certificate,
  CryptoEngine,
  PFX,
  PKCS8ShroudedKeyBag,
  PrivateKeyInfo,
  SafeBag,
  SafeContents,
} from "pkijs";

export interface Pkcs12Content {
  /** PKCS #8, PEM. */
  readonly keys: readonly string[];
  /** PEM, in the order of the file. */
  readonly certificates: readonly string[];
}

const CERTIFICATE_BAG = "1.2.840.113549.1.12.10.1.3";
const SHROUDED_KEY_BAG = "1.2.840.113549.1.12.10.1.2";
const engine = new CryptoEngine({ name: "node", crypto: globalThis.crypto });
const NO_PASSWORD = new ArrayBuffer(0);

/** What is in a file. Throws when it is none, or when the password is not its. */
export async function readPkcs12(bytes: Uint8Array, password: string): Promise<Pkcs12Content> {
  const secret = arrayBuffer(new TextEncoder().encode(password));
  const file = PFX.fromBER(arrayBuffer(bytes));
  await file.parseInternalValues({ password: secret, checkIntegrity: true }, engine);
  const safe = file.parsedValue?.authenticatedSafe;
  if (safe === undefined) throw new Error("the file is empty");
  const passwords = safe.safeContents.map(() => ({ password: secret }));
  await safe.parseInternalValues({ safeContents: passwords }, engine);
  const found: { value: SafeContents }[] = safe.parsedValue.safeContents;
  const bags = found.flatMap(({ value }) => value.safeBags.map(({ bagValue }) => bagValue));
  return {
    keys: bags.flatMap((bag) =>
      bag instanceof PKCS8ShroudedKeyBag || bag instanceof PrivateKeyInfo
        ? [keyPem(bag, password)]
        : [],
    ),
    certificates: bags.flatMap((bag) =>
      bag instanceof CertBag && bag.parsedValue instanceof Certificate
        ? [certificatePem(bag.parsedValue)]
        : [],
    ),
  };
}

/** A file without a password, of one key and its certificates. */
export async function writePkcs12(key: string, certificates: readonly string[]): Promise<Buffer> {
  const keyBag = new PKCS8ShroudedKeyBag({
    parsedValue: PrivateKeyInfo.fromBER(
      arrayBuffer(createPrivateKey(key).export({ format: "der", type: "pkcs8" })),
    ),
  });
  await keyBag.makeInternalValues(
    {
      password: NO_PASSWORD,
      contentEncryptionAlgorithm: { name: "AES-CBC", length: 256 },
      hmacHashAlgorithm: "SHA-256",
      iterationCount: 2048,
    },
    engine,
  );
  const certificateBags = certificates.map(
    (certificate) =>
      new SafeBag({
        bagId: CERTIFICATE_BAG,
        bagValue: new CertBag({
          parsedValue: Certificate.fromBER(arrayBuffer(new X509Certificate(certificate).raw)),
        }),
      }),
  );
  const bags = [new SafeBag({ bagId: SHROUDED_KEY_BAG, bagValue: keyBag }), ...certificateBags];
  const safe = new AuthenticatedSafe({
    parsedValue: {
      safeContents: [{ privacyMode: 0, value: new SafeContents({ safeBags: bags }) }],
    },
  });
  await safe.makeInternalValues({ safeContents: [{}] }, engine);
  const file = new PFX({ parsedValue: { integrityMode: 0, authenticatedSafe: safe } });
  await file.makeInternalValues(
    {
      password: NO_PASSWORD,
      iterations: 2048,
      pbkdf2HashAlgorithm: "SHA-256",
      hmacHashAlgorithm: "SHA-256",
    },
    engine,
  );
  return Buffer.from(file.toSchema().toBER());
}

function keyPem(bag: PKCS8ShroudedKeyBag | PrivateKeyInfo, passphrase: string): string {
  const key = Buffer.from(bag.toSchema().toBER());
  const read = createPrivateKey({ key, format: "der", type: "pkcs8", passphrase });
  return String(read.export({ format: "pem", type: "pkcs8" }));
}

function certificatePem(certificate: Certificate): string {
  return new X509Certificate(Buffer.from(certificate.toSchema().toBER())).toString();
}

function arrayBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
