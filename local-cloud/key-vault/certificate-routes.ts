// Certificates of a vault by its own endpoint: they are read and imported. Issuing them takes a certificate authority.
import { X509Certificate } from "node:crypto";
import { certificateContent } from "./certificate-content.js";
import {
  type CertificateVersion,
  certificateBundle,
  certificateItem,
  certificatePolicy,
  hasCertificate,
} from "./certificate-view.js";
import { KeyVaultError } from "./key-vault-error.js";
import { setSecret, vaultName } from "./secret-writes.js";
import type { VaultOperation } from "./vault-access.js";
import { type VaultCall, type VaultRoute, vaultPage } from "./vault-call.js";
import { secretOf, secretsIn, type VaultSecret, versionOf } from "./vault-store.js";

const READ = operation("read", "get");
const LIST = operation("read", "list");

function operation(dataAction: string, permission: string): VaultOperation {
  return { collection: "certificates", dataAction: `certificates/${dataAction}`, permission };
}

export const certificateRoutes: readonly VaultRoute[] = [
  { method: "GET", path: "certificates", operation: LIST, handle: list },
  { method: "GET", path: "certificates/{name}/versions", operation: LIST, handle: versions },
  { method: "GET", path: "certificates/{name}/policy", operation: READ, handle: policy },
  { method: "GET", path: "certificates/{name}/{version}", operation: READ, handle: get },
  {
    method: "POST",
    path: "certificates/{name}/import",
    operation: operation("import/action", "import"),
    prepare: async ({ body }) => {
      const { value, pwd, policy: asked } = body;
      if (typeof value !== "string") {
        throw new KeyVaultError(400, "BadParameter", "The value of the certificate is not given.");
      }
      const contentType = Object(Object(asked).secret_props).contentType;
      const content = await certificateContent(
        value,
        typeof pwd === "string" ? pwd : "",
        typeof contentType === "string" ? contentType : undefined,
      );
      return { ...body, content };
    },
    handle: importCertificate,
  },
];

function list(call: VaultCall): Response {
  const { context, vault } = call;
  const items = secretsIn(context.store, vaultName(vault), "there", context.now()).flatMap(
    (secret) => {
      const version = versionOf(secret);
      return hasCertificate(version)
        ? [certificateItem(context, vault, secret, version, false)]
        : [];
    },
  );
  return vaultPage(call, "certificates", items);
}

function versions(call: VaultCall): Response {
  const { context, vault } = call;
  const [secret] = existing(call);
  const items = secret.versions
    .filter(hasCertificate)
    .map((version) => certificateItem(context, vault, secret, version, true));
  return vaultPage(call, `certificates/${secret.name}/versions`, items);
}

function policy(call: VaultCall): Response {
  return Response.json(certificatePolicy(call.context, call.vault, ...existing(call)));
}

function get(call: VaultCall): Response {
  return Response.json(certificateBundle(call.context, call.vault, ...existing(call)));
}

function importCertificate(call: VaultCall): Response {
  const { context, vault, body, name } = call;
  const { certificate, secret: value, contentType } = Object(body["content"]);
  const before = secretOf(context.store, vaultName(vault), name);
  if (before !== undefined && !hasCertificate(versionOf(before))) {
    // Not seen at the real service, which refuses as well: both would have the secret of that name.
    throw new KeyVaultError(
      409,
      "Conflict",
      `There is a secret '${name}' that is no certificate's.`,
    );
  }
  const { validFrom, validTo } = new X509Certificate(certificate);
  const at = (time: string) => Math.floor(Date.parse(time) / 1000);
  const { secret, version } = setSecret(context, vault, name, {
    value,
    contentType,
    certificate,
    tags: Object(body["tags"] ?? {}),
    attributes: { nbf: at(validFrom), exp: at(validTo) },
  });
  return Response.json(certificateBundle(context, vault, secret, { ...version, certificate }));
}

function existing({ context, vault, name, version }: VaultCall): [VaultSecret, CertificateVersion] {
  const secret = secretOf(context.store, vaultName(vault), name);
  const found = secret === undefined ? undefined : versionOf(secret, version);
  if (secret !== undefined && hasCertificate(found)) return [secret, found];
  throw new KeyVaultError(
    404,
    "CertificateNotFound",
    `A certificate with (name/id) ${version === "" ? name : `${name}/${version}`} was not found in this key vault. If you recently deleted this certificate you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182`,
  );
}
