// Secrets of a vault by its own endpoint ("Azure Key Vault REST API reference", secrets).
import { KeyVaultError } from "./key-vault-error.js";
import { badBody, contentChanges } from "./secret-body.js";
import { GET_SECRET, READ_METADATA, secretOperation } from "./secret-operations.js";
import { deletion, secretBundle, secretItem } from "./secret-view.js";
import { changeVersion, deleteSecret, setSecret, vaultName } from "./secret-writes.js";
import { type VaultCall, type VaultRoute, vaultPage } from "./vault-call.js";
import {
  latestOf,
  type SecretVersion,
  secretOf,
  secretsIn,
  type VaultSecret,
  versionOf,
} from "./vault-store.js";

export const secretRoutes: readonly VaultRoute[] = [
  { method: "GET", path: "secrets", operation: READ_METADATA, handle: list },
  { method: "GET", path: "secrets/{name}/versions", operation: READ_METADATA, handle: versions },
  { method: "GET", path: "secrets/{name}/{version}", operation: GET_SECRET, handle: get },
  {
    method: "PUT",
    path: "secrets/{name}",
    operation: secretOperation("setSecret/action", "set"),
    handle: put,
  },
  {
    method: "PATCH",
    path: "secrets/{name}/{version}",
    operation: secretOperation("update/action", "set"),
    handle: patch,
  },
  {
    method: "DELETE",
    path: "secrets/{name}",
    operation: secretOperation("delete", "delete"),
    handle: remove,
  },
];

function list(call: VaultCall): Response {
  const { context, vault } = call;
  const items = secretsIn(context.store, vaultName(vault), "there", context.now()).map((secret) =>
    secretItem(context, vault, secret, latestOf(secret), false),
  );
  return vaultPage(call, "secrets", items);
}

function versions(call: VaultCall): Response {
  const { context, vault } = call;
  const secret = existing(call);
  const items = secret.versions.map((version) => secretItem(context, vault, secret, version, true));
  return vaultPage(call, `secrets/${secret.name}/versions`, items);
}

function get(call: VaultCall): Response {
  const { context, vault } = call;
  const secret = existing(call);
  const version = existingVersion(call, secret);
  checkEnabled(version);
  return Response.json(secretBundle(context, vault, secret, version));
}

/** Throws 403 SecretDisabled. */
export function checkEnabled({ attributes }: SecretVersion): void {
  if (attributes.enabled) return;
  throw new KeyVaultError(403, "Forbidden", "Operation get is not allowed on a disabled secret.", {
    inner: "SecretDisabled",
  });
}

function put(call: VaultCall): Response {
  const { context, vault, body, name } = call;
  const { value } = body;
  if (typeof value !== "string") throw badBody("'value' is a string.");
  refuseManaged(secretOf(context.store, vaultName(vault), name));
  const content = { value, ...contentChanges(body) };
  const { secret, version } = setSecret(context, vault, name, content);
  return Response.json(secretBundle(context, vault, secret, version));
}

function patch(call: VaultCall): Response {
  const { context, vault, body } = call;
  const secret = existing(call);
  const version = existingVersion(call, secret);
  const after = changeVersion(context, vault, secret, version, contentChanges(body));
  return Response.json(secretItem(context, vault, secret, after, true));
}

function remove(call: VaultCall): Response {
  const { context, vault } = call;
  const secret = existing(call);
  refuseManaged(secret);
  const deleted = deleteSecret(context, vault, secret);
  return Response.json({
    ...secretItem(context, vault, deleted, latestOf(deleted), true),
    ...deletion(context, vault, deleted),
  });
}

function existing({ context, vault, name }: VaultCall): VaultSecret {
  const secret = secretOf(context.store, vaultName(vault), name);
  if (secret === undefined) throw secretNotFound(name);
  return secret;
}

function existingVersion({ name, version }: VaultCall, secret: VaultSecret): SecretVersion {
  const found = versionOf(secret, version);
  if (found === undefined) throw secretNotFound(`${name}/${version}`);
  return found;
}

/** 404; @param name of the secret, or name and version */
export function secretNotFound(name: string): KeyVaultError {
  return new KeyVaultError(
    404,
    "SecretNotFound",
    `A secret with (name/id) ${name} was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182`,
  );
}

/** The secret of a certificate comes and goes with that; the words of the refusal were not seen. */
function refuseManaged(secret: VaultSecret | undefined): void {
  if (secret === undefined || latestOf(secret).certificate === undefined) return;
  throw new KeyVaultError(
    403,
    "Forbidden",
    `The secret '${secret.name}' is managed by the certificate of the same name and cannot be changed by itself.`,
    { inner: "SecretManagedByKeyVault" },
  );
}
