// A certificate authority of this state folder alone, and the certificate of its servers. The authority's key
// is readable by the owner only and the authority goes into no trust store: clients are pointed at the PEM file.
import { randomBytes, X509Certificate } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "selfsigned";
import { OWNER_ONLY, writeWhole } from "../state/write-whole.js";

const DAY_MS = 24 * 60 * 60 * 1000;
const AUTHORITY_DAYS = 3650;
/** As long as browsers accept from a leaf. */
const LEAF_DAYS = 397;
const RENEW_BEFORE_DAYS = 30;

export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
  /** The authority's certificate, PEM. */
  readonly ca: string;
}

/** Reads the certificates in `folder`, and makes what is missing or about to expire. */
export async function serverCertificate(folder: string, now: Date): Promise<ServerCertificate> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const authority = await keptPair(folder, "ca", now, () => newAuthority(now));
  const leaf = await keptPair(folder, "server", now, () => newLeaf(authority, now));
  const issued = new X509Certificate(leaf.cert).checkIssued(new X509Certificate(authority.cert));
  // A folder may be older than one of the names.
  const named = new X509Certificate(leaf.cert).checkHost("any.vault.localhost") !== undefined;
  const server =
    issued && named ? leaf : await madePair(folder, "server", () => newLeaf(authority, now));
  return { key: server.key, cert: server.cert, ca: authority.cert };
}

interface Pair {
  readonly key: string;
  readonly cert: string;
}

async function keptPair(
  folder: string,
  name: string,
  now: Date,
  make: () => Promise<Pair>,
): Promise<Pair> {
  const cert = join(folder, `${name}.pem`);
  const key = join(folder, `${name}.key`);
  if (!existsSync(cert) || !existsSync(key)) return madePair(folder, name, make);
  chmodSync(key, OWNER_ONLY);
  const pair = { cert: readFileSync(cert, "utf8"), key: readFileSync(key, "utf8") };
  const left = Date.parse(new X509Certificate(pair.cert).validTo) - now.getTime();
  return left > RENEW_BEFORE_DAYS * DAY_MS ? pair : madePair(folder, name, make);
}

async function madePair(folder: string, name: string, make: () => Promise<Pair>): Promise<Pair> {
  const pair = await make();
  writeWhole(join(folder, `${name}.key`), pair.key, OWNER_ONLY);
  writeWhole(join(folder, `${name}.pem`), pair.cert);
  return pair;
}

async function newAuthority(now: Date): Promise<Pair> {
  // A name of its own: among several authorities clients find the signer of a certificate by its name.
  const name = `teams-calling-bot local cloud CA ${randomBytes(4).toString("hex")}`;
  const made = await generate([{ name: "commonName", value: name }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: new Date(now.getTime() - DAY_MS),
    notAfterDate: new Date(now.getTime() + AUTHORITY_DAYS * DAY_MS),
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return { key: made.private, cert: made.cert };
}

async function newLeaf(authority: Pair, now: Date): Promise<Pair> {
  const made = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: new Date(now.getTime() - DAY_MS),
    notAfterDate: new Date(now.getTime() + LEAF_DAYS * DAY_MS),
    ca: { key: authority.key, cert: authority.cert },
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 2, value: "*.vault.localhost" },
          { type: 7, ip: "127.0.0.1" },
          { type: 7, ip: "::1" },
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}
