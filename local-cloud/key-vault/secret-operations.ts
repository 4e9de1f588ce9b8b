// What is done with secrets, as roles and access policies name it.
import type { VaultOperation } from "./vault-access.js";

export const GET_SECRET = secretOperation("getSecret/action", "get");
export const READ_METADATA = secretOperation("readMetadata/action", "list");

/** @param dataAction below `Microsoft.KeyVault/vaults/secrets/` */
export function secretOperation(dataAction: string, permission: string): VaultOperation {
  return { collection: "secrets", dataAction: `secrets/${dataAction}`, permission };
}
