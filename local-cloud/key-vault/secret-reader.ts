// How other parts of Azure read what a vault holds, in the name of an identity: the extension of a machine, an app's settings,
// a certificate of a site.
import type { ResourceRecord } from "../arm/mechanics/resource-store.js";
import type { CloudContext } from "../cloud-context.js";
import { secretIn } from "./endpoints.js";
import { KeyVaultError } from "./key-vault-error.js";
import { GET_SECRET } from "./secret-operations.js";
import { checkEnabled, secretNotFound } from "./secret-routes.js";
import { vaultName } from "./secret-writes.js";
import { type CallerPlace, checkAccess, checkPlace } from "./vault-access.js";
import { findVault, type SecretVersion, secretOf, versionOf } from "./vault-store.js";

export interface SecretQuestion {
  /** Address of the secret, with or without a version: `{vaultUri}secrets/{name}`. */
  readonly uri: string;
  /** Object id of the identity that reads it. */
  readonly principalId: string;
  /** Where from. @default nowhere that a network rule could know */
  readonly from?: CallerPlace;
}

/** The secret, or why the vault does not hand it out: code and message as its endpoint answers them. */
export type SecretAnswer =
  | { readonly vault: ResourceRecord; readonly secret: SecretVersion }
  | { readonly status: number; readonly code: string; readonly message: string };

export function readSecret(context: CloudContext, question: SecretQuestion): SecretAnswer {
  try {
    return found(context, question);
  } catch (error) {
    if (!(error instanceof KeyVaultError)) throw error;
    const { status, code, message } = error;
    return { status, code, message };
  }
}

function found(
  context: CloudContext,
  { uri, principalId, from = {} }: SecretQuestion,
): SecretAnswer {
  const named = secretIn(context.origins(), uri);
  const vault = named === undefined ? undefined : findVault(context.store, named.vault);
  if (named === undefined || vault === undefined) {
    throw new KeyVaultError(404, "VaultNotFound", `There is no vault at '${uri}'.`);
  }
  const { name, version = "" } = named;
  checkPlace(vault, from);
  checkAccess(context, vault, { oid: principalId }, GET_SECRET, name);
  const secret = secretOf(context.store, vaultName(vault), name);
  const one = secret === undefined ? undefined : versionOf(secret, version);
  if (one === undefined) throw secretNotFound(version === "" ? name : `${name}/${version}`);
  checkEnabled(one);
  return { vault, secret: one };
}
