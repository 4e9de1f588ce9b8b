// Deleted secrets of a vault by its own endpoint: until they are purged they keep their names and can be recovered.
import { KeyVaultError } from "./key-vault-error.js";
import { READ_METADATA, secretOperation } from "./secret-operations.js";
import { deletion, secretItem } from "./secret-view.js";
import { keepSecret, vaultName } from "./secret-writes.js";
import { type VaultCall, type VaultRoute, vaultPage } from "./vault-call.js";
import { keptSecret, latestOf, removeSecret, secretsIn, type VaultSecret } from "./vault-store.js";

export const deletedSecretRoutes: readonly VaultRoute[] = [
  { method: "GET", path: "deletedsecrets", operation: READ_METADATA, handle: list },
  {
    method: "GET",
    path: "deletedsecrets/{name}",
    operation: secretOperation("readMetadata/action", "get"),
    handle: (call) => Response.json(deletedItem(call, existing(call), true)),
  },
  {
    method: "DELETE",
    path: "deletedsecrets/{name}",
    operation: secretOperation("purge/action", "purge"),
    handle: purge,
  },
  {
    method: "POST",
    path: "deletedsecrets/{name}/recover",
    operation: secretOperation("recover/action", "recover"),
    handle: recover,
  },
];

function list(call: VaultCall): Response {
  const { context, vault } = call;
  const deleted = secretsIn(context.store, vaultName(vault), "deleted", context.now());
  return vaultPage(
    call,
    "deletedsecrets",
    deleted.map((secret) => deletedItem(call, secret, false)),
  );
}

function deletedItem({ context, vault }: VaultCall, secret: VaultSecret, withVersion: boolean) {
  return {
    ...secretItem(context, vault, secret, latestOf(secret), withVersion),
    ...deletion(context, vault, secret),
  };
}

function purge(call: VaultCall): Response {
  const { context, vault } = call;
  const { name } = existing(call);
  if (vault.properties["enablePurgeProtection"] === true) {
    throw new KeyVaultError(
      403,
      "Forbidden",
      'Operation "purge" is not allowed because purge protection is enabled for this vault. Key Vault service will automatically purge it after the retention period has passed.',
      { inner: "ForbiddenByPolicy" },
    );
  }
  removeSecret(context.store, vaultName(vault), name);
  return new Response(null, { status: 204 });
}

function recover(call: VaultCall): Response {
  const { context, vault } = call;
  const { deleted: _, ...secret } = existing(call);
  keepSecret(context, vault, secret);
  return Response.json(secretItem(context, vault, secret, latestOf(secret), true));
}

function existing({ context, vault, name }: VaultCall): VaultSecret {
  const secret = keptSecret(context.store, vaultName(vault), name, context.now());
  if (secret?.deleted !== undefined) return secret;
  throw new KeyVaultError(404, "SecretNotFound", `Deleted Secret not found: ${name}`);
}
