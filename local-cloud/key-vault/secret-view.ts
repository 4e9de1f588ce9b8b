// Secrets as answers of a vault show them.
import type { ResourceRecord } from "../arm/mechanics/resource-store.js";
import type { CloudContext } from "../cloud-context.js";
import { objectUrl, vaultEndpoint } from "./endpoints.js";
import { retentionDays, vaultName } from "./secret-writes.js";
import type { SecretVersion, VaultSecret } from "./vault-store.js";

/** With the value. */
export function secretBundle(
  context: CloudContext,
  vault: ResourceRecord,
  secret: VaultSecret,
  version: SecretVersion,
) {
  return { value: version.value, ...secretItem(context, vault, secret, version, true) };
}

/** Without the value. The id ends in the version where one version is meant. */
export function secretItem(
  { origins }: CloudContext,
  vault: ResourceRecord,
  { name }: VaultSecret,
  { version, contentType, tags, certificate, attributes }: SecretVersion,
  withVersion: boolean,
) {
  const own = withVersion ? [name, version] : [name];
  const keyId = objectUrl(origins(), vaultName(vault), "keys", ...own);
  return {
    id: objectUrl(origins(), vaultName(vault), "secrets", ...own),
    attributes: { ...attributes, ...recovery(vault) },
    ...(contentType === undefined ? {} : { contentType }),
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
    ...(certificate === undefined ? {} : { managed: true, ...(withVersion ? { kid: keyId } : {}) }),
  };
}

/** What a deleted object adds to its answer. */
export function deletion(
  { origins }: CloudContext,
  vault: ResourceRecord,
  { name, deleted }: VaultSecret,
) {
  const at = (time: string | undefined) => Math.floor(Date.parse(time ?? "") / 1000);
  return {
    recoveryId: `${vaultEndpoint(origins(), vaultName(vault))}deletedsecrets/${name}`,
    deletedDate: at(deleted?.on),
    scheduledPurgeDate: at(deleted?.purgeOn),
  };
}

export function recovery(vault: ResourceRecord) {
  const kept = vault.properties["enablePurgeProtection"] === true;
  return {
    recoveryLevel: kept ? "Recoverable" : "Recoverable+Purgeable",
    recoverableDays: retentionDays(vault),
  };
}
