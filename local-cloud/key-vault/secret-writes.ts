// How secrets come, change and go, whether Resource Manager or the vault's own endpoint is asked. Call inside a transaction.
import { randomBytes } from "node:crypto";
import { Extensions } from "../arm/mechanics/extension-store.js";
import { type ResourceRecord, ResourceStore } from "../arm/mechanics/resource-store.js";
import type { CloudContext, Origins } from "../cloud-context.js";
import { vaultEndpoint } from "./endpoints.js";
import { KeyVaultError } from "./key-vault-error.js";
import {
  keptSecret,
  latestOf,
  putSecret,
  type SecretAttributes,
  type SecretVersion,
  type VaultSecret,
} from "./vault-store.js";

export const SECRET_TYPE = "Microsoft.KeyVault/vaults/secrets";
/** "Azure Key Vault service limits": 25 KB. */
const MOST_CHARACTERS = 25_600;

export interface SecretContent {
  readonly value: string;
  readonly contentType?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly attributes?: Partial<Pick<SecretAttributes, "enabled" | "nbf" | "exp">>;
  readonly certificate?: string;
}

/** A new version of a secret. Throws KeyVaultError. */
export function setSecret(
  context: CloudContext,
  vault: ResourceRecord,
  name: string,
  content: SecretContent,
): { readonly secret: VaultSecret; readonly version: SecretVersion } {
  const { value, contentType, tags = {}, attributes = {}, certificate } = content;
  if (!/^[0-9a-zA-Z-]{1,127}$/.test(name)) {
    throw new KeyVaultError(
      400,
      "BadParameter",
      `The request URI contains an invalid name: ${name}`,
    );
  }
  if (value.length > MOST_CHARACTERS) {
    throw new KeyVaultError(
      400,
      "BadParameter",
      `The value of a secret has at most ${MOST_CHARACTERS} characters, got ${value.length}.`,
    );
  }
  const before = keptSecret(context.store, vaultName(vault), name, context.now());
  if (before?.deleted !== undefined) throw deletedButRecoverable(before);
  const now = seconds(context);
  const version: SecretVersion = {
    version: randomBytes(16).toString("hex"),
    value,
    ...(contentType === undefined ? {} : { contentType }),
    attributes: { enabled: true, ...attributes, created: now, updated: now },
    tags,
    ...(certificate === undefined ? {} : { certificate }),
  };
  const secret: VaultSecret = {
    name: before?.name ?? name,
    versions: before === undefined ? [version] : [...before.versions, version],
  };
  keepSecret(context, vault, secret);
  return { secret, version };
}

/** Changes what is said about one version: all but its value. */
export function changeVersion(
  context: CloudContext,
  vault: ResourceRecord,
  secret: VaultSecret,
  before: SecretVersion,
  { attributes, ...changes }: Omit<SecretContent, "value">,
): SecretVersion {
  const after: SecretVersion = {
    ...before,
    ...changes,
    attributes: { ...before.attributes, ...attributes, updated: seconds(context) },
  };
  const changed = (one: SecretVersion) => (one.version === after.version ? after : one);
  const [first, ...rest] = secret.versions;
  keepSecret(context, vault, { ...secret, versions: [changed(first), ...rest.map(changed)] });
  return after;
}

/** Stores a secret as it is now, and shows it in Resource Manager. */
export function keepSecret(
  context: CloudContext,
  vault: ResourceRecord,
  secret: VaultSecret,
): void {
  putSecret(context.store, vaultName(vault), secret);
  showSecret(context, vault, secret);
}

/** The resource that a secret is. */
export function showSecret(
  { store, origins, now }: CloudContext,
  vault: ResourceRecord,
  secret: VaultSecret,
): void {
  const resources = new ResourceStore(store);
  const { subscriptionId, resourceGroup } = vault;
  const id = {
    subscriptionId,
    resourceGroup,
    type: SECRET_TYPE,
    names: [vaultName(vault), secret.name],
  };
  const changedTime = now().toISOString();
  const latest = latestOf(secret);
  resources.put({
    ...id,
    id: `${vault.id}/secrets/${secret.name}`,
    ...(vault.location === undefined ? {} : { location: vault.location }),
    tags: latest.tags,
    properties: secretProperties(origins(), vaultName(vault), secret.name, latest),
    claims: [],
    createdTime: resources.get(id)?.createdTime ?? changedTime,
    changedTime,
  });
}

/** What Resource Manager shows of a secret: never its value. */
export function secretProperties(
  origins: Origins,
  vault: string,
  name: string,
  { version, contentType, attributes }: SecretVersion,
) {
  const secretUri = `${vaultEndpoint(origins, vault)}secrets/${name}`;
  return {
    attributes,
    ...(contentType === undefined ? {} : { contentType }),
    secretUri,
    secretUriWithVersion: `${secretUri}/${version}`,
  };
}

/** Deletes a secret so that it can be recovered for as long as the vault keeps what is deleted. */
export function deleteSecret(
  context: CloudContext,
  vault: ResourceRecord,
  secret: VaultSecret,
): VaultSecret {
  const on = context.now();
  const purgeOn = new Date(on.getTime() + retentionDays(vault) * 24 * 60 * 60 * 1000);
  const deleted = { ...secret, deleted: { on: on.toISOString(), purgeOn: purgeOn.toISOString() } };
  putSecret(context.store, vaultName(vault), deleted);
  const resources = new ResourceStore(context.store);
  const record = resources.byId(`${vault.id}/secrets/${secret.name}`);
  if (record !== undefined) {
    resources.remove(record);
    new Extensions(context.store).removeWith(record.id);
  }
  return deleted;
}

export function retentionDays({ properties }: ResourceRecord): number {
  return Number(properties["softDeleteRetentionInDays"] ?? 90);
}

export function vaultName({ names }: ResourceRecord): string {
  return names[0] ?? "";
}

function seconds({ now }: CloudContext): number {
  return Math.floor(now().getTime() / 1000);
}

function deletedButRecoverable({ name }: VaultSecret): KeyVaultError {
  return new KeyVaultError(
    409,
    "Conflict",
    `Secret ${name} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the secret can only be recovered or purged.`,
    { inner: "ObjectIsDeletedButRecoverable" },
  );
}
