// Access policies of a vault, the older of its two ways to say who may use what it holds.
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import { isGuid } from "../mechanics/guid.js";
import { badRequest } from "./vault-error.js";

/** "Assign a Key Vault access policy" (limits). */
const MOST = 1024;
const KINDS = ["keys", "secrets", "certificates", "storage"];
/** What can be allowed with each kind of object ("Vaults - Create Or Update"). */
const SECRETS = "all get list set delete backup restore recover purge".split(" ");
const CERTIFICATES =
  "all get list delete create import update managecontacts getissuers listissuers setissuers deleteissuers manageissuers recover purge backup restore".split(
    " ",
  );

export function accessPolicies(fields: BodyFields, byRoles: boolean): readonly JsonObject[] {
  const given = fields.objects("accessPolicies");
  if (given === undefined) {
    if (byRoles) return [];
    // The code is the service's; the sentence was not seen word by word.
    throw badRequest("The parameter accessPolicies is not specified.");
  }
  if (given.length > MOST) {
    throw badRequest(`A vault has at most ${MOST} access policies, got ${given.length}.`);
  }
  return given.map(policyOf);
}

function policyOf(fields: BodyFields): JsonObject {
  const [tenantId, objectId] = [fields.string("tenantId") ?? "", fields.string("objectId") ?? ""];
  if (!isGuid(tenantId) || !isGuid(objectId)) {
    throw badRequest("An invalid value was provided for 'accessPolicies'.");
  }
  const permissions = fields.object("permissions");
  const given = KINDS.flatMap((kind) => {
    const list = permissions.strings(kind);
    return list === undefined ? [] : [[kind, list] as const];
  });
  for (const [kind, list] of given) {
    const known = kind === "secrets" ? SECRETS : kind === "certificates" ? CERTIFICATES : undefined;
    const strange = list.find((one) => known?.includes(one.toLowerCase()) === false);
    if (strange === undefined) continue;
    throw badRequest(`An invalid value was provided for 'permissions.${kind}': '${strange}'.`);
  }
  const applicationId = fields.string("applicationId");
  return {
    tenantId,
    objectId,
    ...(applicationId === undefined ? {} : { applicationId }),
    permissions: Object.fromEntries(given),
  };
}
