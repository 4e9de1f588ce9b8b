// What there is of a vault that a host makes, before it does: the vault itself, or a deleted one of its name.
import type { ArmReading } from "../arm-reading.js";
import { regionOfNew } from "./group-region.js";

const API_VERSION = "2024-11-01";

export interface PlannedVault {
  readonly name: string;
  readonly group: string;
  /** As the stack says it. */
  readonly location: string | undefined;
}

/** Status of the answer to a question for the vault; undefined where there was none. */
export async function vaultStatus(
  { ask, subscriptionId }: ArmReading,
  { name, group }: PlannedVault,
): Promise<number | undefined> {
  const path = `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/Microsoft.KeyVault/vaults/${name}`;
  return (await ask(path, API_VERSION))?.status;
}

/** The same for a deleted vault of that name: it lies in no group, so that rights on the group alone do not show it. */
export async function deletedVaultStatus(
  arm: ArmReading,
  { name, group, location }: PlannedVault,
): Promise<number | undefined> {
  const region = (location ?? (await regionOfNew(arm, group)) ?? "").replaceAll(" ", "");
  const path = `/subscriptions/${arm.subscriptionId}/providers/Microsoft.KeyVault/locations/${region}/deletedVaults/${name}`;
  return (await arm.ask(path, API_VERSION))?.status;
}
