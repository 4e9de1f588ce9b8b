// The key that signs every token of this state folder. Readable by the owner only.
import { existsSync, readFileSync } from "node:fs";
import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from "jose";
import { OWNER_ONLY, writeWhole } from "../state/write-whole.js";

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** As the keys document publishes it. */
  readonly publicJwk: JWK;
}

const ALGORITHM = "RS256";

/** Reads the key at `path`, or makes one there. */
export async function signingKey(path: string): Promise<SigningKey> {
  if (!existsSync(path)) {
    const pair = await generateKeyPair(ALGORITHM, { extractable: true, modulusLength: 2048 });
    writeWhole(path, JSON.stringify(await exportJWK(pair.privateKey)), OWNER_ONLY);
  }
  const privateJwk: JWK = JSON.parse(readFileSync(path, "utf8"));
  const publicJwk: JWK = { kty: "RSA", ...pick(privateJwk, "n"), ...pick(privateJwk, "e") };
  const kid = await calculateJwkThumbprint(publicJwk);
  return {
    kid,
    privateKey: asKey(await importJWK(privateJwk, ALGORITHM)),
    publicKey: asKey(await importJWK(publicJwk, ALGORITHM)),
    publicJwk: { ...publicJwk, kid, use: "sig", alg: ALGORITHM },
  };
}

function pick(jwk: JWK, member: "n" | "e"): Partial<JWK> {
  const value = jwk[member];
  if (value === undefined) throw new Error(`the signing key lacks ${member}`);
  return { [member]: value };
}

function asKey(key: CryptoKey | Uint8Array): CryptoKey {
  if (key instanceof Uint8Array) throw new Error("the signing key is not an RSA key");
  return key;
}
