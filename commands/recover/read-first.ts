// What the next update reads before it does anything else: the engine then drops what is not there, and makes it.
import type { StateResource } from "./stack-state.js";

/** Not behind Resource Manager, so a recovery leaves it to the provider to look. */
const OF_A_STORAGE_ACCOUNT = [
  "azure-native:storage:Blob",
  "azure-native:storage:StorageAccountStaticWebsite",
];

/** Whether the state of a resource is to be read again, instead of written again. azuread compares with what it has read. */
export function isReadFirst({ type }: StateResource): boolean {
  return OF_A_STORAGE_ACCOUNT.includes(type) || !type.startsWith("azure-native:");
}
