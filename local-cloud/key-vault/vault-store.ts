// Vaults as their endpoints know them, and what they hold. A certificate is kept with the secret that comes with it: both
// have the same name and versions. Call the writing functions inside a transaction.
import { type ResourceRecord, ResourceStore } from "../arm/mechanics/resource-store.js";
import type { Store } from "../state/store.js";

/** Seconds since 1970, as the protocol has them. */
export interface SecretAttributes {
  readonly enabled: boolean;
  readonly nbf?: number;
  readonly exp?: number;
  readonly created: number;
  readonly updated: number;
}

export interface SecretVersion {
  /** 32 hex digits. */
  readonly version: string;
  readonly value: string;
  readonly contentType?: string;
  readonly attributes: SecretAttributes;
  readonly tags: Readonly<Record<string, string>>;
  /** PEM of the certificate whose secret this is. */
  readonly certificate?: string;
}

export interface VaultSecret {
  readonly name: string;
  /** The oldest first; never empty. */
  readonly versions: readonly [SecretVersion, ...SecretVersion[]];
  /** When it was deleted and can be recovered; ISO times. */
  readonly deleted?: { readonly on: string; readonly purgeOn: string };
}

/** Names of vaults are unique over all of Azure. */
export function vaultClaim(name: string): string {
  return `vault/${name.toLowerCase()}`;
}

/** The vault with this name, whoever has it. */
export function findVault(store: Store, name: string): ResourceRecord | undefined {
  return new ResourceStore(store).holderOf(vaultClaim(name));
}

/** Also one that was deleted and can still be recovered. */
export function keptSecret(
  store: Store,
  vault: string,
  name: string,
  now: Date,
): VaultSecret | undefined {
  const secret = store.get<VaultSecret>("vaultSecrets", key(vault, name));
  return secret === undefined || isOver(secret, now) ? undefined : secret;
}

/** A secret that is there. */
export function secretOf(store: Store, vault: string, name: string): VaultSecret | undefined {
  const secret = store.get<VaultSecret>("vaultSecrets", key(vault, name));
  return secret?.deleted === undefined ? secret : undefined;
}

/** Those that are there, or those that can be recovered. */
export function secretsIn(
  store: Store,
  vault: string,
  which: "there" | "deleted",
  now: Date,
): VaultSecret[] {
  return secretsOf(store, vault).filter((secret) =>
    which === "there" ? secret.deleted === undefined : secret.deleted && !isOver(secret, now),
  );
}

function secretsOf(store: Store, vault: string): VaultSecret[] {
  return store.entries<VaultSecret>("vaultSecrets", key(vault, "")).map(({ value }) => value);
}

export function putSecret(store: Store, vault: string, secret: VaultSecret): void {
  store.put("vaultSecrets", key(vault, secret.name), secret);
}

export function removeSecret(store: Store, vault: string, name: string): void {
  store.remove("vaultSecrets", key(vault, name));
}

/** Everything of a vault that is purged. */
export function removeVaultContents(store: Store, vault: string): void {
  for (const { name } of secretsOf(store, vault)) removeSecret(store, vault, name);
}

export function latestOf({ versions }: VaultSecret): SecretVersion {
  return versions.at(-1) ?? versions[0];
}

/** The newest version, or the one that is asked for. */
export function versionOf({ versions }: VaultSecret, version?: string): SecretVersion | undefined {
  if (version === undefined || version === "") return versions.at(-1);
  return versions.find((candidate) => candidate.version === version.toLowerCase());
}

function isOver({ deleted }: VaultSecret, now: Date): boolean {
  return deleted !== undefined && Date.parse(deleted.purgeOn) <= now.getTime();
}

function key(vault: string, name: string): string {
  return `${vault}/${name}`.toLowerCase();
}
