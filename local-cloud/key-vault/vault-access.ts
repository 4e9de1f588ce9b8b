// Who may do what with what a vault holds: first the vault's network rules, then role assignments or access policies,
// whichever the vault goes by ("Authentication in Azure Key Vault"). Who owns the subscription has no right to a secret by that.
import { isGranted } from "../arm/authorization/granted.js";
import type { ResourceRecord } from "../arm/mechanics/resource-store.js";
import { contains, parseRange } from "../arm/network/address-range.js";
import type { CloudContext } from "../cloud-context.js";
import { TENANT_ID } from "../well-known.js";
import { KeyVaultError } from "./key-vault-error.js";
import { vaultName } from "./secret-writes.js";

/** Who asks a vault. */
export interface VaultCaller {
  /** Object id. */
  readonly oid: string;
  readonly appid?: string;
  readonly iss?: string;
}

/** Where a question to a vault comes from. */
export interface CallerPlace {
  readonly address?: string;
  /** Id of a subnet. */
  readonly subnetId?: string;
  /** One of the services that `networkAcls.bypass` lets through. @default false */
  readonly trustedService?: boolean;
}

/** Something that is done with an object of a vault. */
export interface VaultOperation {
  readonly collection: "secrets" | "certificates";
  /** Below `Microsoft.KeyVault/vaults/`, such as `secrets/getSecret/action`. */
  readonly dataAction: string;
  /** As access policies name it. */
  readonly permission: string;
}

/** Throws 403 ForbiddenByConnection or ForbiddenByFirewall. */
export function checkPlace(vault: ResourceRecord, place: CallerPlace): void {
  const { publicNetworkAccess, networkAcls } = vault.properties;
  const rules = Object(networkAcls);
  const trusted =
    place.trustedService === true && (rules.bypass ?? "AzureServices") === "AzureServices";
  if (trusted) return;
  if (publicNetworkAccess === "Disabled") {
    throw new KeyVaultError(
      403,
      "Forbidden",
      `Public network access is disabled and request is not from a trusted service nor via an approved private link.\r\nVault: ${placeOf(vault)}`,
      { inner: "ForbiddenByConnection" },
    );
  }
  if (rules.defaultAction !== "Deny" || isListed(rules, place)) return;
  throw new KeyVaultError(
    403,
    "Forbidden",
    `Client address is not authorized and caller is not a trusted service.\r\nClient address: ${place.address ?? place.subnetId ?? "unknown"}\r\nVault: ${placeOf(vault)}`,
    { inner: "ForbiddenByFirewall" },
  );
}

function isListed(
  rules: { ipRules?: { value: string }[]; virtualNetworkRules?: { id: string }[] },
  { address, subnetId }: CallerPlace,
): boolean {
  const { ipRules = [], virtualNetworkRules = [] } = rules;
  return (
    (address !== undefined && ipRules.some(({ value }) => isInRange(address, value))) ||
    virtualNetworkRules.some(({ id }) => id.toLowerCase() === subnetId?.toLowerCase())
  );
}

function isInRange(address: string, text: string): boolean {
  const [range, one] = [parseRange(text), parseRange(`${address}/32`)];
  return range !== undefined && one !== undefined && contains(range, one);
}

/** Throws 403 unless the caller may do this with the object `name` (empty: with the vault's list of them). */
export function checkAccess(
  context: CloudContext,
  vault: ResourceRecord,
  caller: VaultCaller,
  operation: VaultOperation,
  name: string,
): void {
  if (vault.properties["enableRbacAuthorization"] === true) {
    checkRoles(context, vault, caller, operation, name);
  } else {
    checkPolicies(vault, caller, operation);
  }
}

function checkRoles(
  context: CloudContext,
  vault: ResourceRecord,
  caller: VaultCaller,
  operation: VaultOperation,
  name: string,
): void {
  const dataAction = `Microsoft.KeyVault/vaults/${operation.dataAction}`;
  const scope = name === "" ? vault.id : `${vault.id}/${operation.collection}/${name}`;
  if (isGranted(context, caller.oid, { dataAction }, scope)) return;
  throw new KeyVaultError(
    403,
    "Forbidden",
    `Caller is not authorized to perform action on resource.\r\nIf role assignments, deny assignments or role definitions were changed recently, please observe propagation time.\r\nCaller: ${callerText(caller)}\r\nAction: '${dataAction}'\r\nResource: '${scope}'\r\nAssignment: (not found)\r\nDenyAssignmentId: null\r\nDecisionReason: null \r\nVault: ${placeOf(vault)}\r\n`,
    { inner: "ForbiddenByRbac" },
  );
}

function checkPolicies(
  vault: ResourceRecord,
  caller: VaultCaller,
  { collection, permission }: VaultOperation,
): void {
  const policies: { objectId?: string; permissions?: Record<string, string[]> }[] = Object(
    vault.properties["accessPolicies"],
  );
  const allowed = Array.from(policies).some(
    ({ objectId, permissions }) =>
      objectId?.toLowerCase() === caller.oid.toLowerCase() &&
      permissions?.[collection]?.some(
        (given) => /^all$/i.test(given) || given.toLowerCase() === permission,
      ),
  );
  if (allowed) return;
  throw new KeyVaultError(
    403,
    "Forbidden",
    `The user, group or application '${callerText(caller)}' does not have ${collection} ${permission} permission on key vault '${placeOf(vault)}'. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125287`,
    { inner: "AccessDenied" },
  );
}

function callerText({
  appid = "",
  oid,
  iss = `https://sts.windows.net/${TENANT_ID}/`,
}: VaultCaller) {
  return `appid=${appid};oid=${oid};iss=${iss}`;
}

function placeOf(vault: ResourceRecord): string {
  return `${vaultName(vault)};location=${vault.location ?? ""}`;
}
