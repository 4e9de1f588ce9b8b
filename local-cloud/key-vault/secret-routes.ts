// Secrets of a vault by its own endpoint ("Azure Key Vault REST API reference", secrets).
import type { JsonObject } from "../arm/mechanics/body-fields.js";
import { KeyVaultError } from "./key-vault-error.js";
import { deletion, secretBundle, secretItem } from "./secret-view.js";
import {
  deleteSecret,
  keepSecret,
  type SecretContent,
  seconds,
  setSecret,
  vaultName,
} from "./secret-writes.js";
import type { VaultOperation } from "./vault-access.js";
import { type VaultCall, type VaultRoute, vaultPage } from "./vault-call.js";
import {
  keptSecret,
  removeSecret,
  type SecretVersion,
  secretOf,
  secretsIn,
  type VaultSecret,
  versionOf,
} from "./vault-store.js";

export const GET_SECRET = operation("getSecret/action", "get");
const READ_METADATA = operation("readMetadata/action", "list");

function operation(dataAction: string, permission: string): VaultOperation {
  return { collection: "secrets", dataAction: `secrets/${dataAction}`, permission };
}

export const secretRoutes: readonly VaultRoute[] = [
  {
    method: "GET",
    path: "secrets",
    operation: READ_METADATA,
    handle: (call) => list(call, "there"),
  },
  { method: "GET", path: "secrets/{name}/versions", operation: READ_METADATA, handle: versions },
  { method: "GET", path: "secrets/{name}/{version}", operation: GET_SECRET, handle: get },
  {
    method: "PUT",
    path: "secrets/{name}",
    operation: operation("setSecret/action", "set"),
    handle: put,
  },
  {
    method: "PATCH",
    path: "secrets/{name}/{version}",
    operation: operation("update/action", "set"),
    handle: patch,
  },
  {
    method: "DELETE",
    path: "secrets/{name}",
    operation: operation("delete", "delete"),
    handle: remove,
  },
  {
    method: "GET",
    path: "deletedsecrets",
    operation: READ_METADATA,
    handle: (call) => list(call, "deleted"),
  },
  {
    method: "GET",
    path: "deletedsecrets/{name}",
    operation: operation("readMetadata/action", "get"),
    handle: getDeleted,
  },
  {
    method: "DELETE",
    path: "deletedsecrets/{name}",
    operation: operation("purge/action", "purge"),
    handle: purge,
  },
  {
    method: "POST",
    path: "deletedsecrets/{name}/recover",
    operation: operation("recover/action", "recover"),
    handle: recover,
  },
];

function list(call: VaultCall, which: "there" | "deleted"): Response {
  const { context, vault } = call;
  const items = secretsIn(context.store, vaultName(vault), which, context.now()).map((secret) => ({
    ...secretItem(context, vault, secret, latestOf(secret), false),
    ...(which === "deleted" ? deletion(context, vault, secret) : {}),
  }));
  return vaultPage(call, which === "there" ? "secrets" : "deletedsecrets", items);
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
  const content: SecretContent = { value, ...changesIn(body) };
  const { secret, version } = setSecret(context, vault, name, content);
  return Response.json(secretBundle(context, vault, secret, version));
}

function patch(call: VaultCall): Response {
  const { context, vault, body } = call;
  const secret = existing(call);
  const before = existingVersion(call, secret);
  const { attributes, ...changes } = changesIn(body);
  const after: SecretVersion = {
    ...before,
    ...changes,
    attributes: { ...before.attributes, ...attributes, updated: seconds(context) },
  };
  const [first, ...rest] = secret.versions;
  const changed = (one: SecretVersion) => (one.version === after.version ? after : one);
  keepSecret(context, vault, { ...secret, versions: [changed(first), ...rest.map(changed)] });
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

function getDeleted(call: VaultCall): Response {
  const { context, vault } = call;
  const secret = existingDeleted(call);
  return Response.json({
    ...secretItem(context, vault, secret, latestOf(secret), true),
    ...deletion(context, vault, secret),
  });
}

function purge(call: VaultCall): Response {
  const { context, vault } = call;
  const { name } = existingDeleted(call);
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
  const { deleted: _, ...secret } = existingDeleted(call);
  keepSecret(context, vault, secret);
  return Response.json(secretItem(context, vault, secret, latestOf(secret), true));
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

function existingDeleted({ context, vault, name }: VaultCall): VaultSecret {
  const secret = keptSecret(context.store, vaultName(vault), name, context.now());
  if (secret?.deleted !== undefined) return secret;
  throw new KeyVaultError(404, "SecretNotFound", `Deleted Secret not found: ${name}`);
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

function latestOf({ versions: all }: VaultSecret): SecretVersion {
  return all.at(-1) ?? all[0];
}

/** What a body says besides the value. */
function changesIn(body: JsonObject): Omit<SecretContent, "value"> {
  const { contentType, tags, attributes } = body;
  if (contentType !== undefined && contentType !== null && typeof contentType !== "string") {
    throw badBody("'contentType' is a string.");
  }
  const { enabled, nbf, exp } = Object(attributes ?? {});
  if (enabled !== undefined && typeof enabled !== "boolean")
    throw badBody("'enabled' is a boolean.");
  for (const time of [nbf, exp]) {
    if (time !== undefined && time !== null && !Number.isInteger(time)) {
      throw badBody("'nbf' and 'exp' are seconds since 1970.");
    }
  }
  return {
    ...(typeof contentType === "string" ? { contentType } : {}),
    ...(tags === undefined || tags === null ? {} : { tags: textsIn(tags) }),
    attributes: {
      ...(enabled === undefined ? {} : { enabled }),
      ...(Number.isInteger(nbf) ? { nbf } : {}),
      ...(Number.isInteger(exp) ? { exp } : {}),
    },
  };
}

function textsIn(tags: unknown): Record<string, string> {
  const entries = Object.entries(Object(tags));
  if (entries.every((entry): entry is [string, string] => typeof entry[1] === "string")) {
    return Object.fromEntries(entries);
  }
  throw badBody("'tags' are strings.");
}

function badBody(why: string): KeyVaultError {
  return new KeyVaultError(400, "BadParameter", `The request body is not valid: ${why}`);
}
