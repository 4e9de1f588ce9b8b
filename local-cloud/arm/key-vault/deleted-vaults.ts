// Deleted vaults: listed, recovered by creating them again, purged unless they are protected from it.

import type { CloudContext } from "../../cloud-context.js";
import { removeVaultContents } from "../../key-vault/vault-store.js";
import type { ArmAnswer, ArmCall, ArmCloud, ArmRoute } from "../mechanics/arm-call.js";
import { ArmError } from "../mechanics/arm-error.js";
import { normalizeLocation } from "../mechanics/locations.js";
import { operationHeaders } from "../mechanics/operation-routes.js";
import { pageOf } from "../mechanics/pages.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";

interface DeletedVault {
  readonly record: ResourceRecord;
  readonly deletionDate: string;
  readonly scheduledPurgeDate: string;
}

const COLLECTION = "deletedVaults";
const PROVIDER = "/subscriptions/{subscriptionId}/providers/Microsoft.KeyVault";
const ONE = `${PROVIDER}/locations/{location}/deletedVaults/{vaultName}`;
const common = { apiVersions: [], typeName: "deletedVaults" };

export const deletedVaultRoutes: readonly ArmRoute[] = [
  {
    ...common,
    method: "GET",
    pattern: `${PROVIDER}/deletedVaults`,
    action: "Microsoft.KeyVault/deletedVaults/read",
    scope: "parent",
    handle: (call) => {
      const mine = all(call.cloud.context).filter(
        ({ record }) => record.subscriptionId === call.params["subscriptionId"]?.toLowerCase(),
      );
      return { status: 200, body: pageOf(call, mine.map(viewOf)) };
    },
  },
  {
    ...common,
    method: "GET",
    pattern: ONE,
    action: "Microsoft.KeyVault/locations/deletedVaults/read",
    handle: (call) => ({ status: 200, body: viewOf(existing(call)) }),
  },
  {
    ...common,
    method: "POST",
    pattern: `${ONE}/purge`,
    action: "Microsoft.KeyVault/locations/deletedVaults/purge/action",
    scope: "parent",
    handle: purge,
  },
];

/** The deleted vault with this name, while it can be recovered. */
export function deletedVault({ store, now }: CloudContext, name: string): DeletedVault | undefined {
  const deleted = store.get<DeletedVault>(COLLECTION, name.toLowerCase());
  return deleted !== undefined && isKept(deleted, now()) ? deleted : undefined;
}

export function keepDeletedVault(record: ResourceRecord, { context }: ArmCloud): void {
  const now = context.now();
  const days = Number(record.properties["softDeleteRetentionInDays"]);
  const deleted: DeletedVault = {
    record,
    deletionDate: now.toISOString(),
    scheduledPurgeDate: new Date(now.getTime() + days * 24 * 60 * 60 * 1000).toISOString(),
  };
  context.store.put(COLLECTION, keyOf(record), deleted);
}

/** It is recovered: what it holds stays. */
export function forgetDeletedVault({ store }: CloudContext, name: string): void {
  store.remove(COLLECTION, name.toLowerCase());
}

function purge(call: ArmCall): ArmAnswer {
  const { record } = existing(call);
  if (record.properties["enablePurgeProtection"] === true) {
    throw new ArmError(405, "MethodNotAllowed", "Operation 'DeletedVaultPurge' is not allowed.");
  }
  const { context } = call.cloud;
  removeVaultContents(context.store, record.names[0] ?? "");
  forgetDeletedVault(context, keyOf(record));
  const target = `${call.path.replace(/\/purge$/i, "")}`;
  return {
    status: 202,
    headers: operationHeaders(call, target, "delete-resource", "Microsoft.KeyVault"),
  };
}

function existing(call: ArmCall): DeletedVault {
  const { vaultName = "", location = "" } = call.params;
  const deleted = deletedVault(call.cloud.context, vaultName);
  if (deleted?.record.location === normalizeLocation(location)) return deleted;
  throw new ArmError(
    404,
    "DeletedVaultNotFound",
    `The specified deleted vault '${vaultName}' does not exist.`,
  );
}

function all({ store, now }: CloudContext): DeletedVault[] {
  return store
    .entries<DeletedVault>(COLLECTION)
    .map(({ value }) => value)
    .filter((deleted) => isKept(deleted, now()));
}

function isKept({ scheduledPurgeDate }: DeletedVault, now: Date): boolean {
  return Date.parse(scheduledPurgeDate) > now.getTime();
}

function keyOf({ names: [name = ""] }: ResourceRecord): string {
  return name.toLowerCase();
}

function viewOf({ record, deletionDate, scheduledPurgeDate }: DeletedVault) {
  const name = record.names[0] ?? "";
  const { id: vaultId, location, tags, subscriptionId, properties } = record;
  return {
    id: `/subscriptions/${subscriptionId}/providers/Microsoft.KeyVault/locations/${location}/deletedVaults/${name}`,
    name,
    type: "Microsoft.KeyVault/deletedVaults",
    properties: {
      vaultId,
      location,
      ...(tags === undefined ? {} : { tags }),
      deletionDate,
      scheduledPurgeDate,
      ...(properties["enablePurgeProtection"] === true ? { purgeProtectionEnabled: true } : {}),
    },
  };
}
