// The managed identities of a resource: one that is made for it and goes with it, and those that stand alone and are
// assigned to it. "Managed identities for Azure resources".
import type { ServicePrincipalRecord } from "../../directory/records.js";
import type { ArmCloud } from "../mechanics/arm-call.js";
import { ArmError } from "../mechanics/arm-error.js";
import { BodyFields, isJsonObject, type JsonObject } from "../mechanics/body-fields.js";
import { parseResourceId } from "../mechanics/resource-id.js";
import { resourceNotFound } from "../mechanics/resource-place.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { WriteRequest } from "../mechanics/resource-type.js";
import { makePrincipal, removePrincipal } from "./identity-principal.js";

const IDENTITIES = "Microsoft.ManagedIdentity/userAssignedIdentities";
const TYPES = ["None", "SystemAssigned", "UserAssigned", "SystemAssigned, UserAssigned"];

/**
 * What `identity` of a request comes to, as answers show it: with the ids that belong to each identity. A request that says
 * nothing of it changes nothing (that every service does so was not seen).
 */
export function identityFor(request: WriteRequest): { identity?: JsonObject } {
  const { existing } = request;
  const body = new BodyFields(request.body);
  if (!body.has("identity")) {
    return existing?.identity === undefined ? {} : { identity: existing.identity };
  }
  const wanted = body.object("identity");
  const kind = kindOf(wanted.string("type"));
  const own = kind.startsWith("SystemAssigned");
  const principal = own ? ownPrincipal(request) : undefined;
  if (!own && existing !== undefined) releaseIdentity(existing, request.cloud);
  if (kind === "None") return { identity: { type: kind } };
  const assigned = kind.endsWith("UserAssigned") ? assignedOf(request, wanted, kind) : {};
  return {
    identity: {
      ...(principal === undefined
        ? {}
        : { principalId: principal.id, tenantId: principal.tenantId }),
      type: kind,
      ...(Object.keys(assigned).length === 0 ? {} : { userAssignedIdentities: assigned }),
    },
  };
}

/** Takes away the identity that was made for a resource; for `removed` of its type. */
export function releaseIdentity(record: ResourceRecord, { context }: ArmCloud): void {
  const { principalId, tenantId } = record.identity ?? {};
  removePrincipal(context, tenantId, principalId);
}

/** Ids of the identities that are assigned to a resource, in lower case. */
export function assignedIds(identity: JsonObject | undefined): readonly string[] {
  const assigned = identity?.["userAssignedIdentities"];
  return isJsonObject(assigned) ? Object.keys(assigned).map((id) => id.toLowerCase()) : [];
}

/**
 * Object id of an identity that a resource uses for something; undefined when it has it not.
 * @param wanted `system` or `SystemAssigned`, or the id of an identity that is assigned to it
 */
export function principalOf(
  { resources }: ArmCloud,
  wanted: string,
  identity: JsonObject | undefined,
): string | undefined {
  const principalId = /^system(assigned)?$/i.test(wanted)
    ? identity?.["principalId"]
    : resources.byId(wanted)?.properties["principalId"];
  return typeof principalId === "string" ? principalId : undefined;
}

function kindOf(given: string | undefined): string {
  const bare = (text: string) => text.replaceAll(" ", "").toLowerCase();
  const kind = TYPES.find((known) => bare(known) === bare(given ?? ""));
  if (kind !== undefined) return kind;
  throw new ArmError(
    400,
    "InvalidIdentityType",
    `'identity.type' must be one of ${TYPES.map((known) => `'${known}'`).join(", ")}, got '${given ?? ""}'.`,
  );
}

/** The identity that goes with the resource keeps its id for as long as it is wanted. */
function ownPrincipal(request: WriteRequest): ServicePrincipalRecord {
  const { context } = request.cloud;
  const { principalId, tenantId = request.caller.tid } = request.existing?.identity ?? {};
  const before = context.directory.servicePrincipal(String(tenantId), String(principalId));
  if (before !== undefined) return before;
  return makePrincipal(request, false);
}

function assignedOf(
  { cloud, resourceId }: WriteRequest,
  wanted: BodyFields,
  kind: string,
): JsonObject {
  const given = wanted.raw("userAssignedIdentities");
  const ids = isJsonObject(given) ? Object.keys(given) : [];
  if (ids.length === 0) {
    const message = `The identity ids must not be null or empty for '${kind}' identity type.`;
    throw new ArmError(400, "MissingIdentityIds", message);
  }
  return Object.fromEntries(
    ids.map((id) => {
      const found = cloud.resources.byId(id);
      if (found?.type !== IDENTITIES) throw noIdentity(resourceId, id);
      const { principalId, clientId } = found.properties;
      return [id, { principalId, clientId }];
    }),
  );
}

// The frame is worded as in Azure/azure-cli#31837; what stands in it for an identity that is not there was not seen.
function noIdentity(resourceId: string, id: string): ArmError {
  const parsed = parseResourceId(id);
  const { code, message } =
    parsed === undefined
      ? { code: "BadRequest", message: `'${id}' is no resource id.` }
      : resourceNotFound(parsed);
  const response = JSON.stringify({ error: { code, message } });
  return new ArmError(
    400,
    "FailedIdentityOperation",
    `Identity operation for resource '${resourceId}' failed with error 'Failed to perform resource identity operation. Status: 'BadRequest'. Response: '${response}'.'.`,
  );
}
