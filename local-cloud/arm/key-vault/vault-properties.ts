// What a vault says: who may use it, from where, and how long it is kept after it was deleted. The words of a refusal are the
// service's own, unless a comment says that they were not seen.
import { notHere } from "../mechanics/arm-error.js";
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import { isGuid } from "../mechanics/guid.js";
import { checkNames } from "../mechanics/known-names.js";
import type { WriteRequest } from "../mechanics/resource-type.js";
import { accessPolicies } from "./access-policies.js";
import { badRequest } from "./vault-error.js";
import { networkRules } from "./vault-network-rules.js";

const FLAGS = ["enabledForDeployment", "enabledForDiskEncryption", "enabledForTemplateDeployment"];

/** The properties that a PUT or PATCH asks for, without what only the service says. Throws ArmError. */
export function vaultProperties(request: WriteRequest, fields: BodyFields): JsonObject {
  checkNames(fields, {
    of: "vaults",
    understood: [
      "accessPolicies",
      "createMode",
      "enablePurgeProtection",
      "enableRbacAuthorization",
      "enableSoftDelete",
      ...FLAGS,
      "networkAcls",
      "publicNetworkAccess",
      "sku",
      "softDeleteRetentionInDays",
      "tenantId",
    ],
    answered: ["hsmPoolResourceId", "privateEndpointConnections", "provisioningState", "vaultUri"],
  });
  const before = request.existing?.properties ?? {};
  const byRoles = fields.boolean("enableRbacAuthorization") ?? false;
  const networkAcls = networkRules(request, fields);
  return {
    sku: skuOf(fields),
    tenantId: tenantOf(fields, request.caller.tid),
    accessPolicies: accessPolicies(fields, byRoles),
    ...(networkAcls === undefined ? {} : { networkAcls }),
    ...Object.fromEntries(FLAGS.map((name) => [name, fields.boolean(name) ?? false])),
    enableSoftDelete: softDelete(fields),
    softDeleteRetentionInDays: retentionOf(fields, before),
    enableRbacAuthorization: byRoles,
    ...purgeProtection(fields, before),
    publicNetworkAccess: publicAccess(fields),
  };
}

function skuOf(fields: BodyFields): JsonObject {
  const sku = fields.object("sku");
  const [family, name] = [sku.string("family") ?? "", sku.string("name")?.toLowerCase() ?? ""];
  if (family.toUpperCase() === "A" && ["standard", "premium"].includes(name)) {
    return { family: "A", name };
  }
  // Not seen.
  throw badRequest(
    `The parameter sku is not valid: its family is 'A' and its name 'standard' or 'premium', got '${family}' and '${name}'.`,
  );
}

function tenantOf(fields: BodyFields, tenant: string): string {
  const given = fields.string("tenantId") ?? "";
  if (!isGuid(given)) {
    // Not seen.
    throw badRequest(`The parameter tenantId is not specified or no GUID, got '${given}'.`);
  }
  if (given.toLowerCase() !== tenant)
    throw notHere("vaults of another tenant than the subscription's");
  return given.toLowerCase();
}

function softDelete(fields: BodyFields): true {
  if (fields.boolean("enableSoftDelete") === false) {
    throw badRequest(
      "The property \"enableSoftDelete\" can be set to false only for creating new vault. Enabling the 'soft delete' functionality is an irreversible action.",
    );
  }
  return true;
}

function retentionOf(fields: BodyFields, before: JsonObject): number {
  const kept = before["softDeleteRetentionInDays"];
  const given = fields.integer("softDeleteRetentionInDays");
  if (typeof kept === "number") {
    if (given === undefined || given === kept) return kept;
    throw badRequest(
      'The property "softDeleteRetentionInDays" has been set already and it can\'t be modified.',
    );
  }
  const days = given ?? 90;
  if (days >= 7 && days <= 90) return days;
  // Not seen.
  throw badRequest(`The property "softDeleteRetentionInDays" is from 7 to 90, got ${days}.`);
}

/** Once on it stays on, also when a later request does not say so. */
function purgeProtection(fields: BodyFields, before: JsonObject): JsonObject {
  const given = fields.boolean("enablePurgeProtection");
  if (given === false) {
    throw badRequest(
      'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.',
    );
  }
  const on = given === true || before["enablePurgeProtection"] === true;
  return on ? { enablePurgeProtection: true } : {};
}

function publicAccess(fields: BodyFields): "Enabled" | "Disabled" {
  const given = fields.string("publicNetworkAccess")?.toLowerCase() ?? "enabled";
  if (given === "enabled") return "Enabled";
  if (given === "disabled") return "Disabled";
  // Not seen.
  throw badRequest(`The property "publicNetworkAccess" is Enabled or Disabled, got '${given}'.`);
}
