// Key vaults (Microsoft.KeyVault/vaults). A vault that is deleted goes on as a deleted vault, name and content included.
import { vaultEndpoint } from "../../key-vault/endpoints.js";
import { showSecret } from "../../key-vault/secret-writes.js";
import { secretsIn, vaultClaim } from "../../key-vault/vault-store.js";
import { ArmError } from "../mechanics/arm-error.js";
import { BodyFields } from "../mechanics/body-fields.js";
import { REGIONS } from "../mechanics/locations.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import {
  deletedVault,
  deletedVaultRoutes,
  forgetDeletedVault,
  keepDeletedVault,
} from "./deleted-vaults.js";
import {
  nameAvailabilityRoute,
  vaultNameIsValid,
  vaultNameNotValid,
  vaultTaken,
} from "./vault-name.js";
import { vaultProperties } from "./vault-properties.js";

export const KEY_VAULT_API_VERSIONS = [
  "2019-09-01",
  "2021-10-01",
  "2022-07-01",
  "2022-11-01",
  "2023-02-01",
  "2023-07-01",
  "2024-11-01",
];

export const vault: ResourceType = {
  namespace: "Microsoft.KeyVault",
  type: "vaults",
  apiVersions: KEY_VAULT_API_VERSIONS,
  locations: [...REGIONS.keys()],
  // The service's own refusal is checked in `write`.
  nameRule: { pattern: /./, minLength: 1, maxLength: 260, says: "a name" },
  longRunning: ["PUT"],
  write,
  stored: (record, { cloud: { context } }) => {
    for (const secret of secretsIn(context.store, record.names[0] ?? "", "there", context.now())) {
      showSecret(context, record, secret);
    }
  },
  removed: keepDeletedVault,
  routes: [...deletedVaultRoutes, nameAvailabilityRoute],
};

function write(request: WriteRequest): Written {
  const { cloud, existing, id } = request;
  const name = id.names[0] ?? "";
  if (!vaultNameIsValid(name)) throw vaultNameNotValid(name);
  const claims = [vaultClaim(name)];
  const holder = cloud.resources.holderOf(vaultClaim(name));
  if (holder !== undefined && holder.id !== existing?.id) throw vaultTaken(name);
  const fields = new BodyFields(request.body).object("properties");
  const recovered = existing === undefined ? recoveredFrom(request, fields) : undefined;
  if (recovered !== undefined) return { properties: recovered.properties, claims };
  return {
    claims,
    properties: {
      ...vaultProperties(request, fields),
      vaultUri: vaultEndpoint(cloud.context.origins(), name),
      provisioningState: "Succeeded",
    },
  };
}

/** What `createMode: recover` brings back. Throws 409 when there is a deleted vault and nobody asked for it. */
function recoveredFrom(request: WriteRequest, fields: BodyFields): ResourceRecord | undefined {
  const { cloud, id, location } = request;
  const name = id.names[0] ?? "";
  const recover = fields.string("createMode")?.toLowerCase() === "recover";
  const deleted = deletedVault(cloud.context, name);
  if (deleted === undefined) {
    if (!recover) return undefined;
    // Not seen at the real service, which refuses as well.
    throw new ArmError(
      404,
      "DeletedVaultNotFound",
      `There is no deleted vault '${name}' to recover.`,
    );
  }
  const { record } = deleted;
  const samePlace =
    record.resourceGroup.toLowerCase() === id.resourceGroup.toLowerCase() &&
    record.subscriptionId.toLowerCase() === id.subscriptionId.toLowerCase() &&
    record.location === location;
  if (!recover || !samePlace) {
    throw new ArmError(
      409,
      "ConflictError",
      "A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft delete.",
    );
  }
  forgetDeletedVault(cloud.context, name);
  return record;
}
