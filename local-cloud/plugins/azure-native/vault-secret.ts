// A secret goes by the vault's own endpoint, because Resource Manager cannot delete one (custom_keyvault.go of
// pulumi-azure-native). The real provider writes the host down itself; here the vault says where it is.
import { sendWithRetry } from "../http/retry.js";
import { objectOf, type Properties, textOf } from "../wire/property-values.js";
import { failureOf, objectIn } from "./arm-client.js";
import { VAULT_ROW } from "./key-vault-shape.js";
import { resourceId } from "./resource-id.js";
import type { StoragePlace } from "./storage-client.js";

const DATA_API_VERSION = "7.4";

/** Deletes a secret; one that is gone, or whose vault is, is no failure. */
export async function deleteVaultSecret(
  { client, http, policy, subscriptionId, tokens }: StoragePlace,
  inputs: Properties,
  signal: AbortSignal,
): Promise<void> {
  const id = resourceId(VAULT_ROW.path, inputs, subscriptionId);
  const vault = await client.send("GET", client.url(id, VAULT_ROW.apiVersion), signal);
  if (vault.status === 404) return;
  if (vault.status !== 200) throw failureOf(vault);
  const vaultUri = textOf(objectOf(objectIn(vault), "properties"), "vaultUri") ?? "";
  const name = encodeURIComponent(textOf(inputs, "secretName") ?? "");
  const token = await tokens.get("https://vault.azure.net/.default", signal);
  const url = new URL(`secrets/${name}?api-version=${DATA_API_VERSION}`, vaultUri).href;
  const headers = { authorization: `Bearer ${token}` };
  const response = await sendWithRetry(http, { method: "DELETE", url, headers, signal }, policy);
  if (response.status !== 200 && response.status !== 404) throw failureOf(response);
}
