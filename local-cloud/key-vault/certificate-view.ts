// Certificates as answers of a vault show them. The policy of an imported certificate is read off the certificate itself.
import { createHash, X509Certificate } from "node:crypto";
import type { ResourceRecord } from "../arm/mechanics/resource-store.js";
import type { CloudContext } from "../cloud-context.js";
import { objectUrl } from "./endpoints.js";
import { recovery } from "./secret-view.js";
import { vaultName } from "./secret-writes.js";
import type { SecretVersion, VaultSecret } from "./vault-store.js";

/** A version of a secret that came with a certificate. */
export type CertificateVersion = SecretVersion & { readonly certificate: string };

export function hasCertificate(version: SecretVersion | undefined): version is CertificateVersion {
  return version?.certificate !== undefined;
}

/** As a list shows it; the id ends in the version where one version is meant. */
export function certificateItem(
  { origins }: CloudContext,
  vault: ResourceRecord,
  { name }: VaultSecret,
  { version, attributes, tags, certificate }: CertificateVersion,
  withVersion: boolean,
) {
  const own = withVersion ? [name, version] : [name];
  const raw = new X509Certificate(certificate).raw;
  return {
    id: objectUrl(origins(), vaultName(vault), "certificates", ...own),
    x5t: createHash("sha1").update(raw).digest("base64url"),
    attributes: withVersion ? { ...attributes, ...recovery(vault) } : attributes,
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
  };
}

export function certificateBundle(
  context: CloudContext,
  vault: ResourceRecord,
  secret: VaultSecret,
  version: CertificateVersion,
) {
  const url = (collection: string) =>
    objectUrl(context.origins(), vaultName(vault), collection, secret.name, version.version);
  return {
    ...certificateItem(context, vault, secret, version, true),
    kid: url("keys"),
    sid: url("secrets"),
    cer: new X509Certificate(version.certificate).raw.toString("base64"),
    policy: certificatePolicy(context, vault, secret, version),
  };
}

export function certificatePolicy(
  { origins }: CloudContext,
  vault: ResourceRecord,
  { name }: VaultSecret,
  { certificate, contentType, attributes }: CertificateVersion,
) {
  const x509 = new X509Certificate(certificate);
  const { modulusLength, namedCurve } = x509.publicKey.asymmetricKeyDetails ?? {};
  const months = Math.round((Date.parse(x509.validTo) - Date.parse(x509.validFrom)) / MONTH_MS);
  return {
    id: `${objectUrl(origins(), vaultName(vault), "certificates", name)}/policy`,
    key_props: {
      exportable: true,
      kty: x509.publicKey.asymmetricKeyType === "ec" ? "EC" : "RSA",
      ...(modulusLength === undefined ? {} : { key_size: modulusLength }),
      ...(namedCurve === undefined ? {} : { crv: CURVES[namedCurve] ?? namedCurve }),
      reuse_key: false,
    },
    secret_props: { contentType },
    x509_props: {
      subject: x509.subject.split("\n").reverse().join(", "),
      sans: { dns_names: dnsNames(x509) },
      validity_months: months,
      basic_constraints: { ca: x509.ca },
    },
    lifetime_actions: [],
    issuer: { name: "Unknown" },
    attributes: { enabled: true, created: attributes.created, updated: attributes.updated },
  };
}

const MONTH_MS = (365.25 / 12) * 24 * 60 * 60 * 1000;
const CURVES: Readonly<Record<string, string>> = {
  prime256v1: "P-256",
  secp384r1: "P-384",
  secp521r1: "P-521",
};

function dnsNames({ subjectAltName = "" }: X509Certificate): string[] {
  return subjectAltName
    .split(", ")
    .flatMap((name) => (name.startsWith("DNS:") ? [name.slice(4)] : []));
}
