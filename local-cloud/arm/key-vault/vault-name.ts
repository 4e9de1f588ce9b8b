// Names of vaults: what they look like, and that each is taken once in all of Azure.
import { vaultClaim } from "../../key-vault/vault-store.js";
import type { ArmRoute } from "../mechanics/arm-call.js";
import { ArmError } from "../mechanics/arm-error.js";
import { BodyFields } from "../mechanics/body-fields.js";
import { deletedVault } from "./deleted-vaults.js";
import { badRequest } from "./vault-error.js";

const TAKEN_FOR_SURE =
  "Vault names are globaly unique so it is possible that the name is already taken. If you are sure that the vault name was not taken then it is possible that a vault with the same name was recently deleted but not purged after being placed in a recoverable state. If the vault is in a recoverable state then the vault will need to be purged before reusing the name. For more information on soft delete and purging a vault follow this link https://go.microsoft.com/fwlink/?linkid=2147740.";

export function vaultNameIsValid(name: string): boolean {
  return /^[a-zA-Z](?!.*--)[a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/.test(name);
}

export function vaultNameNotValid(name: string): ArmError {
  return new ArmError(400, "VaultNameNotValid", nameRule(name));
}

export function vaultTaken(name: string): ArmError {
  return new ArmError(409, "VaultAlreadyExists", takenText(name));
}

export const nameAvailabilityRoute: ArmRoute = {
  method: "POST",
  pattern: "/subscriptions/{subscriptionId}/providers/Microsoft.KeyVault/checkNameAvailability",
  action: "Microsoft.KeyVault/checkNameAvailability/read",
  scope: "parent",
  apiVersions: [],
  typeName: "checkNameAvailability",
  handle: ({ cloud, body }) => {
    const fields = new BodyFields(body);
    const name = fields.string("name") ?? "";
    if (fields.string("type") !== "Microsoft.KeyVault/vaults") {
      throw badRequest("'type' is 'Microsoft.KeyVault/vaults'.");
    }
    if (!vaultNameIsValid(name)) return no("AccountNameInvalid", nameRule(name));
    const taken =
      cloud.resources.holderOf(vaultClaim(name)) !== undefined ||
      deletedVault(cloud.context, name) !== undefined;
    return taken
      ? no("AlreadyExists", takenText(name))
      : { status: 200, body: { nameAvailable: true } };
  },
};

function no(reason: string, message: string) {
  return { status: 200, body: { nameAvailable: false, reason, message } };
}

function nameRule(name: string): string {
  return `The vault name '${name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens. Follow this link for more information: https://go.microsoft.com/fwlink/?linkid=2147742`;
}

function takenText(name: string): string {
  return `The vault name '${name}' is already in use. ${TAKEN_FOR_SURE}`;
}
